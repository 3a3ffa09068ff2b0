using AcodeOps.Adapters.Aws;
using Amazon.S3;
using Amazon.S3.Model;

namespace AcodeOps.Adapters.Storage;

/// <summary>Asks a bucket what it does with objects by itself. Each question may be forbidden, or unknown to the server, on its own.</summary>
internal sealed class S3Traits(StorageDefinition definition, AwsAccount account)
{
    private string Subject => $"bucket '{definition.Bucket}'";

    /// <summary>The traits; null for each that is not told.</summary>
    /// <exception cref="AcodeException">The bucket is missing, or the server did not answer.</exception>
    public async Task<BucketTraits> ReadAsync(CancellationToken cancel)
    {
        AwsClient<AmazonS3Client> s3 = await account.S3Async(definition.Region, retries: true, cancel).ConfigureAwait(false);
        ServerClock clock = ServerClockHandler.Listen();
        Task<string?> encryption = AskAsync<string?>(s3, EncryptionAsync, "", cancel);
        Task<bool?> versioning = AskAsync<bool?>(s3, VersioningAsync, null, cancel);
        Task<(bool? Lock, bool? Default)> retention = AskAsync<(bool?, bool?)>(s3, LockAsync, (false, false), cancel);
        await Task.WhenAll(encryption, versioning, retention).ConfigureAwait(false);
        (bool? hasLock, bool? locksByDefault) = await retention.ConfigureAwait(false);
        return new BucketTraits(await encryption.ConfigureAwait(false), await versioning.ConfigureAwait(false), hasLock)
        {
            LocksByDefault = locksByDefault,
            ServerTimeAt = clock.ServerTimeAt,
            LocalTimeAt = clock.LocalTimeAt,
        };
    }

    // "Not configured" is a 404 with a code of its own; a server that does not know the question says 405 or 501.
    private async Task<T?> AskAsync<T>(
        AwsClient<AmazonS3Client> s3, Func<AmazonS3Client, CancellationToken, Task<T>> question, T notConfigured, CancellationToken cancel)
    {
        try
        {
            return await s3.CallAsync(Subject, question, cancel).ConfigureAwait(false);
        }
        catch (AcodeException failure) when (failure.Id == "StorageNotFound")
        {
            return notConfigured;
        }
        catch (AcodeException failure) when (failure.Cause == FailureClass.Permission || failure.Id is "StorageNotImplemented" or "StorageRequestRefused")
        {
            return default;
        }
    }

    private async Task<string?> EncryptionAsync(AmazonS3Client api, CancellationToken cancel)
    {
        GetBucketEncryptionResponse answer = await api.GetBucketEncryptionAsync(
            new GetBucketEncryptionRequest { BucketName = definition.Bucket }, cancel).ConfigureAwait(false);
        return IsForeign(answer) ? null : answer.ServerSideEncryptionConfiguration?.ServerSideEncryptionRules?
            .Select(rule => S3Text.Encryption(rule.ServerSideEncryptionByDefault?.ServerSideEncryptionAlgorithm))
            .FirstOrDefault(method => method is not null) ?? "";
    }

    private async Task<bool?> VersioningAsync(AmazonS3Client api, CancellationToken cancel)
    {
        GetBucketVersioningResponse answer = await api.GetBucketVersioningAsync(
            new GetBucketVersioningRequest { BucketName = definition.Bucket }, cancel).ConfigureAwait(false);
        return IsForeign(answer) ? null : answer.VersioningConfig?.Status == VersionStatus.Enabled;
    }

    private async Task<(bool?, bool?)> LockAsync(AmazonS3Client api, CancellationToken cancel)
    {
        GetObjectLockConfigurationResponse answer = await api.GetObjectLockConfigurationAsync(
            new GetObjectLockConfigurationRequest { BucketName = definition.Bucket }, cancel).ConfigureAwait(false);
        if (IsForeign(answer))
        {
            return (null, null);
        }

        bool isEnabled = answer.ObjectLockConfiguration?.ObjectLockEnabled == ObjectLockEnabled.Enabled;
        return (isEnabled, isEnabled && answer.ObjectLockConfiguration?.Rule?.DefaultRetention is not null);
    }

    // A well-formed page of a proxy would read as "nothing is configured".
    private static bool IsForeign(Amazon.Runtime.AmazonWebServiceResponse answer) => string.IsNullOrEmpty(answer.ResponseMetadata?.RequestId);
}
