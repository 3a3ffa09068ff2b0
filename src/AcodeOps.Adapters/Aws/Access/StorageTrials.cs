using AcodeOps.Access;
using Amazon.S3;
using Amazon.S3.Model;

namespace AcodeOps.Adapters.Aws.Access;

/// <summary>Permissions on a storage, tried without changing anything in it.</summary>
internal sealed class StorageTrials(AwsAccount account)
{
    // No object has this tag, so that what is bound to it is refused whether the key exists or not.
    private const string NoTag = "00000000000000000000000000000000";
    private const string NoVersion = "acode0access0trial0no0version000";

    // A checksum of nothing, sent with something: whoever may write is told that they do not match.
    private const string WrongChecksum = "1B2M2Y8AsgTpgAmY7PhCfg==";
    private static readonly string[] Questions = ["StorageNotFound"];
    private static readonly string[] Refusals = ["StorageConflict", "StorageNotFound", "StorageRequestRefused"];

    /// <summary>Tries an action on the keys that start like this.</summary>
    public async Task<AccessTrial> TryAsync(string action, StorageDefinition storage, string prefix, CancellationToken cancel)
    {
        AwsClient<AmazonS3Client> s3 = await account.S3Async(storage.Region, retries: true, cancel).ConfigureAwait(false);
        string subject = $"bucket '{storage.Bucket}'", key = $"{prefix}acode_access_trial_{Guid.NewGuid():N}";

        Task Call<T>(Func<AmazonS3Client, CancellationToken, Task<T>> call) => s3.CallAsync(subject, call, cancel);
        return action switch
        {
            "s3:ListBucket" => await Trial.OfAsync("a listing of one key", () => Call((api, c) => api.ListObjectsV2Async(Listing(storage, prefix), c)), []).ConfigureAwait(false),
            "s3:GetBucketVersioning" => await Trial.OfAsync("the question", () => Call((api, c) => api.GetBucketVersioningAsync(storage.Bucket, c)), Questions).ConfigureAwait(false),
            "s3:GetEncryptionConfiguration" => await Trial.OfAsync(
                "the question", () => Call((api, c) => api.GetBucketEncryptionAsync(new GetBucketEncryptionRequest { BucketName = storage.Bucket }, c)), Questions).ConfigureAwait(false),
            "s3:GetBucketObjectLockConfiguration" => await Trial.OfAsync(
                "the question", () => Call((api, c) => api.GetObjectLockConfigurationAsync(new GetObjectLockConfigurationRequest { BucketName = storage.Bucket }, c)), Questions).ConfigureAwait(false),
            "s3:GetObject" => await ReadAsync(s3, storage, prefix, "the head of an object", [], (api, found, c) =>
                api.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = storage.Bucket, Key = found }, c), cancel).ConfigureAwait(false),
            "s3:GetObjectRetention" => await ReadAsync(s3, storage, prefix, "the question, of an object", Questions, (api, found, c) =>
                api.GetObjectRetentionAsync(new GetObjectRetentionRequest { BucketName = storage.Bucket, Key = found }, c), cancel).ConfigureAwait(false),
            "s3:PutObject" => await Trial.OfAsync(
                "a write with a wrong checksum over no object", () => Call((api, c) => api.PutObjectAsync(Write(storage, key), c)), Refusals,
                Trial.Unknown($"the server took a write that it should refuse: look at {key}")).ConfigureAwait(false),
            "s3:DeleteObject" => await Trial.OfAsync(
                "the deletion of another version than any of no object",
                () => Call((api, c) => api.DeleteObjectAsync(new DeleteObjectRequest { BucketName = storage.Bucket, Key = key, IfMatch = NoTag }, c)), Refusals).ConfigureAwait(false),
            "s3:DeleteObjectVersion" => await Trial.OfAsync(
                "the deletion of a version of no object",
                () => Call((api, c) => api.DeleteObjectAsync(new DeleteObjectRequest { BucketName = storage.Bucket, Key = key, VersionId = NoVersion }, c)), Refusals).ConfigureAwait(false),
            _ => Trial.Unknown("no harmless call shows it"),
        };
    }

    // Of an object that is not there, servers tell the same to those who may read and to those who may only list.
    private static async Task<AccessTrial> ReadAsync<T>(
        AwsClient<AmazonS3Client> s3, StorageDefinition storage, string prefix, string what, string[] proofs, Func<AmazonS3Client, string, CancellationToken, Task<T>> ask, CancellationToken cancel)
    {
        string subject = $"bucket '{storage.Bucket}'";
        ListObjectsV2Response listing;
        try
        {
            listing = await s3.CallAsync(subject, (api, c) => api.ListObjectsV2Async(Listing(storage, prefix), c), cancel).ConfigureAwait(false);
        }
        catch (AcodeException failure)
        {
            return Trial.Unknown($"there is nothing to try it on: {failure.Id}");
        }

        return listing.S3Objects is not [var found, ..]
            ? Trial.Unknown($"there is nothing to try it on: no object below {prefix}")
            : await Trial.OfAsync(what, () => s3.CallAsync(subject, (api, c) => ask(api, found.Key, c), cancel), proofs).ConfigureAwait(false);
    }

    private static ListObjectsV2Request Listing(StorageDefinition storage, string prefix) => new() { BucketName = storage.Bucket, Prefix = prefix, MaxKeys = 1 };

    // Two things stand against it, each of them enough.
    private static PutObjectRequest Write(StorageDefinition storage, string key) => new()
    {
        BucketName = storage.Bucket,
        Key = key,
        ContentBody = "trial",
        UseChunkEncoding = false,
        MD5Digest = WrongChecksum,
        IfMatch = NoTag,
    };
}
