using AcodeOps.Adapters.Tests.AirbyteStandIn;
using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Lab;
using AcodeOps.Lab.Airbyte;
using AcodeOps.Lab.Packages;
using AcodeOps.Lab.Sales;
using AcodeOps.Lab.Servers;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Lab.Servers.Storage;
using Amazon.S3;

[assembly: AssemblyFixture(typeof(StandInFixture))]

namespace AcodeOps.Adapters.Tests.AirbyteStandIn;

/// <summary>What stand-ins work on: a lab with MySQL and S3, and a MariaDB pair with the same sales. Each stand-in has buckets of its own.</summary>
public sealed class StandInFixture : IAsyncLifetime
{
    public const int Rows = 3_000;

    private readonly Lock _gate = new();
    private readonly List<LabFolder> _folders = [];
    private Task<LabSite>? _site;
    private Task<DatabasePair>? _mariaDb;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public Task<LabSite> SiteAsync()
    {
        lock (_gate)
        {
            return _site ??= LabSite.StartAsync(
                new LabOptions { Folder = LabFixture.NewPath(), Flavor = DatabaseFlavor.MySql, Rows = Rows, WithCloud = false, WithAirbyte = false }, Say, Cancel);
        }
    }

    public async Task<DatabasePair> PairAsync(DatabaseFlavor flavor)
    {
        if (flavor == DatabaseFlavor.MySql)
        {
            return (await SiteAsync()).Databases;
        }

        lock (_gate)
        {
            _mariaDb ??= NewMariaDbAsync();
        }

        return await _mariaDb;
    }

    /// <summary>A stand-in in a process of its own, ended with the run at the latest.</summary>
    internal async Task<StandIn> StartAsync(AuthMode auth = AuthMode.ClientCredentials) => await StandIn.StartAsync(await NewFolderAsync(), auth, Cancel);

    /// <summary>A stand-in with the installation provisioned on this flavor.</summary>
    internal async Task<StandIn> StartProvisionedAsync(DatabaseFlavor flavor = DatabaseFlavor.MySql, AuthMode auth = AuthMode.ClientCredentials)
    {
        StandIn standIn = await StartAsync(auth);
        LabSite site = await SiteAsync();
        string primaryBucket = $"primary-{Guid.NewGuid():N}", backupBucket = $"backup-{Guid.NewGuid():N}";
        using AmazonS3Client storage = site.OpenStorageAsAdministrator();
        await storage.MakeBucketAsync(primaryBucket, Cancel);
        await storage.MakeBucketAsync(backupBucket, Cancel);
        await standIn.ProvisionAsync(await PairAsync(flavor), site, primaryBucket, backupBucket, Cancel);
        return standIn;
    }

    public async Task<LabFolder> NewFolderAsync()
    {
        LabFolder folder = await LabFolder.ClaimAsync(LabFixture.NewPath());
        lock (_gate)
        {
            _folders.Add(folder);
        }

        return folder;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (LabFolder folder in _folders)
        {
            await folder.EndProcessesAsync();
            folder.Delete();
        }

        if (_site is { IsCompletedSuccessfully: true })
        {
            await (await _site).DisposeAsync();
        }
    }

    private static void Say(string line) => TestContext.Current.SendDiagnosticMessage(line);

    private async Task<DatabasePair> NewMariaDbAsync()
    {
        LabFolder folder = await NewFolderAsync();
        DatabasePair pair = new(folder.Path, DatabaseFlavor.MariaDb, DatabaseAccounts.New(), LoopbackPort.Free(), LoopbackPort.Free());
        await pair.CreateAsync(new PackageInstaller(Say), Cancel);
        await new SalesLoader(pair.Primary, new SalesGenerator(new SalesOptions(Rows, 30, 1, DateTimeOffset.UtcNow))).LoadAsync(Cancel);
        await pair.WaitUntilInSyncAsync(TimeSpan.FromMinutes(1), Cancel);
        return pair;
    }
}
