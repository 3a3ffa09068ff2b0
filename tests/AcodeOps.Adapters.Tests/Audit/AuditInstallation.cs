using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Audit;
using AcodeOps.Lab;
using AcodeOps.Lab.Servers;
using AcodeOps.Lab.Servers.Storage;
using AcodeOps.Secrets;

namespace AcodeOps.Adapters.Tests.Audit;

/// <summary>An installation whose audit storage is a prefix of the test's own, with a spool folder of its own.</summary>
internal sealed record AuditInstallation(string Bucket, string Prefix, string SpoolFolder, AwsDefinition Aws, AwsSession Session)
{
    public AuditDefinition Audit { get; init; } = new() { LegalBasis = "company policy 7" };

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>A new one at a lab's servers.</summary>
    public static async Task<AuditInstallation> NewAsync(LabFixture lab, LabSite site, string bucket = StorageBuckets.Archive)
    {
        StorageKey key = site.Coordinates.UserKey;
        Uri cloud = new(site.Cloud.Endpoint);
        return new AuditInstallation(
            bucket,
            $"audit-{Guid.NewGuid():N}/",
            Path.Combine((await lab.NewFolderAsync()).Path, "spool"),
            new AwsDefinition { Region = StorageBuckets.Region, Endpoints = new AwsEndpoints { S3 = new Uri(site.StorageEndpoint), Sts = cloud, SecretsManager = cloud, Kms = cloud } },
            new AwsSession(() => new AwsKeys(key.AccessKey, new SecretText(key.SecretKey), null), null));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The same with a storage that nobody listens at.</summary>
    public AuditInstallation Away() => this with
    {
        Aws = Aws with { Endpoints = Aws.Endpoints with { S3 = new Uri($"http://127.0.0.1:{LoopbackPort.Free()}") } },
    };

    /// <summary>Opens it anew, as another process would.</summary>
    public Installation Open() => new(
        new AcodeEnvironment
        {
            Name = "test",
            Path = Path.Combine(SpoolFolder, "acode.yaml"),
            Aws = Aws,
            Sources = [],
            Storages = [new StorageDefinition { Role = StorageRole.Audit, Bucket = Bucket, Prefix = Prefix }],
            Routes = [],
            Tables = [],
            Airbyte = new AirbyteDefinition { Url = new Uri("http://airbyte.invalid:8001") },
            Audit = Audit with { SpoolFolder = SpoolFolder },
        },
        Session,
        Clock);

    public static AuditTrail TrailOf(Installation installation) =>
        AuditTrail.Of(installation, new AuditOrigin("ana", "ops-1", Environment.ProcessId, "0.1.0", "7.6.9", Guid.NewGuid().ToString("N")));

    public async Task<AuditRecord> WriteAsync(AuditEventType type = AuditEventType.FailoverExecuted, string? subject = null)
    {
        await using Installation installation = Open();
        return await TrailOf(installation).WriteAsync(new AuditEvent { EventType = type, Subject = subject }, Cancel);
    }

    public async Task<List<AuditRecord>> SyncAsync()
    {
        await using Installation installation = Open();
        return await RecordsAsync(TrailOf(installation).SyncAsync(Cancel));
    }

    public async Task<List<AuditRecord>> ReadAsync(DateTimeOffset from, DateTimeOffset to, params AuditEventType[] types)
    {
        await using Installation installation = Open();
        return await RecordsAsync(TrailOf(installation).ReadAsync(new AuditQuery(from, to, types), Cancel));
    }

    /// <summary>What lies under the prefix, past the product's reading.</summary>
    public async Task<List<string>> KeysAsync()
    {
        await using Installation installation = Open();
        return await installation.Storage(StorageRole.Audit).ListAsync(Prefix, cancel: Cancel).Select(o => o.Key).ToListAsync(Cancel);
    }

    public string[] WaitingFiles() => Directory.Exists(SpoolFolder) ? Directory.GetFiles(SpoolFolder, "*", SearchOption.AllDirectories) : [];

    private static async Task<List<AuditRecord>> RecordsAsync(IAsyncEnumerable<AuditReading> readings)
    {
        List<AuditRecord> records = [];
        await foreach (AuditReading reading in readings.WithCancellation(Cancel))
        {
            records.Add(reading.Record ?? throw reading.Failure!);
        }

        return records;
    }
}
