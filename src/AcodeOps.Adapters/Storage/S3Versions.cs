using Amazon.S3;
using Amazon.S3.Model;

namespace AcodeOps.Adapters.Storage;

/// <summary>The versions and delete markers of one object.</summary>
internal static class S3Versions
{
    /// <summary>Deletes them all, one by one. In a bucket without versions that is the object itself.</summary>
    /// <returns>How many there were.</returns>
    public static async Task<int> DeleteAsync(AmazonS3Client api, string bucket, string key, CancellationToken cancel)
    {
        int count = 0;
        // The object's own versions come first among the keys that begin like it: one page has them.
        ListVersionsResponse page = await api.ListVersionsAsync(new ListVersionsRequest { BucketName = bucket, Prefix = key }, cancel).ConfigureAwait(false);
        foreach (S3ObjectVersion version in (page.Versions ?? []).Where(v => v.Key == key))
        {
            await api.DeleteObjectAsync(new DeleteObjectRequest { BucketName = bucket, Key = key, VersionId = version.VersionId }, cancel).ConfigureAwait(false);
            count++;
        }

        return count;
    }
}
