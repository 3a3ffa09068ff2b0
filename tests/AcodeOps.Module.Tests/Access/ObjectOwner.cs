using Amazon.S3;
using Amazon.S3.Model;

namespace AcodeOps.Module.Tests.Access;

/// <summary>
/// Makes objects somebody else's, as most are in a bucket that many write to: the lab's S3 server lets whoever has written an object read it,
/// whatever the policy says, which AWS does not.
/// </summary>
/// <param name="administrator">Who owns the buckets.</param>
/// <param name="writer">Who has written the objects.</param>
/// <param name="name">The writer's name.</param>
internal sealed class ObjectOwner(AmazonS3Client administrator, AmazonS3Client writer, string name)
{
    /// <summary>Writes what the writer owns again, as the administrator.</summary>
    public async Task TakeOverAsync(string bucket, string prefix, CancellationToken cancel)
    {
        ListObjectsV2Request listing = new() { BucketName = bucket, Prefix = prefix, FetchOwner = true };
        await foreach (S3Object found in administrator.Paginators.ListObjectsV2(listing).S3Objects.WithCancellation(cancel))
        {
            if (found.Owner.Id != name)
            {
                continue;
            }

            using GetObjectResponse own = await writer.GetObjectAsync(bucket, found.Key, cancel);
            using MemoryStream content = new();
            await own.ResponseStream.CopyToAsync(content, cancel);
            content.Position = 0;
            await administrator.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = found.Key, InputStream = content, ContentType = own.Headers.ContentType }, cancel);
        }
    }
}
