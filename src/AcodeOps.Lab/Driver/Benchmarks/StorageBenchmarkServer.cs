using System.Globalization;
using System.Text.Json;
using AcodeOps.Lab.Packages;
using AcodeOps.Lab.Servers;
using AcodeOps.Lab.Servers.Storage;
using Amazon.S3;
using Amazon.S3.Model;

namespace AcodeOps.Lab.Driver.Benchmarks;

/// <summary>The S3 server of the storage benchmark, alone. Its folder stays, as writing a million objects takes far longer than counting them.</summary>
internal sealed class StorageBenchmarkServer : IAsyncDisposable
{
    public const string Bucket = "farmarcas-benchmark";

    private const string Progress = "written";

    private readonly CephServer _server;

    private StorageBenchmarkServer(string folder, Coordinates coordinates)
    {
        Folder = folder;
        Key = coordinates.Key;
        // A small object takes 10 kB of it, with all that is kept about it.
        _server = new CephServer(folder, coordinates.Ports, coordinates.KeysPort) { DiskBytes = 32L << 30 };
    }

    public string Folder { get; }

    public StorageKey Key { get; }

    public string Endpoint => _server.Endpoint;

    private string Written => Path.Combine(Folder, Progress);

    private static TimeSpan Patience => TimeSpan.FromSeconds(90);

    /// <summary>Starts it, on the data that it has already or anew, and writes the objects that are not there yet.</summary>
    public static async Task<StorageBenchmarkServer> StartAsync(string folder, Action<string> say, CancellationToken cancel)
    {
        await new PackageInstaller(say).InstallAsync(PackageTrees.Ceph, cancel);
        string file = Path.Combine(folder, "coordinates.json");
        bool isThere = File.Exists(Path.Combine(folder, Progress));
        if (!isThere)
        {
            await LabFolder.ClaimAsync(folder);
            PrivateFile.Write(file, JsonSerializer.Serialize(new Coordinates(StoragePorts.Free(), LoopbackPort.Free(), StorageKey.New())));
        }

        StorageBenchmarkServer server = new(folder, JsonSerializer.Deserialize<Coordinates>(await File.ReadAllTextAsync(file, cancel))!);
        try
        {
            await (isThere ? server._server.StartAsync(cancel) : server.CreateAsync(cancel));
            await StorageBenchmarkObjects.WriteAsync(
                new Uri($"{server.Endpoint}/{Bucket}/"), int.Parse(await File.ReadAllTextAsync(server.Written, cancel), CultureInfo.InvariantCulture), server.Note, say, cancel);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public AmazonS3Client Open() => StorageClient.Open(Endpoint, Key);

    public async ValueTask DisposeAsync()
    {
        foreach (ServerProcess process in _server.Processes)
        {
            await process.StopAsync(Patience);
        }
    }

    private async Task CreateAsync(CancellationToken cancel)
    {
        await _server.CreateAsync([Key], cancel);
        using AmazonS3Client s3 = Open();
        await s3.PutBucketAsync(new PutBucketRequest { BucketName = Bucket }, cancel);
        // What writes a million objects does not sign each of them.
        await s3.PutBucketPolicyAsync(new PutBucketPolicyRequest { BucketName = Bucket, Policy = $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:PutObject","Resource":"arn:aws:s3:::{{Bucket}}/*"}]}""" }, cancel);
        Note(0);
    }

    private void Note(int written) => File.WriteAllText(Written, written.ToString(CultureInfo.InvariantCulture));

    private sealed record Coordinates(StoragePorts Ports, int KeysPort, StorageKey Key);
}
