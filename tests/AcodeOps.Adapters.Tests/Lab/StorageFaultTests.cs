using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using AcodeOps.Lab;
using AcodeOps.Lab.Faults;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Lab.Servers.Storage;
using AcodeOps.Lab.Sinks;
using Amazon.S3;
using Amazon.S3.Model;

namespace AcodeOps.Adapters.Tests.Lab;

[Collection("broken labs")]
public sealed class StorageFaultTests(BrokenLabs labs)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task S3_answers_errors_on_demand()
    {
        LabSite lab = await SiteAsync();
        using AmazonS3Client storage = lab.OpenStorage();
        await PutAsync(storage);
        await LabFaults.ApplyAsync(lab, "storage-error", ["503"], Cancel);
        AmazonS3Exception error = await Assert.ThrowsAsync<AmazonS3Exception>(() => PutAsync(storage));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "SlowDown"), (error.StatusCode, error.ErrorCode));
        await LabFaults.ClearAsync(lab, null, Cancel);
        await PutAsync(storage);
    }

    [Fact]
    public async Task S3_is_slow_silent_or_resets_on_demand()
    {
        LabSite lab = await SiteAsync();
        using AmazonS3Client storage = lab.OpenStorage();
        await LabFaults.ApplyAsync(lab, "storage-slow", ["1200"], Cancel);
        long began = Stopwatch.GetTimestamp();
        await PutAsync(storage);
        Assert.True(Stopwatch.GetElapsedTime(began).TotalMilliseconds >= 1200);
        await LabFaults.ClearAsync(lab, null, Cancel);

        await LabFaults.ApplyAsync(lab, "storage-silent", [], Cancel);
        using (CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel))
        {
            limit.CancelAfter(1_000);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => storage.ListBucketsAsync(limit.Token));
        }

        await LabFaults.ClearAsync(lab, null, Cancel);
        await LabFaults.ApplyAsync(lab, "storage-reset", [], Cancel);
        await Assert.ThrowsAnyAsync<Exception>(() => storage.ListBucketsAsync(Cancel));
        await LabFaults.ClearAsync(lab, null, Cancel);
        await PutAsync(storage);
    }

    [Fact]
    public async Task A_forbidden_a_dropped_bucket_and_a_revoked_key_are_three_different_errors()
    {
        LabSite lab = await SiteAsync();
        using AmazonS3Client storage = lab.OpenStorage();
        foreach ((string fault, string[] arguments, string code) in new (string, string[], string)[]
        {
            ("forbid-bucket", ["backup"], "AccessDenied"), ("drop-bucket", ["backup"], "NoSuchBucket"), ("revoke-key", [], "InvalidAccessKeyId"),
        })
        {
            await PutAsync(storage);
            await LabFaults.ApplyAsync(lab, fault, arguments, Cancel);
            AmazonS3Exception error = await Assert.ThrowsAsync<AmazonS3Exception>(() => PutAsync(storage));
            Assert.Equal(code, error.ErrorCode);
            await LabFaults.ClearAsync(lab, null, Cancel);
        }

        await PutAsync(storage);
    }

    [Fact]
    public async Task A_killed_S3_server_comes_back_with_its_objects()
    {
        LabSite lab = await SiteAsync();
        using AmazonS3Client storage = lab.OpenStorage();
        await storage.PutObjectAsync(new PutObjectRequest { BucketName = StorageBuckets.Archive, Key = "kept", ContentBody = "kept", ServerSideEncryptionMethod = ServerSideEncryptionMethod.AES256 }, Cancel);
        await LabFaults.ApplyAsync(lab, "kill", ["storage"], Cancel);
        await Assert.ThrowsAnyAsync<Exception>(() => storage.ListBucketsAsync(Cancel));
        await LabFaults.ClearAsync(lab, null, Cancel);
        using GetObjectResponse answer = await storage.GetObjectAsync(StorageBuckets.Archive, "kept", Cancel);
        using StreamReader reader = new(answer.ResponseStream);
        Assert.Equal("kept", await reader.ReadToEndAsync(Cancel));
    }

    [Fact]
    public async Task Killed_secrets_are_all_back_after_the_undo()
    {
        LabSite lab = await SiteAsync();
        await LabFaults.ApplyAsync(lab, "kill", ["cloud"], Cancel);
        await Assert.ThrowsAsync<HttpRequestException>(() => lab.Cloud.SecretAsync(LabSecrets.Storage, Cancel));
        await LabFaults.ClearAsync(lab, null, Cancel);
        Assert.Equal(lab.Coordinates.UserKey.AccessKey, (string?)(await lab.Cloud.SecretAsync(LabSecrets.Storage, Cancel))!["access_key_id"]);
        Assert.NotNull(await lab.Cloud.SecretAsync(LabSecrets.Airbyte, Cancel));
        Assert.NotNull(await lab.Cloud.SecretAsync(LabSecrets.Backup, Cancel));
    }

    [Fact]
    public async Task The_sinks_keep_what_they_get_and_refuse_on_demand()
    {
        LabSite lab = await SiteAsync();
        string mark = Guid.NewGuid().ToString("N");
        using UdpClient statsd = new();
        await statsd.SendAsync(Encoding.UTF8.GetBytes($"acode.{mark}:1.5|g|#role:primary,env:lab\nacode.second:1|c"), new IPEndPoint(IPAddress.Loopback, lab.Coordinates.Services.Metrics), Cancel);
        using HttpClient http = new();
        Uri webhook = new($"http://127.0.0.1:{lab.Coordinates.Services.Webhooks}/services/{mark}?x=1");
        using (HttpResponseMessage taken = await http.PostAsync(webhook, new StringContent("{\"text\":\"olá\"}", Encoding.UTF8, "application/json"), Cancel))
        {
            Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        }

        await LabFaults.ApplyAsync(lab, "webhook-error", ["429"], Cancel);
        using (HttpResponseMessage refused = await http.PostAsync(webhook, new StringContent("again"), Cancel))
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        }

        await LabFaults.ClearAsync(lab, null, Cancel);
        ReceivedWebhook[] posts = [.. lab.Services.Webhooks.Where(w => w.Path == webhook.PathAndQuery)];
        Assert.Equal([("{\"text\":\"olá\"}", 200), ("again", 429)], posts.Select(p => (p.Body, p.AnsweredStatus)));
        while (lab.Services.Metrics.All(m => m.Name != "acode.second"))
        {
            await Task.Delay(20, Cancel);
        }

        ReceivedMetric metric = Assert.Single(lab.Services.Metrics, m => m.Name == "acode." + mark);
        Assert.Equal(("1.5", "g"), (metric.Value, metric.Type));
        Assert.Equal(["role:primary", "env:lab"], metric.Tags);
    }

    private static Task<PutObjectResponse> PutAsync(AmazonS3Client storage) =>
        storage.PutObjectAsync(new PutObjectRequest { BucketName = StorageBuckets.Backup, Key = "probe", ContentBody = "1" }, Cancel);

    private Task<LabSite> SiteAsync() => labs.SiteAsync(DatabaseFlavor.MariaDb);
}
