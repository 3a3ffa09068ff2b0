using AcodeOps.Adapters.Aws;
using AcodeOps.Adapters.Storage;
using AcodeOps.Adapters.Tests.Airbyte;
using AcodeOps.Adapters.Tests.Aws;
using AcodeOps.Lab.Servers.Storage;
using Amazon.S3;
using Amazon.S3.Model;

namespace AcodeOps.Adapters.Tests.Storage;

/// <summary>Copies within a real S3 server, and reading parts of its objects.</summary>
public sealed class ObjectCopyTests(AwsFixture aws)
{
    private const int MiB = 1 << 20;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(300, 5L << 30, 0)]
    [InlineData(0, 5L << 30, 0)]
    [InlineData((12 * MiB) + 7, 5L * MiB, 3)]
    [InlineData(10 * MiB, 5L * MiB, 2)]
    public async Task A_copy_has_the_originals_bytes_media_type_and_metadata(int size, long wholeCopyBytes, int parts)
    {
        S3ObjectStore from = await aws.NewStoreAsync(), to = new(
            new StorageDefinition { Role = StorageRole.Quarantine, Bucket = await aws.NewBucketAsync() }, await aws.AccountAsync(), wholeCopyBytes);
        byte[] content = Random(size);
        using AmazonS3Client client = await aws.ClientAsync();
        PutObjectRequest put = new() { BucketName = from.Definition.Bucket, Key = "a b+ü/1.parquet", InputStream = new MemoryStream(content), ContentType = "application/x-parquet" };
        put.Metadata["by"] = "airbyte";
        await client.PutObjectAsync(put, Cancel);
        StoredObject source = (await from.FindAsync(put.Key, Cancel))!;

        StoredObject copy = await to.CopyAsync(from.Definition, source, "apart/a b+ü/1.parquet", Cancel);

        Assert.Equal(("apart/a b+ü/1.parquet", (long)size), (copy.Key, copy.SizeBytes));
        Assert.Equal(copy.ETag, (await to.ListAsync("", cancel: Cancel).SingleAsync(Cancel)).ETag);
        Assert.Equal(parts == 0, copy.ETag == source.ETag);
        Assert.Equal(parts > 0, copy.ETag.EndsWith($"-{parts}", StringComparison.Ordinal));
        Assert.Equal(content, (await to.GetAsync(copy.Key, Cancel))!.Content.ToArray());
        GetObjectMetadataResponse head = await client.GetObjectMetadataAsync(to.Definition.Bucket, copy.Key, Cancel);
        Assert.Equal(("application/x-parquet", "airbyte"), (head.Headers.ContentType, head.Metadata["by"]));
        Assert.Empty((await client.ListMultipartUploadsAsync(to.Definition.Bucket, Cancel)).MultipartUploads ?? []);
    }

    [Theory]
    [InlineData(5L << 30)]
    [InlineData(5L * MiB)]
    public async Task What_was_written_over_since_it_was_listed_is_not_copied(long wholeCopyBytes)
    {
        S3ObjectStore from = await aws.NewStoreAsync();
        S3ObjectStore to = new(from.Definition, await aws.AccountAsync(), wholeCopyBytes);
        await from.PutAsync("k", Random(6 * MiB), new PutOptions(), Cancel);
        StoredObject listed = (await from.FindAsync("k", Cancel))!;
        await from.PutAsync("k", Random((6 * MiB) + 1), new PutOptions(), Cancel);
        AcodeException changed = await Assert.ThrowsAsync<AcodeException>(() => to.CopyAsync(from.Definition, listed, "copy", Cancel));
        Assert.Equal(("ObjectExists", FailureClass.Conflict), (changed.Id, changed.Cause));
        Assert.Null(await to.FindAsync("copy", Cancel));
        await from.DeleteAsync("k", Cancel);
        Assert.Equal("StorageNotFound", (await Assert.ThrowsAsync<AcodeException>(() => to.CopyAsync(from.Definition, listed, "copy", Cancel))).Id);
    }

    [Fact]
    public async Task A_copy_in_parts_that_fails_leaves_no_parts_behind()
    {
        S3ObjectStore from = await aws.NewStoreAsync();
        // S3 takes no parts under 5 MiB, and says so at the end only.
        S3ObjectStore to = new(from.Definition, await aws.AccountAsync(), MiB);
        await from.PutAsync("k", Random(3 * MiB), new PutOptions(), Cancel);
        StoredObject listed = (await from.FindAsync("k", Cancel))!;
        await Assert.ThrowsAsync<AcodeException>(() => to.CopyAsync(from.Definition, listed, "copy", Cancel));
        using AmazonS3Client client = await aws.ClientAsync();
        Assert.Empty((await client.ListMultipartUploadsAsync(from.Definition.Bucket, Cancel)).MultipartUploads ?? []);
        Assert.Null(await to.FindAsync("copy", Cancel));
    }

    [Fact]
    public async Task A_missing_object_and_a_missing_bucket_are_told_apart()
    {
        S3ObjectStore store = await aws.NewStoreAsync(), nowhere = AwsFixture.Store("there-is-no-such-bucket", await aws.AccountAsync());
        Assert.Null(await store.FindAsync("none", Cancel));
        StoredObject none = new("none", 5, DateTimeOffset.UtcNow, "0123456789abcdef0123456789abcdef");
        foreach (Func<Task> call in (Func<Task>[])[
            () => nowhere.FindAsync("none", Cancel), () => nowhere.ReadRangeAsync(none, 0, 5, Cancel), () => store.CopyAsync(nowhere.Definition, none, "copy", Cancel)])
        {
            Assert.Equal("StorageBucketMissing", (await Assert.ThrowsAsync<AcodeException>(call)).Id);
        }

        Assert.Equal("StorageNotFound", (await Assert.ThrowsAsync<AcodeException>(() => store.ReadRangeAsync(none, 0, 5, Cancel))).Id);
    }

    [Fact]
    public async Task A_range_is_read_from_the_object_that_was_listed_only()
    {
        S3ObjectStore store = await aws.NewStoreAsync();
        byte[] content = Random(1000);
        await store.PutAsync("k", content, new PutOptions(), Cancel);
        StoredObject listed = await store.ListAsync("k", cancel: Cancel).SingleAsync(Cancel);
        Assert.Equal(content[990..], await store.ReadRangeAsync(listed, 990, 10, Cancel));
        Assert.Equal(content[..1], await store.ReadRangeAsync(listed, 0, 1, Cancel));
        await store.PutAsync("k", content.AsMemory(1), new PutOptions(), Cancel);
        AcodeException changed = await Assert.ThrowsAsync<AcodeException>(() => store.ReadRangeAsync(listed, 0, 1, Cancel));
        Assert.Equal(("ObjectExists", FailureClass.Conflict), (changed.Id, changed.Cause));
    }

    [Fact]
    public async Task An_answer_that_is_not_the_range_is_not_taken_for_it()
    {
        using RawServer server = new(_ => RawServer.Http(200, "the whole object", headers: "ETag: \"abc\"\r\nx-amz-request-id: 1\r\n"));
        S3ObjectStore store = AwsFixture.Store("lake", AwsFixture.Account(server.Url));
        AcodeException foreign = await Assert.ThrowsAsync<AcodeException>(
            () => store.ReadRangeAsync(new StoredObject("k", 16, DateTimeOffset.UtcNow, "abc"), 4, 5, Cancel));
        Assert.Equal(("StorageProtocolError", FailureClass.Protocol), (foreign.Id, foreign.Cause));
    }

    [Fact]
    public async Task A_read_tells_the_objects_age_by_the_servers_clock()
    {
        S3ObjectStore store = await aws.NewStoreAsync();
        await store.PutAsync("k", new byte[1], new PutOptions(), Cancel);
        ObjectContent read = (await store.GetAsync("k", Cancel))!;
        Assert.Equal((await store.FindAsync("k", Cancel))!.ModifiedAt.ToUnixTimeSeconds(), read.ModifiedAt!.Value.ToUnixTimeSeconds());
        Assert.InRange((read.ServerTimeAt!.Value - read.ModifiedAt.Value).TotalSeconds, 0, 600);
    }

    [Fact]
    public async Task A_second_implementation_copies_and_reads_the_same_way()
    {
        AwsAccount account = await aws.CloudAccountAsync();
        using AmazonS3Client client = StorageClient.Open((await aws.CloudAsync()).Endpoint, StorageKey.New());
        string bucket = "t" + Guid.NewGuid().ToString("N");
        await client.PutBucketAsync(new PutBucketRequest { BucketName = bucket, PutBucketConfiguration = new PutBucketConfiguration { LocationConstraint = StorageBuckets.Region } }, Cancel);
        S3ObjectStore store = AwsFixture.Store(bucket, account);
        byte[] content = Random(100);
        await store.PutAsync("k", content, new PutOptions(), Cancel);
        StoredObject copy = await store.CopyAsync(store.Definition, (await store.FindAsync("k", Cancel))!, "copy", Cancel);
        Assert.Equal(content[10..20], await store.ReadRangeAsync(copy, 10, 10, Cancel));
        Assert.Null(await store.FindAsync("none", Cancel));
    }

    private static byte[] Random(int size)
    {
        byte[] content = new byte[size];
        new Random(size).NextBytes(content);
        return content;
    }
}
