using AcodeOps.Adapters.Tests.Aws;
using Amazon.S3;
using Amazon.S3.Model;

namespace AcodeOps.Adapters.Tests.Storage;

/// <summary>Makes a bucket lock whatever is written to it.</summary>
internal static class BucketRetention
{
    public static async Task SetAsync(AwsFixture aws, string bucket)
    {
        using AmazonS3Client client = await aws.ClientAsync();
        await client.PutObjectLockConfigurationAsync(
            new PutObjectLockConfigurationRequest
            {
                BucketName = bucket,
                ObjectLockConfiguration = new ObjectLockConfiguration
                {
                    ObjectLockEnabled = ObjectLockEnabled.Enabled,
                    Rule = new ObjectLockRule { DefaultRetention = new DefaultRetention { Mode = ObjectLockRetentionMode.Governance, Days = 1 } },
                },
            },
            TestContext.Current.CancellationToken);
    }
}
