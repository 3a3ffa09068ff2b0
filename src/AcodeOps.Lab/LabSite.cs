using System.Text.Json.Nodes;
using AcodeOps.Lab.Packages;
using AcodeOps.Lab.Sales;
using AcodeOps.Lab.Servers;
using AcodeOps.Lab.Servers.Cloud;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Lab.Servers.Identities;
using AcodeOps.Lab.Servers.Services;
using AcodeOps.Lab.Servers.Storage;
using Amazon.S3;

namespace AcodeOps.Lab;

/// <summary>The whole lab: real servers on loopback ports, everything in one folder. Disposing ends and deletes it, unless it was only attached to.</summary>
public sealed class LabSite : IAsyncDisposable
{
    private static readonly TimeSpan SyncPatience = TimeSpan.FromMinutes(10);
    private readonly LabFolder _folder;
    private bool _owned;

    private LabSite(LabFolder folder, LabCoordinates coordinates)
    {
        _folder = folder;
        Coordinates = coordinates;
        Databases = new DatabasePair(folder.Path, coordinates.Options.Flavor, coordinates.Accounts, coordinates.PrimaryPort, coordinates.ReplicaPort);
        Services = new ServicesProcess(folder.Path, coordinates.Services);
        Storage = new CephServer(folder.Path, coordinates.Storage, coordinates.Services.Keys);
        Cloud = new MotoServer(folder.Path, coordinates.CloudPort);
        Airbyte = new AirbyteProcess(folder.Path, coordinates.AirbytePort);
        Installation = new StorageUser(CephServer.User, coordinates.UserKey);
    }

    public string Folder => _folder.Path;

    public LabCoordinates Coordinates { get; private set; }

    public DatabasePair Databases { get; }

    /// <summary>Sinks, key service, fault proxy, black holes.</summary>
    public ServicesProcess Services { get; }

    public CephServer Storage { get; }

    public MotoServer Cloud { get; }

    public AirbyteProcess Airbyte { get; }

    /// <summary>Who the installation is at the S3 server: the owner of its buckets, unless it was made somebody with a policy.</summary>
    public StorageUser Installation { get; private set; }

    /// <summary>S3 as its users reach it: through the fault proxy.</summary>
    public string StorageEndpoint => $"http://127.0.0.1:{Coordinates.Services.Storage}";

    public SalesGenerator Sales => new(Coordinates.Options.Sales(Coordinates.StartedAt));

    public IReadOnlyList<ServerProcess> Processes => _folder.Processes;

    /// <summary>Starts a lab and waits until the replica has all sales. Installs what is missing in the cache.</summary>
    /// <param name="options">What lab.</param>
    /// <param name="say">Told one line for each thing that takes time.</param>
    /// <param name="cancel">Ends the start, and what was started.</param>
    /// <exception cref="LabException">Something is missing or in the way; what was started is ended, the logs stay in the folder.</exception>
    public static async Task<LabSite> StartAsync(LabOptions options, Action<string> say, CancellationToken cancel)
    {
        LabFolder folder = await LabFolder.ClaimAsync(options.Folder);
        LabSite site = new(folder, LabCoordinates.New(options with { Folder = folder.Path })) { _owned = true };
        try
        {
            await site.CreateAsync(new PackageInstaller(say), cancel);
            return site;
        }
        catch
        {
            await folder.EndProcessesAsync();
            throw;
        }
    }

    /// <summary>A lab that runs already, started by any process. Disposing leaves it running.</summary>
    public static LabSite Attach(string folder) => new(LabFolder.Existing(folder), LabCoordinates.Read(folder));

    /// <summary>Leaves the lab running when this process ends; 'lab down' ends it.</summary>
    public void Detach()
    {
        _folder.Detach();
        _owned = false;
    }

    /// <summary>S3 with the keys that the installation has, through the fault proxy.</summary>
    public AmazonS3Client OpenStorage() => StorageClient.Open(StorageEndpoint, Installation.Key);

    /// <summary>S3 with the lab's own keys, past all faults.</summary>
    public AmazonS3Client OpenStorageAsAdministrator() => StorageClient.Open(Storage.Endpoint, Coordinates.AdministratorKey);

    /// <summary>From now on the installation has this identity's keys, and may do what its policy says.</summary>
    public void UseIdentity(LabIdentity identity)
    {
        Installation = new StorageUser(identity.Name, identity.Key);
        LabEnvironmentFile.WriteCredentials(Folder, identity.Key);
    }

    /// <summary>Puts the installation's secrets as they should be.</summary>
    public async Task PutSecretsAsync(CancellationToken cancel)
    {
        await PutSourceSecretAsync(LabSecrets.Primary, Databases.Primary, Databases.Primary.Reader.Password, cancel);
        await PutSourceSecretAsync(LabSecrets.Backup, Databases.Replica, Databases.Replica.Reader.Password, cancel);
        foreach (string administrator in (string[])[LabSecrets.PrimaryAdministrator, LabSecrets.BackupAdministrator])
        {
            await Cloud.PutSecretAsync(administrator, new JsonObject { ["username"] = Coordinates.Accounts.Admin.User, ["password"] = Coordinates.Accounts.Admin.Password }, cancel);
        }

        await Cloud.PutSecretAsync(
            LabSecrets.Storage, new JsonObject { ["access_key_id"] = Coordinates.UserKey.AccessKey, ["secret_access_key"] = Coordinates.UserKey.SecretKey }, cancel);
        string slack = $"{Coordinates.WebhookEndpoint}/slack/services/T00000000/B00000000/{Coordinates.WebhookKey}";
        await Cloud.PutSecretAsync(LabSecrets.Slack, new JsonObject { ["webhook_url"] = slack }, cancel);
        await Cloud.PutSecretAsync(LabSecrets.Webhook, new JsonObject { ["webhook_url"] = $"{Coordinates.WebhookEndpoint}/webhook/{Coordinates.WebhookKey}" }, cancel);
        await Cloud.PutSecretAsync(LabSecrets.PagerDuty, new JsonObject { ["routing_key"] = Coordinates.WebhookKey }, cancel);
        await Cloud.PutSecretAsync(LabSecrets.DatadogApi, new JsonObject { ["api_key"] = Coordinates.Datadog.Api }, cancel);
        await Cloud.PutSecretAsync(LabSecrets.DatadogApplication, new JsonObject { ["application_key"] = Coordinates.Datadog.Application }, cancel);
        if (Coordinates.Options.WithAirbyte)
        {
            (string id, string secret) = Airbyte.Client();
            await Cloud.PutSecretAsync(LabSecrets.Airbyte, new JsonObject { ["client_id"] = id, ["client_secret"] = secret }, cancel);
        }
    }

    /// <summary>Puts the secret of a source with a password of the caller's choice.</summary>
    public Task PutSourceSecretAsync(string name, DatabaseServer source, string password, CancellationToken cancel) => Cloud.PutSecretAsync(
        name,
        new JsonObject { ["username"] = source.Reader.User, ["password"] = password, ["host"] = "127.0.0.1", ["port"] = source.Port, ["database"] = source.Database },
        cancel);

    public async ValueTask DisposeAsync()
    {
        if (_owned)
        {
            _owned = false;
            await EndAsync();
        }
    }

    /// <summary>Ends every process of the lab and deletes its folder, whoever started it.</summary>
    public Task EndAsync() => EndAsync(_folder);

    internal static async Task EndAsync(LabFolder folder)
    {
        await folder.EndProcessesAsync();
        folder.Delete();
    }

    private async Task CreateAsync(PackageInstaller installer, CancellationToken cancel)
    {
        LabOptions options = Coordinates.Options;
        using CancellationTokenSource all = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        List<Task> parts = [Part(CreateDatabasesAsync), Part(Services.StartAsync)];
        if (options.WithStorage)
        {
            parts.Add(Part(c => CreateStorageAsync(installer, c)));
        }

        if (options.WithAirbyte)
        {
            parts.Add(Part(Airbyte.StartAsync));
        }

        if (options.WithCloud)
        {
            parts.Add(Part(CreateCloudAsync));
        }

        await foreach (Task part in Task.WhenEach(parts))
        {
            if (!part.IsCompletedSuccessfully)
            {
                // The first that fails is the cause; the others only hear of it.
                await all.CancelAsync();
                await Task.WhenAll(parts).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
                await part;
            }
        }

        if (options.WithCloud)
        {
            await PutSecretsAsync(cancel);
        }

        Coordinates = Coordinates with { PrimaryPort = Databases.Primary.Port, ReplicaPort = Databases.Replica.Port };
        Coordinates.Write();
        if (options is { WithAirbyte: true, WithStorage: true, WithCloud: true })
        {
            await LabRoutes.SetUpAsync(this, cancel);
            LabEnvironmentFile.Write(this);
        }

        Task Part(Func<CancellationToken, Task> create) => Task.Run(() => create(all.Token), all.Token);

        async Task CreateDatabasesAsync(CancellationToken c)
        {
            await Databases.CreateAsync(installer, c);
            await new SalesLoader(Databases.Primary, Sales).LoadAsync(c);
            await Databases.WaitUntilInSyncAsync(SyncPatience, c);
        }

        async Task CreateCloudAsync(CancellationToken c)
        {
            await installer.InstallAsync(PackageTrees.Moto, c);
            await Cloud.StartAsync(c);
        }
    }

    private async Task CreateStorageAsync(PackageInstaller installer, CancellationToken cancel)
    {
        await installer.InstallAsync(PackageTrees.Ceph, cancel);
        await Storage.CreateAsync([Coordinates.AdministratorKey, Coordinates.UserKey], cancel);
        using AmazonS3Client storage = OpenStorageAsAdministrator();
        foreach (string bucket in StorageBuckets.All)
        {
            await storage.MakeBucketAsync(bucket, cancel);
        }
    }
}
