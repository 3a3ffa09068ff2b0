using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using AcodeOps.Lab.Airbyte.Store;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace AcodeOps.Lab.Airbyte.Sync;

/// <summary>What the S3 destination connector does with its bucket.</summary>
internal sealed class S3Target : IDisposable
{
    /// <summary>The user metadata in which destination-s3 keeps an object's generation.</summary>
    public const string GenerationKey = "ab-generation-id";

    private const string Origin = "destination";

    private readonly AmazonS3Client _client;

    /// <exception cref="SyncFailure">transient_error: the destination is made unreachable by a fault.</exception>
    public S3Target(Actor destination, Func<Guid, bool> isUnreachable)
    {
        if (isUnreachable(destination.Id))
        {
            throw new SyncFailure(Origin, "transient_error", "Unable to execute HTTP request: connect timed out");
        }

        Configuration = destination.Configuration;
        Bucket = (string)Configuration["s3_bucket_name"]!;
        AmazonS3Config config = new()
        {
            MaxErrorRetry = 2,
            Timeout = TimeSpan.FromSeconds(60),
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        string region = (string?)Configuration["s3_bucket_region"] is { Length: > 0 } given ? given : "us-east-1";
        if ((string?)Configuration["s3_endpoint"] is { Length: > 0 } endpoint)
        {
            config.ServiceURL = endpoint;
            config.ForcePathStyle = true;
            config.AuthenticationRegion = region;
        }
        else
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }

        string? keyId = (string?)Configuration["access_key_id"];
        string? secret = (string?)Configuration["secret_access_key"];
        _client = keyId is null ? new(config) : new(new BasicAWSCredentials(keyId, secret), config);
    }

    public JsonObject Configuration { get; }

    public string Bucket { get; }

    /// <summary>Writes a small object under the bucket path and deletes it, as the connector's check does.</summary>
    public async Task CheckAsync(CancellationToken cancel) => await GuardAsync(async () =>
    {
        if ((string?)Configuration["format"]?["format_type"] != "Parquet")
        {
            throw new SyncFailure(Origin, JobFailure.ConfigError, "The stand-in writes Parquet only.");
        }

        string key = $"{((string?)Configuration["s3_bucket_path"])?.Trim('/')}/test_{Guid.NewGuid():N}";
        await _client.PutObjectAsync(new() { BucketName = Bucket, Key = key, ContentBody = "check" }, cancel);
        await _client.DeleteObjectAsync(Bucket, key, cancel);
        return 0;
    });

    public async Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancel) => await GuardAsync(async () =>
    {
        List<string> keys = [];
        await foreach (S3Object found in _client.Paginators.ListObjectsV2(new() { BucketName = Bucket, Prefix = prefix }).S3Objects.WithCancellation(cancel))
        {
            keys.Add(found.Key);
        }

        return keys;
    });

    public Task UploadAsync(string path, string key, long generation, CancellationToken cancel) => GuardAsync(async () =>
    {
        PutObjectRequest put = new() { BucketName = Bucket, Key = key, FilePath = path, ContentType = "application/octet-stream" };
        put.Metadata[GenerationKey] = generation.ToString(CultureInfo.InvariantCulture);
        return await _client.PutObjectAsync(put, cancel);
    });

    /// <summary>The generation that an object was written in; null when it does not say.</summary>
    public Task<long?> GenerationOfAsync(string key, CancellationToken cancel) => GuardAsync<long?>(async () =>
    {
        GetObjectMetadataResponse head = await _client.GetObjectMetadataAsync(Bucket, key, cancel);
        return long.TryParse(head.Metadata[GenerationKey], out long generation) ? generation : null;
    });

    public Task DeleteAsync(string key, CancellationToken cancel) => GuardAsync(() => _client.DeleteObjectAsync(Bucket, key, cancel));

    public void Dispose() => _client.Dispose();

    private static async Task<T> GuardAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (AmazonS3Exception refused)
        {
            bool ours = refused.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.Unauthorized;
            throw new SyncFailure(
                Origin, ours ? JobFailure.ConfigError : "transient_error", $"{refused.Message} (Service: S3, Status Code: {(int)refused.StatusCode}, Error Code: {refused.ErrorCode})", refused);
        }
        catch (Exception unreachable) when (unreachable is AmazonClientException or HttpRequestException or IOException)
        {
            throw new SyncFailure(Origin, "transient_error", $"Unable to execute HTTP request: {unreachable.Message}", unreachable);
        }
    }
}
