using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace AcodeOps.Lab.Servers.Storage;

/// <summary>S3 as the lab itself uses it.</summary>
public static class StorageClient
{
    public static AmazonS3Client Open(string endpoint, StorageKey key) => new(
        new BasicAWSCredentials(key.AccessKey, key.SecretKey),
        new AmazonS3Config
        {
            ServiceURL = endpoint,
            AuthenticationRegion = StorageBuckets.Region,
            ForcePathStyle = true,
            MaxErrorRetry = 0,
            Timeout = TimeSpan.FromSeconds(60),
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        });

    /// <summary>Makes a bucket of the installation, encrypted by itself as AWS's are; the audit bucket with Object Lock.</summary>
    public static async Task MakeBucketAsync(this IAmazonS3 storage, string bucket, CancellationToken cancel)
    {
        await storage.PutBucketAsync(new PutBucketRequest { BucketName = bucket, ObjectLockEnabledForBucket = bucket == StorageBuckets.Audit }, cancel);
        await storage.EncryptBucketAsync(bucket, cancel);
    }

    /// <summary>Lets a bucket encrypt what is written to it from now on.</summary>
    public static async Task EncryptBucketAsync(this IAmazonS3 storage, string bucket, CancellationToken cancel) =>
        await storage.PutBucketEncryptionAsync(
            new PutBucketEncryptionRequest
            {
                BucketName = bucket,
                ServerSideEncryptionConfiguration = new ServerSideEncryptionConfiguration
                {
                    ServerSideEncryptionRules =
                    [
                        new ServerSideEncryptionRule { ServerSideEncryptionByDefault = new ServerSideEncryptionByDefault { ServerSideEncryptionAlgorithm = ServerSideEncryptionMethod.AES256 } },
                    ],
                },
            },
            cancel);

    /// <summary>Deletes a bucket with everything in it.</summary>
    public static async Task DropBucketAsync(this IAmazonS3 storage, string bucket, CancellationToken cancel)
    {
        await storage.EmptyBucketAsync(bucket, cancel);
        await storage.DeleteBucketAsync(bucket, cancel);
    }

    /// <summary>Deletes everything in a bucket without versions.</summary>
    public static async Task EmptyBucketAsync(this IAmazonS3 storage, string bucket, CancellationToken cancel)
    {
        ListObjectsV2Request request = new() { BucketName = bucket };
        ListObjectsV2Response page;
        do
        {
            page = await storage.ListObjectsV2Async(request, cancel);
            if (page.S3Objects is { Count: > 0 } objects)
            {
                await storage.DeleteObjectsAsync(new DeleteObjectsRequest { BucketName = bucket, Objects = [.. objects.Select(o => new KeyVersion { Key = o.Key })] }, cancel);
            }

            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);
    }
}
