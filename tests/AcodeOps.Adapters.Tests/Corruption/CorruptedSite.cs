using System.Globalization;
using AcodeOps.Adapters.Tests.Failover;
using AcodeOps.Lab.Sales;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Lab.Servers.Storage;
using AcodeOps.Recovery;
using AcodeOps.Recovery.Corruption;
using AcodeOps.Runbooks;
using Amazon.S3;
using Parquet;
using Parquet.Schema;

namespace AcodeOps.Adapters.Tests.Corruption;

/// <summary>A site whose daily sales are corrupted for real, recovered, and looked at by somebody who knows nothing of the product.</summary>
internal sealed class CorruptedSite(FailoverSite site)
{
    public const string Reason = "readers fail on it";

    private const string Lake = "origin=airbyte/database=bronze_acode/";
    private static readonly DataField Key = new DataField<long>("idpk");
    private static readonly DataField Time = new DateTimeDataField("Data_Processamento", DateTimeFormat.Timestamp, isAdjustedToUTC: false, DateTimeTimeUnit.Millis, isNullable: false);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public FailoverSite Site { get; } = site;

    /// <summary>The stream's folder below the storage's prefix.</summary>
    public string Folder => (Site.EnvironmentName == "lab" ? "" : "incremental_") + SalesTables.Daily + "/";

    /// <summary>The partition of a day so many days ago, below the storage's prefix.</summary>
    public string Partition(int daysAgo = 0) => $"{Folder}cog_dt_ingestion={DateTime.UtcNow.AddDays(-daysAgo).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}/";

    public async Task<IReadOnlyList<string>> KeysAsync(string below = "") => await Site.PrimaryLake.KeysAsync(Lake + below, Cancel);

    public Task<IReadOnlyList<long>> IdsAsync() => Site.PrimaryLake.IdsAsync(Lake + Folder, Cancel);

    public Guid? Connection { get; private set; }

    public async Task<Guid> ConnectionAsync() => Connection ??= await Site.ConnectionAsync(Site.Installation.Environment.Routes[0].Connection);

    /// <summary>Corrupts every object of a partition.</summary>
    public async Task CorruptAsync(Damage damage, string partition)
    {
        using AmazonS3Client storage = Site.Lab.OpenStorageAsAdministrator();
        IReadOnlyList<string> keys = await KeysAsync(partition);
        Assert.NotEmpty(keys);
        foreach (string key in keys)
        {
            if (damage == Damage.Doubled)
            {
                await storage.CopyObjectAsync(StorageBuckets.Primary, key, StorageBuckets.Primary, key.Replace(".parquet", "_again.parquet", StringComparison.Ordinal), Cancel);
                continue;
            }

            using MemoryStream content = new(damage == Damage.Absurd ? await AbsurdAsync() : await HalfAsync(storage, key));
            await storage.PutObjectAsync(new() { BucketName = StorageBuckets.Primary, Key = key, InputStream = content, UseChunkEncoding = false }, Cancel);
        }
    }

    /// <summary>Lands everything by a standby into the other storage, and all its objects once more.</summary>
    public async Task LandTwiceElsewhereAsync()
    {
        Guid standby = await Site.ConnectionAsync(Site.Installation.Environment.Routes.First(route => route.Storage == StorageRole.Backup).Connection);
        await Site.Installation.Airbyte.SetStatusAsync(standby, ConnectionStatus.Active, Cancel);
        await Site.SyncAsync(standby);
        await Site.Installation.Airbyte.SetStatusAsync(standby, ConnectionStatus.Inactive, Cancel);
        using AmazonS3Client storage = Site.Lab.OpenStorageAsAdministrator();
        string[] keys = [.. (await Site.BackupLake.KeysAsync("", Cancel)).Where(key => key.Contains($"/{SalesTables.Daily}/", StringComparison.Ordinal))];
        Assert.NotEmpty(keys);
        foreach (string key in keys)
        {
            await storage.CopyObjectAsync(StorageBuckets.Backup, key, StorageBuckets.Backup, key.Replace(".parquet", "_again.parquet", StringComparison.Ordinal), Cancel);
        }
    }

    /// <summary>Moves the objects of today's partition to that of an earlier day, as if they had landed then.</summary>
    public async Task MoveToDayAsync(int daysAgo)
    {
        using AmazonS3Client storage = Site.Lab.OpenStorageAsAdministrator();
        foreach (string key in await KeysAsync(Partition()))
        {
            await storage.CopyObjectAsync(StorageBuckets.Primary, key, StorageBuckets.Primary, key.Replace(Partition(), Partition(daysAgo), StringComparison.Ordinal), Cancel);
            await storage.DeleteObjectAsync(StorageBuckets.Primary, key, Cancel);
        }
    }

    public Task<RecoveryPlan> PlanAsync(string? prefix = null, bool allowUnvalidated = false) => new CorruptionPlanner(Site.Installation).PlanAsync(
        new CorruptionRequest { Prefix = prefix ?? Partition(), Reason = Reason, AllowUnvalidated = allowUnvalidated, TimeoutSeconds = 20 }, progress: null, Cancel);

    /// <summary>Carries a plan out, as the cmdlet does.</summary>
    public Task<RunbookRun> RunAsync(RecoveryPlan plan) => new RunbookEngine(Site.Installation, FailoverSite.Origin)
        .StartAsync(new RecoveryExecution(plan).Runbook(DateTimeOffset.UtcNow)!, new RunOptions(), progress: null, Cancel);

    public Task<RunbookRun> UndoAsync(string runId) => new RunbookEngine(Site.Installation, FailoverSite.Origin).UndoAsync(runId, new RunOptions(), progress: null, Cancel);

    public async Task<RunbookRun> RecoverAsync(string? prefix = null)
    {
        RecoveryPlan plan = await PlanAsync(prefix);
        return await RunAsync(plan);
    }

    /// <summary>Every sale once, and nothing else.</summary>
    public async Task AssertAsTheSourceAsync() =>
        Assert.Equal((await FailoverSite.SourceIdsAsync(Site.Lab.Databases.Primary)).Order(), (await IdsAsync()).Order());

    public async Task<string> StateAsync() =>
        string.Join('\n', (await Site.Installation.Airbyte.ReadStateAsync(await ConnectionAsync(), Cancel)).Streams.Select(s => s.Json));

    public async Task AssertActiveAsync() =>
        Assert.Equal(ConnectionStatus.Active, (await Site.Installation.Airbyte.ReadConnectionAsync(await ConnectionAsync(), Cancel))!.Status);

    /// <summary>Sells some more, until the replica has it too.</summary>
    public async Task SellAsync(int rows)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        SalesWriter writer = new(Site.Lab.Databases.Primary, Site.Lab.Sales);
        Task selling = writer.RunAsync(200, stop.Token);
        while (writer.WrittenRows < rows)
        {
            await Task.Delay(20, Cancel);
        }

        await stop.CancelAsync();
        await selling;
        await Site.Lab.Databases.WaitUntilInSyncAsync(TimeSpan.FromMinutes(1), Cancel);
    }

    /// <summary>Takes rows away from one source only.</summary>
    public Task DeleteOnReplicaAsync(string where)
    {
        DatabaseServer replica = Site.Lab.Databases.Replica;
        string readOnly = Site.Lab.Databases.Engine.ReadOnlyVariable;
        return replica.ExecuteAsync($"SET GLOBAL {readOnly}=OFF; SET SESSION sql_log_bin=0; DELETE FROM {SalesTables.Daily} WHERE {where}; SET GLOBAL {readOnly}=ON", Cancel, replica.Database);
    }

    private static async Task<byte[]> HalfAsync(AmazonS3Client storage, string key)
    {
        using Amazon.S3.Model.GetObjectResponse answer = await storage.GetObjectAsync(StorageBuckets.Primary, key, Cancel);
        using MemoryStream whole = new();
        await answer.ResponseStream.CopyToAsync(whole, Cancel);
        return whole.ToArray()[..(int)(whole.Length / 2)];
    }

    private static async Task<byte[]> AbsurdAsync()
    {
        using MemoryStream file = new();
        ParquetSchema schema = new(Key, Time);
        await using (ParquetWriter writer = await ParquetWriter.CreateAsync(schema, file, cancellationToken: Cancel))
        {
            using ParquetRowGroupWriter rows = writer.CreateRowGroup();
            await rows.WriteAsync<long>(Key, new long[] { -7, 8_999_999_999_999_999_999, 8_999_999_999_999_999_998 }.AsMemory(), cancellationToken: Cancel);
            await rows.WriteAsync<DateTime>(Time, new DateTime[] { new(2099, 1, 1), new(2098, 12, 31), new(2099, 6, 1) }.AsMemory(), cancellationToken: Cancel);
        }

        return file.ToArray();
    }
}
