using System.Runtime.CompilerServices;
using AcodeOps.Adapters.Aws;
using Amazon.S3;
using Amazon.S3.Model;

namespace AcodeOps.Adapters.Storage;

/// <summary>A storage in S3 or in a server that speaks its protocol.</summary>
/// <param name="definition">The bucket.</param>
/// <param name="account">Whose keys are used.</param>
/// <param name="wholeCopyBytes">Objects larger than this are copied in parts; S3 copies up to 5 GiB in one call.</param>
internal sealed class S3ObjectStore(StorageDefinition definition, AwsAccount account, long wholeCopyBytes = 5L << 30) : IObjectStore
{
    // What is read whole are records, journals and manifests; ranges of the lake's objects are far shorter.
    private const int MostBytes = 256 << 20;

    /// <inheritdoc />
    public StorageDefinition Definition { get; } = definition;

    private string Bucket => Definition.Bucket;

    /// <inheritdoc />
    public async IAsyncEnumerable<StoredObject> ListAsync(
        string prefix, string? startAfter = null, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        ListObjectsV2Request request = new() { BucketName = Bucket, Prefix = prefix, StartAfter = startAfter };
        await foreach (ListObjectsV2Response page in PagesAsync(request, cancel).ConfigureAwait(false))
        {
            foreach (S3Object found in page.S3Objects ?? [])
            {
                yield return new StoredObject(found.Key, found.Size ?? 0, S3Text.Utc(found.LastModified), S3Text.Unquoted(found.ETag));
            }
        }
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<string> ListFoldersAsync(string prefix, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        ListObjectsV2Request request = new() { BucketName = Bucket, Prefix = prefix, Delimiter = "/" };
        await foreach (ListObjectsV2Response page in PagesAsync(request, cancel).ConfigureAwait(false))
        {
            foreach (string folder in page.CommonPrefixes ?? [])
            {
                yield return folder;
            }
        }
    }

    /// <inheritdoc />
    /// <remarks>
    /// A conditional write is tried once: after an outage class it is unknown whether it was done, and the caller must
    /// read back.
    /// </remarks>
    public async Task<string> PutAsync(string key, ReadOnlyMemory<byte> content, PutOptions options, CancellationToken cancel)
    {
        bool isConditional = options.IfAbsent || options.IfMatch is not null;
        AwsClient<AmazonS3Client> s3 = await account.S3Async(Definition.Region, retries: !isConditional, cancel).ConfigureAwait(false);
        string subject = SubjectOf(key);
        try
        {
            PutObjectResponse answer = await s3.CallAsync(
                subject, (api, c) => api.PutObjectAsync(S3PutRequest.Of(Definition, key, content, options), c), cancel).ConfigureAwait(false);
            return answer.ETag is { } tag ? S3Text.Unquoted(tag) : throw AwsFailures.NotTheService(s3.Callee(subject));
        }
        catch (AcodeException failure) when (isConditional && IsLost(failure, options))
        {
            throw new AcodeException("ObjectExists", FailureClass.Conflict, options.IfAbsent
                ? $"The object '{key}' of bucket '{Bucket}' is there already: it was not written."
                : $"The object '{key}' of bucket '{Bucket}' is not the one that was read: it was not written.")
            {
                Advice = "Read it again and decide anew.",
                Subject = Definition,
            };
        }
    }

    /// <inheritdoc />
    public async Task<ObjectContent?> GetAsync(string key, CancellationToken cancel)
    {
        AwsClient<AmazonS3Client> s3 = await account.S3Async(Definition.Region, retries: true, cancel).ConfigureAwait(false);
        string subject = SubjectOf(key);
        try
        {
            return await s3.CallAsync(subject, (api, c) => ReadAsync(api, key, c), cancel).ConfigureAwait(false)
                ?? throw AwsFailures.NotTheService(s3.Callee(subject));
        }
        catch (AcodeException failure) when (failure.Id == "StorageNotFound")
        {
            return null;
        }
    }

    /// <inheritdoc />
    public async Task<StoredObject?> FindAsync(string key, CancellationToken cancel)
    {
        AwsClient<AmazonS3Client> s3 = await account.S3Async(Definition.Region, retries: true, cancel).ConfigureAwait(false);
        string subject = SubjectOf(key);
        try
        {
            GetObjectMetadataResponse answer = await s3.CallAsync(
                subject, (api, c) => api.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = Bucket, Key = key }, c), cancel).ConfigureAwait(false);
            return answer.ETag is { } tag
                ? new StoredObject(key, answer.ContentLength, S3Text.Utc(answer.LastModified), S3Text.Unquoted(tag))
                : throw AwsFailures.NotTheService(s3.Callee(subject));
        }
        catch (AcodeException failure) when (failure.Id is "StorageNotFound" or "StorageProtocolError")
        {
            // An answer to HEAD has no body: only GET tells whether the object is missing, the whole bucket, or the service.
            return await GetAsync(key, cancel).ConfigureAwait(false) is { } content
                ? new StoredObject(key, content.Content.Length, content.ModifiedAt ?? DateTimeOffset.UnixEpoch, content.ETag)
                : null;
        }
    }

    /// <inheritdoc />
    public async Task<ObjectRetention?> ReadRetentionAsync(string key, CancellationToken cancel)
    {
        AwsClient<AmazonS3Client> s3 = await account.S3Async(Definition.Region, retries: true, cancel).ConfigureAwait(false);
        try
        {
            GetObjectRetentionResponse answer = await s3.CallAsync(
                SubjectOf(key), (api, c) => api.GetObjectRetentionAsync(new GetObjectRetentionRequest { BucketName = Bucket, Key = key }, c), cancel).ConfigureAwait(false);
            return answer.Retention is { RetainUntilDate: { } until, Mode: { } mode }
                ? new ObjectRetention(S3Text.Utc(until), mode == ObjectLockRetentionMode.Compliance)
                : null;
        }
        catch (AcodeException failure) when (failure.Id is "StorageNotFound" or "StorageRequestRefused")
        {
            // "Not configured": 404 where the bucket can lock, 400 where it cannot.
            return null;
        }
    }

    /// <inheritdoc />
    public async Task<StoredObject> CopyAsync(StorageDefinition from, StoredObject source, string key, CancellationToken cancel)
    {
        await new S3Copy(from, source, Definition, key, account).RunAsync(wholeCopyBytes, cancel).ConfigureAwait(false);
        return await FindAsync(key, cancel).ConfigureAwait(false)
            ?? throw new AcodeException("StorageNotFound", FailureClass.NotFound, $"The object '{key}' of bucket '{Bucket}' was copied, and is gone again.")
            {
                Advice = "Look for who else writes there, and for a lifecycle rule.",
                Subject = Definition,
            };
    }

    /// <inheritdoc />
    public async Task<byte[]> ReadRangeAsync(StoredObject stored, long offset, int count, CancellationToken cancel)
    {
        AwsClient<AmazonS3Client> s3 = await account.S3Async(Definition.Region, retries: true, cancel).ConfigureAwait(false);
        string subject = SubjectOf(stored.Key);
        GetObjectRequest request = new()
        {
            BucketName = Bucket,
            Key = stored.Key,
            ByteRange = new ByteRange(offset, offset + count - 1),
            EtagToMatch = stored.ETag,
        };
        try
        {
            return await s3.CallAsync(subject, (api, c) => RangeAsync(api, request, count, c), cancel).ConfigureAwait(false)
                ?? throw AwsFailures.NotTheService(s3.Callee(subject));
        }
        catch (AcodeException failure) when (failure.Id == "StorageConflict")
        {
            throw S3Copy.Changed(Definition, stored, "read");
        }
    }

    /// <inheritdoc />
    public async Task DeleteAsync(string key, CancellationToken cancel)
    {
        AwsClient<AmazonS3Client> s3 = await account.S3Async(Definition.Region, retries: true, cancel).ConfigureAwait(false);
        string subject = SubjectOf(key);
        try
        {
            DeleteObjectResponse answer = await s3.CallAsync(
                subject, (api, c) => api.DeleteObjectAsync(new DeleteObjectRequest { BucketName = Bucket, Key = key }, c), cancel).ConfigureAwait(false);
            if (answer is { HttpStatusCode: not System.Net.HttpStatusCode.NoContent, ContentLength: > 0 })
            {
                throw AwsFailures.NotTheService(s3.Callee(subject));
            }
        }
        catch (AcodeException failure) when (failure.Id == "StorageNotFound")
        {
            // Gone already.
        }
    }

    /// <inheritdoc />
    public async Task<bool> PurgeAsync(string key, CancellationToken cancel)
    {
        AwsClient<AmazonS3Client> s3 = await account.S3Async(Definition.Region, retries: true, cancel).ConfigureAwait(false);
        try
        {
            await s3.CallAsync($"the versions of object '{key}' of bucket '{Bucket}'", (api, c) => S3Versions.DeleteAsync(api, Bucket, key, c), cancel)
                .ConfigureAwait(false);
            return true;
        }
        catch (AcodeException failure) when (failure.Cause == FailureClass.Permission || failure.Id == "StorageNotImplemented")
        {
            await DeleteAsync(key, cancel).ConfigureAwait(false);
            return false;
        }
    }

    /// <inheritdoc />
    public Task<BucketTraits> ReadTraitsAsync(CancellationToken cancel) => new S3Traits(Definition, account).ReadAsync(cancel);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // 412: the condition does not hold. 409: another writer was at it in the same moment, and won.
    // 404 with If-Match: the object that it should be written over is gone.
    private static bool IsLost(AcodeException failure, PutOptions options) =>
        failure.Id == "StorageConflict" || (failure.Id == "StorageNotFound" && options.IfMatch is not null);

    private async IAsyncEnumerable<ListObjectsV2Response> PagesAsync(ListObjectsV2Request request, [EnumeratorCancellation] CancellationToken cancel)
    {
        AwsClient<AmazonS3Client> s3 = await account.S3Async(Definition.Region, retries: true, cancel).ConfigureAwait(false);
        string subject = $"bucket '{Bucket}'";
        do
        {
            ListObjectsV2Response page = await s3.CallAsync(subject, (api, c) => api.ListObjectsV2Async(request, c), cancel).ConfigureAwait(false);
            // A web page that happens to be well-formed would read as an empty bucket.
            if (page.Name is null || (page.IsTruncated == true && page.NextContinuationToken is null))
            {
                throw AwsFailures.NotTheService(s3.Callee(subject));
            }

            yield return page;
            request.ContinuationToken = page.IsTruncated == true ? page.NextContinuationToken : null;
        }
        while (request.ContinuationToken is not null);
    }

    private async Task<ObjectContent?> ReadAsync(AmazonS3Client api, string key, CancellationToken cancel)
    {
        ServerClock clock = ServerClockHandler.Listen();
        using GetObjectResponse answer = await api.GetObjectAsync(new GetObjectRequest { BucketName = Bucket, Key = key }, cancel).ConfigureAwait(false);
        return answer.ETag is not { } tag
            ? null
            : new ObjectContent(
                await BodyAsync(answer, cancel).ConfigureAwait(false), S3Text.Unquoted(tag), S3Text.Encryption(answer.ServerSideEncryptionMethod))
            {
                ModifiedAt = answer.LastModified is { } modifiedAt ? S3Text.Utc(modifiedAt) : null,
                ServerTimeAt = clock.ServerTimeAt,
            };
    }

    // Null for an answer that is not this range: a proxy that passes over ranges sends the whole object.
    private static async Task<byte[]?> RangeAsync(AmazonS3Client api, GetObjectRequest request, int count, CancellationToken cancel)
    {
        using GetObjectResponse answer = await api.GetObjectAsync(request, cancel).ConfigureAwait(false);
        return answer.ETag is null || answer.ContentLength != count ? null : await BodyAsync(answer, cancel).ConfigureAwait(false);
    }

    private static async Task<byte[]> BodyAsync(GetObjectResponse answer, CancellationToken cancel)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(AwsHttp.Limit);
        return await BoundedBody.ReadAsync(answer.ResponseStream, MostBytes, limit.Token).ConfigureAwait(false)
            ?? throw new AcodeException("ObjectTooLong", FailureClass.InvalidInput, $"The object '{answer.Key}' of bucket '{answer.BucketName}' is longer than {MostBytes >> 20} MB: it is not read whole.");
    }

    private string SubjectOf(string key) => $"object '{key}' of bucket '{Bucket}'";
}
