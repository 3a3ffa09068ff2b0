using AcodeOps.Adapters.Aws;
using Amazon.S3;
using Amazon.S3.Model;

namespace AcodeOps.Adapters.Storage;

/// <summary>Copies one object within the server. Whatever its size, the copy appears whole or not at all.</summary>
internal sealed class S3Copy(StorageDefinition from, StoredObject source, StorageDefinition to, string key, AwsAccount account)
{
    // A part is copied in seconds, so that no answer takes longer than a call may.
    private const long PartBytes = 512L << 20;
    private const int MostParts = 10_000;
    private const int PartsAtOnce = 4;

    private string Subject => $"object '{source.Key}' of bucket '{from.Bucket}', to be copied to bucket '{to.Bucket}',";

    /// <summary>Copies the object with its media type and metadata.</summary>
    /// <param name="wholeBytes">Up to this size in one call, above it in parts.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="AcodeException"><c>StorageNotFound</c>; <c>ObjectExists</c> (Conflict): it is another object by now.</exception>
    public async Task RunAsync(long wholeBytes, CancellationToken cancel)
    {
        AwsClient<AmazonS3Client> s3 = await account.S3Async(to.Region, retries: true, cancel).ConfigureAwait(false);
        try
        {
            await (source.SizeBytes <= wholeBytes
                ? WholeAsync(s3, cancel)
                : InPartsAsync(s3, Math.Max(Math.Min(PartBytes, wholeBytes), (source.SizeBytes / MostParts) + 1), cancel)).ConfigureAwait(false);
        }
        catch (AcodeException failure) when (failure.Id == "StorageConflict")
        {
            throw Changed(from, source, "copied");
        }
    }

    /// <summary>The object is not the one that a listing showed any more.</summary>
    public static AcodeException Changed(StorageDefinition storage, StoredObject stored, string act) => new(
        "ObjectExists", FailureClass.Conflict, $"The object '{stored.Key}' of bucket '{storage.Bucket}' is not the one that was listed any more: it was not {act}.")
    {
        Advice = "List again and decide anew.",
        Subject = storage,
    };

    private Task<CopyObjectResponse> WholeAsync(AwsClient<AmazonS3Client> s3, CancellationToken cancel) => s3.CallAsync(
        Subject,
        (api, c) => api.CopyObjectAsync(
            new CopyObjectRequest
            {
                SourceBucket = from.Bucket,
                SourceKey = source.Key,
                ETagToMatch = source.ETag,
                DestinationBucket = to.Bucket,
                DestinationKey = key,
                MetadataDirective = S3MetadataDirective.COPY,
                ServerSideEncryptionMethod = Encryption,
                ServerSideEncryptionKeyManagementServiceKeyId = to.KmsKey,
            },
            c),
        cancel);

    private async Task InPartsAsync(AwsClient<AmazonS3Client> s3, long partBytes, CancellationToken cancel)
    {
        string upload = await StartAsync(s3, cancel).ConfigureAwait(false);
        try
        {
            PartETag[] parts = new PartETag[(source.SizeBytes + partBytes - 1) / partBytes];
            await Parallel.ForAsync(
                0, parts.Length, new ParallelOptions { MaxDegreeOfParallelism = PartsAtOnce, CancellationToken = cancel },
                async (i, c) => parts[i] = await PartAsync(s3, upload, i, partBytes, c).ConfigureAwait(false)).ConfigureAwait(false);
            CompleteMultipartUploadRequest request = new() { BucketName = to.Bucket, Key = key, UploadId = upload, PartETags = [.. parts] };
            await s3.CallAsync(Subject, (api, c) => api.CompleteMultipartUploadAsync(request, c), cancel).ConfigureAwait(false);
        }
        catch
        {
            await AbortAsync(s3, upload).ConfigureAwait(false);
            throw;
        }
    }

    // A copy in parts begins an object anew: what a whole copy takes over by itself is carried here.
    private async Task<string> StartAsync(AwsClient<AmazonS3Client> s3, CancellationToken cancel)
    {
        AwsClient<AmazonS3Client> origin = await account.S3Async(from.Region, retries: true, cancel).ConfigureAwait(false);
        GetObjectMetadataRequest question = new() { BucketName = from.Bucket, Key = source.Key, EtagToMatch = source.ETag };
        GetObjectMetadataResponse head = await origin.CallAsync(Subject, (api, c) => api.GetObjectMetadataAsync(question, c), cancel).ConfigureAwait(false);
        InitiateMultipartUploadRequest request = new()
        {
            BucketName = to.Bucket,
            Key = key,
            ContentType = head.Headers.ContentType,
            ServerSideEncryptionMethod = Encryption,
            ServerSideEncryptionKeyManagementServiceKeyId = to.KmsKey,
        };
        foreach (string name in head.Metadata.Keys)
        {
            request.Metadata[name] = head.Metadata[name];
        }

        InitiateMultipartUploadResponse answer = await s3.CallAsync(Subject, (api, c) => api.InitiateMultipartUploadAsync(request, c), cancel).ConfigureAwait(false);
        return answer.UploadId ?? throw AwsFailures.NotTheService(s3.Callee(Subject));
    }

    private async Task<PartETag> PartAsync(AwsClient<AmazonS3Client> s3, string upload, int index, long partBytes, CancellationToken cancel)
    {
        CopyPartRequest request = new()
        {
            SourceBucket = from.Bucket,
            SourceKey = source.Key,
            ETagToMatch = [source.ETag],
            FirstByte = index * partBytes,
            LastByte = Math.Min((index + 1) * partBytes, source.SizeBytes) - 1,
            DestinationBucket = to.Bucket,
            DestinationKey = key,
            UploadId = upload,
            PartNumber = index + 1,
        };
        CopyPartResponse answer = await s3.CallAsync(Subject, (api, c) => api.CopyPartAsync(request, c), cancel).ConfigureAwait(false);
        return new PartETag(answer.PartNumber ?? index + 1, answer.ETag);
    }

    // Parts of an upload that is never ended cost money and show in no listing. The fault that ends the copy is the one to tell.
    private async Task AbortAsync(AwsClient<AmazonS3Client> s3, string upload)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(10));
        AbortMultipartUploadRequest request = new() { BucketName = to.Bucket, Key = key, UploadId = upload };
        try
        {
            await s3.CallAsync(Subject, (api, c) => api.AbortMultipartUploadAsync(request, c), limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is AcodeException or OperationCanceledException)
        {
            // A lifecycle rule for unfinished uploads, which every bucket should have, takes it away.
        }
    }

    // Null leaves it to the bucket's own rule.
    private ServerSideEncryptionMethod? Encryption => to.KmsKey is null ? null : ServerSideEncryptionMethod.AWSKMS;
}
