using System.Globalization;
using System.Text.Json;

namespace AcodeOps.Metrics.Inventories;

/// <summary>A file of an inventory.</summary>
/// <param name="Key">Its key in the destination bucket.</param>
/// <param name="Md5">The checksum of its bytes, in lower case.</param>
internal sealed record InventoryFile(string Key, string Md5);

/// <summary>
/// What S3 says of an inventory. It writes this last: where it is, the files are there. Source: Amazon S3 User Guide, "Locating your
/// inventory list", manifest of version 2016-11-30.
/// </summary>
/// <param name="SourceBucket">The bucket that was listed.</param>
/// <param name="CreatedAt">When it was begun, UTC.</param>
/// <param name="Format">The format of its files.</param>
/// <param name="Fields">The fields of a line, in order.</param>
/// <param name="Files">Its files.</param>
internal sealed record InventoryManifest(string SourceBucket, DateTimeOffset CreatedAt, string Format, IReadOnlyList<string> Fields, IReadOnlyList<InventoryFile> Files)
{
    /// <summary>Reads one.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static InventoryManifest Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement root = document.RootElement;
            return new InventoryManifest(
                Text(root, "sourceBucket"),
                DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(Text(root, "creationTimestamp"), NumberStyles.None, CultureInfo.InvariantCulture)),
                Text(root, "fileFormat"),
                Text(root, "fileSchema").Split(',', StringSplitOptions.TrimEntries),
                [.. root.GetProperty("files").EnumerateArray().Select(file => new InventoryFile(Text(file, "key"), Text(file, "MD5checksum").ToLowerInvariant()))]);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or OverflowException or ArgumentOutOfRangeException)
        {
            throw new FormatException(e.Message, e);
        }
    }

    private static string Text(JsonElement parent, string name) => parent.GetProperty(name).GetString() ?? throw new FormatException($"{name} is null.");
}
