using System.Globalization;
using System.Text.Json.Nodes;
using AcodeOps.Lab;
using AcodeOps.Lab.Servers.Storage;
using Amazon.S3;
using Amazon.S3.Model;

namespace AcodeOps.Module.Tests.Failover;

/// <summary>The lease in the hands of an operator on another machine; disposing lets go of it.</summary>
internal sealed class LeaseOfAnother : IAsyncDisposable
{
    /// <summary>The machine.</summary>
    public const string Host = "pager-7";

    private const string Key = "acode/acode_lease.json";
    private readonly AmazonS3Client _storage;
    private readonly JsonNode _lease;

    private LeaseOfAnother(AmazonS3Client storage, JsonNode lease) => (_storage, _lease) = (storage, lease);

    /// <summary>Takes the lease that this machine's last run has let go of.</summary>
    public static async Task<LeaseOfAnother> TakeAsync(LabSite site, CancellationToken cancel)
    {
        AmazonS3Client storage = site.OpenStorage();
        using GetObjectResponse found = await storage.GetObjectAsync(StorageBuckets.Emergency, Key, cancel);
        JsonNode lease = (await JsonNode.ParseAsync(found.ResponseStream, cancellationToken: cancel))!;
        Assert.True((bool?)lease["released"]);
        lease["holder"] = "01M000000000000000000LEASE";
        lease["token"] = (long)lease["token"]! + 1;
        lease["seconds"] = 600;
        lease["acquiredAt"] = DateTimeOffset.UtcNow.ToString("O", CultureInfo.InvariantCulture);
        lease["owner"]!["host"] = Host;
        lease["owner"]!["machine"] = "another machine";
        LeaseOfAnother held = new(storage, lease);
        await held.PutAsync(isReleased: false, cancel);
        return held;
    }

    public async ValueTask DisposeAsync()
    {
        await PutAsync(isReleased: true, CancellationToken.None);
        _storage.Dispose();
    }

    private async Task PutAsync(bool isReleased, CancellationToken cancel)
    {
        _lease["released"] = isReleased;
        await _storage.PutObjectAsync(new PutObjectRequest { BucketName = StorageBuckets.Emergency, Key = Key, ContentBody = _lease.ToJsonString() }, cancel);
    }
}
