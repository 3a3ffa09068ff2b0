using AcodeOps.Adapters.Aws;
using AcodeOps.Adapters.Storage;
using AcodeOps.Adapters.Tests.Aws;
using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Lab;
using AcodeOps.Lab.Packages;
using AcodeOps.Lab.Servers;
using AcodeOps.Lab.Servers.Cloud;
using AcodeOps.Lab.Servers.Services;
using AcodeOps.Lab.Servers.Storage;
using AcodeOps.Secrets;
using Amazon.S3;
using Amazon.S3.Model;

[assembly: AssemblyFixture(typeof(AwsFixture))]

namespace AcodeOps.Adapters.Tests.Aws;

/// <summary>A real S3 server and a played Secrets Manager and STS, started when the first test asks for them and ended with the run.</summary>
public sealed class AwsFixture : IAsyncDisposable
{
    private readonly StorageKey _key = StorageKey.New();
    private readonly Lazy<Task<CephServer>> _storage;
    private readonly Lazy<Task<MotoServer>> _cloud;
    private readonly Lazy<Task<LabFolder>> _folder = new(() => LabFolder.ClaimAsync(LabFixture.NewPath()));
    private readonly PackageInstaller _installer = new(line => TestContext.Current.SendDiagnosticMessage(line));

    public AwsFixture()
    {
        _storage = new(StartStorageAsync);
        _cloud = new(StartCloudAsync);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>An account at the real servers; with another key or endpoint where a test says so.</summary>
    internal async Task<AwsAccount> AccountAsync(string? accessKey = null, string? secretKey = null) => Account(
        new Uri((await _storage.Value).Endpoint), accessKey ?? _key.AccessKey, secretKey ?? _key.SecretKey);

    /// <summary>An account whose every service is at one address.</summary>
    internal static AwsAccount Account(Uri endpoint, string accessKey = "AKTEST", string secretKey = "of no use") => new(
        Definition(endpoint, endpoint), new AwsSession(() => new AwsKeys(accessKey, new SecretText(secretKey), null), null));

    /// <summary>An account at the played Secrets Manager.</summary>
    internal async Task<AwsAccount> CloudAccountAsync() => Account(new Uri((await _cloud.Value).Endpoint));

    /// <summary>The played Secrets Manager itself.</summary>
    public Task<MotoServer> CloudAsync() => _cloud.Value;

    /// <summary>A definition for both servers, and the session that opens the first.</summary>
    internal async Task<(AwsDefinition Definition, AwsSession Session)> EnvironmentAsync() => (
        Definition(new Uri((await _storage.Value).Endpoint), new Uri((await _cloud.Value).Endpoint)),
        new AwsSession(() => new AwsKeys(_key.AccessKey, new SecretText(_key.SecretKey), null), null));

    /// <summary>S3 past the product.</summary>
    public async Task<AmazonS3Client> ClientAsync() => StorageClient.Open((await _storage.Value).Endpoint, _key);

    /// <summary>A new bucket of the test's own.</summary>
    public async Task<string> NewBucketAsync(bool locked = false, bool encrypted = false, bool versioned = false)
    {
        using AmazonS3Client client = await ClientAsync();
        string bucket = "t" + Guid.NewGuid().ToString("N");
        await client.PutBucketAsync(new PutBucketRequest { BucketName = bucket, ObjectLockEnabledForBucket = locked }, Cancel);
        if (encrypted)
        {
            await client.EncryptBucketAsync(bucket, Cancel);
        }

        if (versioned)
        {
            await client.PutBucketVersioningAsync(
                new PutBucketVersioningRequest { BucketName = bucket, VersioningConfig = new S3BucketVersioningConfig { Status = VersionStatus.Enabled } }, Cancel);
        }

        return bucket;
    }

    /// <summary>Forbids actions on a bucket to everybody, its owner included.</summary>
    public async Task ForbidAsync(string bucket, params string[] actions)
    {
        using AmazonS3Client client = await ClientAsync();
        string list = string.Join(",", actions.Select(action => $"\"{action}\""));
        await client.PutBucketPolicyAsync(
            new PutBucketPolicyRequest
            {
                BucketName = bucket,
                Policy = $$"""
                    {"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":[{{list}}],
                    "Resource":["arn:aws:s3:::{{bucket}}","arn:aws:s3:::{{bucket}}/*"]}]}
                    """,
            },
            Cancel);
    }

    /// <summary>The product's store on a new bucket.</summary>
    internal async Task<S3ObjectStore> NewStoreAsync(bool locked = false, bool encrypted = false, bool versioned = false) =>
        Store(await NewBucketAsync(locked, encrypted, versioned), await AccountAsync());

    internal static S3ObjectStore Store(string bucket, AwsAccount account, string? kmsKey = null) =>
        new(new StorageDefinition { Role = StorageRole.Primary, Bucket = bucket, KmsKey = kmsKey }, account);

    public async ValueTask DisposeAsync()
    {
        if (_folder.IsValueCreated)
        {
            LabFolder folder = await _folder.Value;
            await folder.EndProcessesAsync();
            folder.Delete();
        }
    }

    private static AwsDefinition Definition(Uri storage, Uri cloud) => new()
    {
        Region = StorageBuckets.Region,
        Endpoints = new AwsEndpoints { S3 = storage, SecretsManager = cloud, Sts = cloud },
    };

    private async Task<CephServer> StartStorageAsync()
    {
        await _installer.InstallAsync(PackageTrees.Ceph, CancellationToken.None);
        LabFolder folder = await _folder.Value;
        StoragePorts ports = StoragePorts.Free();
        ServicesProcess services = new(folder.Path, ServicePorts.Free(ports.Gateway));
        CephServer server = new(folder.Path, ports, services.Ports.Keys);
        await Task.WhenAll(services.StartAsync(CancellationToken.None), server.CreateAsync([_key], CancellationToken.None));
        return server;
    }

    private async Task<MotoServer> StartCloudAsync()
    {
        await _installer.InstallAsync(PackageTrees.Moto, CancellationToken.None);
        MotoServer server = new((await _folder.Value).Path, LoopbackPort.Free());
        await server.StartAsync(CancellationToken.None);
        return server;
    }
}
