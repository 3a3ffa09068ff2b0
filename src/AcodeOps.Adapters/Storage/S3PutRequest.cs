using System.Runtime.InteropServices;
using Amazon.S3;
using Amazon.S3.Model;

namespace AcodeOps.Adapters.Storage;

/// <summary>Builds the request of a write.</summary>
internal static class S3PutRequest
{
    public static PutObjectRequest Of(StorageDefinition definition, string key, ReadOnlyMemory<byte> content, PutOptions options)
    {
        PutObjectRequest request = new()
        {
            BucketName = definition.Bucket,
            Key = key,
            InputStream = StreamOf(content),
            ContentType = options.ContentType,
            IfNoneMatch = options.IfAbsent ? "*" : null,
            IfMatch = options.IfMatch,
            // The content is in memory: signed whole, as servers that know no signed chunks want it.
            UseChunkEncoding = false,
        };
        if (options.Encrypt)
        {
            request.ServerSideEncryptionMethod = definition.KmsKey is null ? ServerSideEncryptionMethod.AES256 : ServerSideEncryptionMethod.AWSKMS;
            request.ServerSideEncryptionKeyManagementServiceKeyId = definition.KmsKey;
        }

        if (options.RetainUntilAt is { } until)
        {
            request.ObjectLockMode = options.Compliance ? ObjectLockMode.Compliance : ObjectLockMode.Governance;
            request.ObjectLockRetainUntilDate = until.UtcDateTime;
            // S3 takes a retention only together with a checksum.
            request.ChecksumAlgorithm = ChecksumAlgorithm.SHA256;
        }

        return request;
    }

    private static MemoryStream StreamOf(ReadOnlyMemory<byte> content) =>
        MemoryMarshal.TryGetArray(content, out ArraySegment<byte> bytes)
            ? new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false)
            : new MemoryStream(content.ToArray(), writable: false);
}
