using System.Globalization;
using System.Text;
using AcodeOps.Adapters.Storage;
using AcodeOps.Adapters.Tests.Aws;
using Amazon.S3;
using Amazon.S3.Model;

namespace AcodeOps.Adapters.Tests.Storage;

/// <summary>The store on a real S3 server.</summary>
public sealed class S3ObjectStoreTests(AwsFixture aws)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_written_is_read_back_and_deleted_twice_without_complaint()
    {
        S3ObjectStore store = await aws.NewStoreAsync();
        string tag = await store.PutAsync("a/b c+d.json", "hallo"u8.ToArray(), new PutOptions(), Cancel);
        ObjectContent found = (await store.GetAsync("a/b c+d.json", Cancel))!;
        Assert.Equal("hallo", Encoding.UTF8.GetString(found.Content.Span));
        Assert.Equal(tag, found.ETag);
        Assert.DoesNotContain('"', tag);
        await store.DeleteAsync("a/b c+d.json", Cancel);
        await store.DeleteAsync("a/b c+d.json", Cancel);
        Assert.Null(await store.GetAsync("a/b c+d.json", Cancel));
    }

    /// <summary>XML 1.0 cannot hold such characters: a server that is not asked to encode them answers with what no reader takes.</summary>
    [Theory]
    [InlineData("escape\u001b]0;title\u0007/x")]
    [InlineData("ctrl\u0001/x")]
    [InlineData("plus+space and %41 100%/ç€😀&<>\"'/x")]
    [InlineData("line\r\nbreak/x")]
    public async Task A_key_of_any_characters_is_listed_read_copied_and_deleted_and_does_not_hide_the_others(string name)
    {
        S3ObjectStore store = await aws.NewStoreAsync();
        string prefix = $"odd-{Guid.NewGuid():N}/", key = prefix + name;
        await store.PutAsync(key, "odd"u8.ToArray(), new PutOptions(), Cancel);
        await store.PutAsync(prefix + "~plain", "~plain"u8.ToArray(), new PutOptions(), Cancel);

        Assert.Equal([key, prefix + "~plain"], (await store.ListAsync(prefix, cancel: Cancel).Select(o => o.Key).ToListAsync(Cancel)).Order(StringComparer.Ordinal));
        Assert.Equal(prefix + name[..(name.IndexOf('/') + 1)], Assert.Single(await store.ListFoldersAsync(prefix, Cancel).ToListAsync(Cancel)));
        Assert.Equal("odd"u8.ToArray(), (await store.GetAsync(key, Cancel))!.Content.ToArray());
        Assert.Equal([prefix + "~plain"], await store.ListAsync(prefix, startAfter: key, Cancel).Select(o => o.Key).ToListAsync(Cancel));
        StoredObject copy = await store.CopyAsync(store.Definition, (await store.FindAsync(key, Cancel))!, key + "-copy", Cancel);
        Assert.Equal(3, copy.SizeBytes);
        await store.DeleteAsync(key, Cancel);
        Assert.Null(await store.GetAsync(key, Cancel));
    }

    [Fact]
    public async Task Listing_goes_through_all_pages_in_order_and_from_a_key_on()
    {
        S3ObjectStore store = await aws.NewStoreAsync();
        string[] keys = [.. Enumerable.Range(0, 2500).Select(i => $"p/{i:00000}")];
        await Parallel.ForEachAsync(
            keys, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Cancel },
            async (key, cancel) => await store.PutAsync(key, new byte[1], new PutOptions(), cancel));
        await store.PutAsync("q", new byte[7], new PutOptions(), Cancel);
        Assert.Equal(keys, await store.ListAsync("p/", cancel: Cancel).Select(found => found.Key).ToArrayAsync(Cancel));
        Assert.Equal(keys[1300..], await store.ListAsync("p/", keys[1299], Cancel).Select(found => found.Key).ToArrayAsync(Cancel));
        StoredObject last = await store.ListAsync("q", cancel: Cancel).SingleAsync(Cancel);
        Assert.Equal(7, last.SizeBytes);
        Assert.Equal(TimeSpan.Zero, last.ModifiedAt.Offset);
    }

    [Fact]
    public async Task Folders_are_the_prefixes_up_to_the_next_slash()
    {
        S3ObjectStore store = await aws.NewStoreAsync();
        foreach (string key in new[] { "y/2026/01/a", "y/2026/02/a", "y/2026/02/b", "y/none" })
        {
            await store.PutAsync(key, new byte[1], new PutOptions(), Cancel);
        }

        Assert.Equal(["y/2026/01/", "y/2026/02/"], await store.ListFoldersAsync("y/2026/", Cancel).ToArrayAsync(Cancel));
    }

    [Fact]
    public async Task Of_sixteen_writers_of_a_new_object_exactly_one_wins()
    {
        S3ObjectStore store = await aws.NewStoreAsync();
        for (int round = 0; round < 5; round++)
        {
            string key = $"lease/{round.ToString(CultureInfo.InvariantCulture)}";
            int winner = Assert.Single(await RaceAsync(store, key, new PutOptions { IfAbsent = true }));
            Assert.Equal(winner, (await store.GetAsync(key, Cancel))!.Content.Span[0]);
        }
    }

    [Fact]
    public async Task Of_sixteen_writers_over_the_same_version_exactly_one_wins()
    {
        S3ObjectStore store = await aws.NewStoreAsync();
        string tag = await store.PutAsync("lease", new byte[] { 99 }, new PutOptions(), Cancel);
        for (int round = 0; round < 5; round++)
        {
            int winner = Assert.Single(await RaceAsync(store, "lease", new PutOptions { IfMatch = tag }));
            ObjectContent found = (await store.GetAsync("lease", Cancel))!;
            Assert.Equal(winner, found.Content.Span[0]);
            tag = found.ETag;
            // Another content, so that the next round has another tag to beat.
            tag = await store.PutAsync("lease", new byte[] { 99, (byte)round }, new PutOptions { IfMatch = tag }, Cancel);
        }
    }

    [Fact]
    public async Task Writing_over_a_version_that_is_gone_is_a_lost_race()
    {
        S3ObjectStore store = await aws.NewStoreAsync();
        AcodeException lost = await Assert.ThrowsAsync<AcodeException>(
            () => store.PutAsync("none", new byte[1], new PutOptions { IfMatch = "0123456789abcdef0123456789abcdef" }, Cancel));
        Assert.Equal(("ObjectExists", FailureClass.Conflict), (lost.Id, lost.Cause));
    }

    [Fact]
    public async Task Encryption_is_seen_when_asked_for_when_the_bucket_does_it_and_when_there_is_none()
    {
        S3ObjectStore plain = await aws.NewStoreAsync(), encrypting = await aws.NewStoreAsync(encrypted: true);
        S3ObjectStore withKey = AwsFixture.Store(plain.Definition.Bucket, await aws.AccountAsync(), "lake-key");
        Assert.Null(await EncryptionAsync(plain, encrypt: false));
        Assert.Equal("AES256", await EncryptionAsync(plain, encrypt: true));
        Assert.Equal("AES256", await EncryptionAsync(encrypting, encrypt: false));
        Assert.Equal("aws:kms", await EncryptionAsync(withKey, encrypt: true));
        Assert.Equal("", (await plain.ReadTraitsAsync(Cancel)).DefaultEncryption);
        Assert.Equal("AES256", (await encrypting.ReadTraitsAsync(Cancel)).DefaultEncryption);

        static async Task<string?> EncryptionAsync(S3ObjectStore store, bool encrypt)
        {
            await store.PutAsync("e", new byte[3], new PutOptions { Encrypt = encrypt }, Cancel);
            return (await store.GetAsync("e", Cancel))!.Encryption;
        }
    }

    [Fact]
    public async Task A_retained_object_cannot_be_deleted_for_good_before_its_time()
    {
        S3ObjectStore store = await aws.NewStoreAsync(locked: true);
        await store.PutAsync("r", new byte[3], new PutOptions { RetainUntilAt = DateTimeOffset.UtcNow.AddDays(1), Compliance = true, Encrypt = true, IfAbsent = true }, Cancel);
        using AmazonS3Client client = await aws.ClientAsync();
        GetObjectMetadataResponse head = await client.GetObjectMetadataAsync(store.Definition.Bucket, "r", Cancel);
        Assert.Equal(ObjectLockMode.Compliance, head.ObjectLockMode);
        Assert.False(await store.PurgeAsync("r", Cancel));
        Assert.NotEmpty((await client.ListVersionsAsync(store.Definition.Bucket, "r", Cancel)).Versions);
    }

    [Fact]
    public async Task Purging_leaves_neither_versions_nor_markers_and_nothing_of_its_neighbours_is_touched()
    {
        S3ObjectStore store = await aws.NewStoreAsync(versioned: true);
        await store.PutAsync("v", new byte[1], new PutOptions(), Cancel);
        await store.PutAsync("v", new byte[2], new PutOptions(), Cancel);
        await store.DeleteAsync("v", Cancel);
        await store.PutAsync("v2", new byte[2], new PutOptions(), Cancel);
        Assert.True(await store.PurgeAsync("v", Cancel));
        using AmazonS3Client client = await aws.ClientAsync();
        Assert.Equal(["v2"], (await client.ListVersionsAsync(store.Definition.Bucket, Cancel)).Versions.Select(v => v.Key));
    }

    [Fact]
    public async Task Traits_tell_versions_lock_default_retention_and_the_servers_clock()
    {
        BucketTraits plain = await (await aws.NewStoreAsync()).ReadTraitsAsync(Cancel);
        Assert.Equal((false, false, false), (plain.HasVersioning, plain.HasObjectLock, plain.LocksByDefault));
        Assert.True(Math.Abs((plain.ServerTimeAt!.Value - plain.LocalTimeAt!.Value).TotalSeconds) < 60);
        S3ObjectStore locked = await aws.NewStoreAsync(locked: true);
        BucketTraits traits = await locked.ReadTraitsAsync(Cancel);
        Assert.Equal((true, true, false), (traits.HasVersioning, traits.HasObjectLock, traits.LocksByDefault));
        await BucketRetention.SetAsync(aws, locked.Definition.Bucket);
        Assert.True((await locked.ReadTraitsAsync(Cancel)).LocksByDefault);
    }

    [Theory]
    [InlineData("AKNOBODY", null)]
    [InlineData(null, "not the secret key")]
    public async Task A_wrong_key_is_a_refused_credential_and_not_an_outage(string? accessKey, string? secretKey)
    {
        S3ObjectStore store = AwsFixture.Store(await aws.NewBucketAsync(), await aws.AccountAsync(accessKey, secretKey));
        AcodeException refused = await Assert.ThrowsAsync<AcodeException>(() => store.GetAsync("k", Cancel));
        Assert.Equal(("StorageCredentialsRefused", FailureClass.Authentication), (refused.Id, refused.Cause));
        Assert.False(refused.Cause.IsOutage());
        Assert.DoesNotContain("not the secret key", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_bucket_is_told_by_every_call()
    {
        S3ObjectStore store = AwsFixture.Store("there-is-no-such-bucket", await aws.AccountAsync());
        Func<Task>[] calls =
        [
            async () => await store.ListAsync("", cancel: Cancel).FirstOrDefaultAsync(Cancel),
            () => store.PutAsync("k", new byte[1], new PutOptions { IfAbsent = true }, Cancel),
            () => store.GetAsync("k", Cancel),
            () => store.DeleteAsync("k", Cancel),
            () => store.ReadTraitsAsync(Cancel),
        ];
        foreach (Func<Task> call in calls)
        {
            AcodeException missing = await Assert.ThrowsAsync<AcodeException>(call);
            Assert.Equal(("StorageBucketMissing", FailureClass.NotFound), (missing.Id, missing.Cause));
            Assert.Contains("there-is-no-such-bucket", missing.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_forbidden_bucket_is_a_missing_permission()
    {
        S3ObjectStore store = await aws.NewStoreAsync();
        await aws.ForbidAsync(store.Definition.Bucket, "s3:ListBucket", "s3:GetObject", "s3:PutObject");
        Func<Task>[] calls =
        [
            async () => await store.ListAsync("", cancel: Cancel).FirstOrDefaultAsync(Cancel),
            () => store.PutAsync("k", new byte[1], new PutOptions(), Cancel),
            () => store.GetAsync("k", Cancel),
        ];

        // A refused write whose body was sent all the same spoilt the connection's next answer, one time in twenty.
        foreach (Func<Task> call in Enumerable.Repeat(calls, 60).SelectMany(all => all))
        {
            AcodeException forbidden = await Assert.ThrowsAsync<AcodeException>(call);
            Assert.Equal(("StorageAccessDenied", FailureClass.Permission), (forbidden.Id, forbidden.Cause));
        }
    }

    private static async Task<List<int>> RaceAsync(S3ObjectStore store, string key, PutOptions options)
    {
        TaskCompletionSource start = new();
        Task<int?>[] writers = [.. Enumerable.Range(0, 16).Select(WriteAsync)];
        start.SetResult();
        return [.. (await Task.WhenAll(writers)).OfType<int>()];

        async Task<int?> WriteAsync(int number)
        {
            await start.Task;
            try
            {
                await store.PutAsync(key, new[] { (byte)number }, options, Cancel);
                return number;
            }
            catch (AcodeException lost)
            {
                Assert.Equal(("ObjectExists", FailureClass.Conflict), (lost.Id, lost.Cause));
                return null;
            }
        }
    }
}
