using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace AcodeOps.Core.Tests.Metrics;

/// <summary>An inventory as S3 writes it: files of gzipped CSV first, then the manifest, then its checksum.</summary>
internal sealed record WrittenInventory
{
    public required DateTimeOffset At { get; init; }

    public string Bucket { get; init; } = "lake";

    public string Name { get; init; } = "whole";

    public string Prefix { get; init; } = "daily/";

    public string Fields { get; init; } = "Bucket, Key, Size, LastModifiedDate, ETag";

    public string Format { get; init; } = "CSV";

    /// <summary>The lines of each file.</summary>
    public required IReadOnlyList<string[]> Files { get; init; }

    public string Folder => $"{Prefix}{Bucket}/{Name}/{At:yyyy-MM-dd'T'HH-mm'Z'}/";

    /// <summary>A line of the usual fields.</summary>
    public static string Line(string encodedKey, long bytes) => $"\"lake\",\"{encodedKey}\",\"{bytes}\",\"2026-11-20T01:02:03.000Z\",\"d41d8cd98f00b204e9800998ecf8427e\"";

    /// <summary>Key and content of all of its objects, in the order in which S3 writes them.</summary>
    public IEnumerable<(string Key, byte[] Content)> Objects()
    {
        JsonArray files = [];
        for (int i = 0; i < Files.Count; i++)
        {
            byte[] content = Zipped(string.Concat(Files[i].Select(line => line + "\n")));
            string key = $"{Prefix}{Bucket}/{Name}/data/{At:yyyyMMddHHmm}-{i}.csv.gz";
            files.Add(new JsonObject { ["key"] = key, ["size"] = content.Length, ["MD5checksum"] = Md5(content) });
            yield return (key, content);
        }

        byte[] manifest = Encoding.UTF8.GetBytes(new JsonObject
        {
            ["sourceBucket"] = Bucket,
            ["destinationBucket"] = "arn:aws:s3:::inventory",
            ["version"] = "2016-11-30",
            ["creationTimestamp"] = $"{At.ToUnixTimeMilliseconds()}",
            ["fileFormat"] = Format,
            ["fileSchema"] = Fields,
            ["files"] = files,
        }.ToJsonString());
        yield return ($"{Folder}manifest.json", manifest);
        yield return ($"{Folder}manifest.checksum", Encoding.ASCII.GetBytes(Md5(manifest)));
    }

    private static byte[] Zipped(string text)
    {
        using MemoryStream zipped = new();
        using (GZipStream gzip = new(zipped, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return zipped.ToArray();
    }

    /// <summary>The checksum that S3 gives.</summary>
    [SuppressMessage("Security", "CA5351", Justification = "The checksum that S3 gives.")]
    public static string Md5(byte[] content) => Convert.ToHexStringLower(MD5.HashData(content));
}
