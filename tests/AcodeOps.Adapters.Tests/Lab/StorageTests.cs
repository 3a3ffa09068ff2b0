using System.Net;
using System.Text;
using AcodeOps.Lab;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Lab.Servers.Storage;
using Amazon.S3;
using Amazon.S3.Model;

namespace AcodeOps.Adapters.Tests.Lab;

public sealed class StorageTests(LabFixture labs)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_buckets_of_the_installation_are_there_and_its_key_may_use_them()
    {
        using AmazonS3Client storage = await OpenAsync();

        ListBucketsResponse buckets = await storage.ListBucketsAsync(Cancel);

        Assert.Equal(StorageBuckets.All.Order(StringComparer.Ordinal), buckets.Buckets.Select(b => b.BucketName).Order(StringComparer.Ordinal));
        await storage.PutObjectAsync(new PutObjectRequest { BucketName = StorageBuckets.Primary, Key = "there/a b+ü", ContentBody = "1" }, Cancel);
        Assert.Equal("1", await ReadAsync(storage, StorageBuckets.Primary, "there/a b+ü"));
    }

    [Fact]
    public async Task A_wrong_secret_key_is_refused()
    {
        LabSite lab = await labs.SiteAsync(DatabaseFlavor.MariaDb);
        using AmazonS3Client storage = StorageClient.Open(lab.StorageEndpoint, lab.Coordinates.UserKey with { SecretKey = "wrong" });

        AmazonS3Exception refusal = await Assert.ThrowsAsync<AmazonS3Exception>(() => storage.ListObjectsV2Async(new ListObjectsV2Request { BucketName = StorageBuckets.Primary }, Cancel));

        Assert.Equal("SignatureDoesNotMatch", refusal.ErrorCode);
    }

    // In a bucket without versions: where every write makes a version of its own, radosgw does not hold the condition against racing writers.
    [Fact]
    public async Task Of_many_writers_of_one_new_object_exactly_one_succeeds()
    {
        using AmazonS3Client storage = await OpenAsync();

        HttpStatusCode[] answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(async n =>
        {
            try
            {
                return (await storage.PutObjectAsync(new PutObjectRequest { BucketName = StorageBuckets.Archive, Key = "only-one", ContentBody = $"{n}", IfNoneMatch = "*" }, Cancel)).HttpStatusCode;
            }
            catch (AmazonS3Exception e)
            {
                return e.StatusCode;
            }
        }));

        Assert.Single(answers, HttpStatusCode.OK);
        Assert.All(answers.Where(a => a != HttpStatusCode.OK), a => Assert.Equal(HttpStatusCode.PreconditionFailed, a));
    }

    [Fact]
    public async Task A_locked_audit_object_cannot_be_deleted()
    {
        using AmazonS3Client storage = await OpenAsync();
        PutObjectResponse put = await storage.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = StorageBuckets.Audit,
                Key = "locked",
                ContentBody = "kept",
                ObjectLockMode = ObjectLockMode.Compliance,
                ObjectLockRetainUntilDate = DateTime.UtcNow.AddDays(1),
                ChecksumAlgorithm = ChecksumAlgorithm.SHA256,
            },
            Cancel);

        AmazonS3Exception refusal = await Assert.ThrowsAsync<AmazonS3Exception>(() => storage.DeleteObjectAsync(StorageBuckets.Audit, "locked", put.VersionId, Cancel));

        Assert.Equal("AccessDenied", refusal.ErrorCode);
        Assert.Equal("kept", await ReadAsync(storage, StorageBuckets.Audit, "locked"));
    }

    [Fact]
    public async Task Server_side_encryption_encrypts_and_gives_back_what_was_written()
    {
        LabSite lab = await labs.SiteAsync(DatabaseFlavor.MariaDb);
        using AmazonS3Client storage = lab.OpenStorage();
        string text = "plain-" + Guid.NewGuid();

        await storage.PutObjectAsync(
            new PutObjectRequest { BucketName = StorageBuckets.Primary, Key = "sse", ContentBody = text, ServerSideEncryptionMethod = ServerSideEncryptionMethod.AES256 }, Cancel);

        Assert.Equal(ServerSideEncryptionMethod.AES256, (await storage.GetObjectMetadataAsync(StorageBuckets.Primary, "sse", Cancel)).ServerSideEncryptionMethod);
        Assert.Equal(text, await ReadAsync(storage, StorageBuckets.Primary, "sse"));
    }

    private static async Task<string> ReadAsync(AmazonS3Client storage, string bucket, string key)
    {
        using GetObjectResponse answer = await storage.GetObjectAsync(bucket, key, Cancel);
        using StreamReader reader = new(answer.ResponseStream, Encoding.UTF8);
        return await reader.ReadToEndAsync(Cancel);
    }

    private async Task<AmazonS3Client> OpenAsync() => (await labs.SiteAsync(DatabaseFlavor.MariaDb)).OpenStorage();
}
