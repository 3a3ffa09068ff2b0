using AcodeOps.Adapters.Tests.Aws;
using AcodeOps.Health;
using AcodeOps.Secrets;
using Amazon.S3;

namespace AcodeOps.Adapters.Tests.Storage;

/// <summary>The storage check against a real S3 server.</summary>
public sealed class StorageProbeTests(AwsFixture aws)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task A_good_bucket_is_healthy_and_the_canary_leaves_nothing(bool locked, bool versioned)
    {
        string bucket = await aws.NewBucketAsync(locked, encrypted: true, versioned);
        HealthCheck check = await CheckAsync(bucket, StorageRole.Primary);
        Assert.Equal(Verdict.Healthy, check.Verdict);
        Assert.Contains("encryption: AES256", check.Evidence);
        Assert.Equal(0, await VersionsAsync(bucket));
    }

    [Fact]
    public async Task A_bucket_that_does_not_encrypt_is_degraded()
    {
        HealthCheck check = await CheckAsync(await aws.NewBucketAsync(), StorageRole.Primary);
        Assert.Equal((Verdict.Degraded, "StorageNotEncrypted"), (check.Verdict, check.ErrorId));
    }

    [Fact]
    public async Task A_bucket_that_locks_by_default_is_not_written_to()
    {
        string bucket = await aws.NewBucketAsync(locked: true, encrypted: true);
        await BucketRetention.SetAsync(aws, bucket);
        HealthCheck check = await CheckAsync(bucket, StorageRole.Audit);
        Assert.Equal(Verdict.Healthy, check.Verdict);
        Assert.Equal(0, await VersionsAsync(bucket));
    }

    [Fact]
    public async Task A_missing_bucket_is_failed_and_not_an_outage()
    {
        HealthCheck check = await CheckAsync("there-is-no-such-bucket", StorageRole.Backup);
        Assert.Equal((Verdict.Failed, "StorageBucketMissing", false), (check.Verdict, check.ErrorId, check.IsOutage));
    }

    [Theory]
    [InlineData("s3:ListBucket", "list")]
    [InlineData("s3:PutObject", "write")]
    [InlineData("s3:GetObject", "read")]
    public async Task A_missing_permission_leaves_it_unknown_and_is_named(string action, string act)
    {
        string bucket = await aws.NewBucketAsync(encrypted: true);
        await aws.ForbidAsync(bucket, action);
        HealthCheck check = await CheckAsync(bucket, StorageRole.Primary);
        Assert.Equal((Verdict.Unknown, FailureClass.Permission), (check.Verdict, check.Cause));
        Assert.Contains($"we may not {act} here", check.Summary, StringComparison.Ordinal);
        Assert.Equal(0, await VersionsAsync(bucket));
    }

    [Fact]
    public async Task A_canary_that_cannot_be_deleted_degrades_and_is_named()
    {
        string bucket = await aws.NewBucketAsync(encrypted: true);
        await aws.ForbidAsync(bucket, "s3:DeleteObject", "s3:DeleteObjectVersion");
        HealthCheck check = await CheckAsync(bucket, StorageRole.Primary);
        Assert.Equal((Verdict.Degraded, "StorageCanaryStays"), (check.Verdict, check.ErrorId));
        using AmazonS3Client client = await aws.ClientAsync();
        string left = Assert.Single((await client.ListVersionsAsync(bucket, Cancel)).Versions).Key;
        Assert.StartsWith("lake/acode_canary/", left, StringComparison.Ordinal);
        Assert.Contains(left, check.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_clock_is_held_against_the_storages()
    {
        HealthCheck check = await CheckAsync(await aws.NewBucketAsync(), StorageRole.Primary, new StorageClockProbe());
        Assert.Equal((Verdict.Healthy, "storage"), (check.Verdict, check.Target));
        Assert.NotNull(check.Value);
    }

    private async Task<int> VersionsAsync(string bucket)
    {
        using AmazonS3Client client = await aws.ClientAsync();
        return (await client.ListVersionsAsync(bucket, Cancel)).Versions?.Count ?? 0;
    }

    private async Task<HealthCheck> CheckAsync(string bucket, StorageRole role, HealthProbe? probe = null)
    {
        (AwsDefinition definition, AwsSession session) = await aws.EnvironmentAsync();
        await using Installation installation = new(
            TestEnvironment.With(definition) with { Storages = [new StorageDefinition { Role = role, Bucket = bucket, Prefix = "lake/" }] }, session, TimeProvider.System);
        return await HealthRunner.RunAsync(installation, [probe ?? new StorageProbe()], TimeSpan.FromSeconds(30), Cancel).SingleAsync(Cancel);
    }
}
