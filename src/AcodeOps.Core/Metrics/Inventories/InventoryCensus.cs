using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace AcodeOps.Metrics.Inventories;

/// <summary>
/// Counts a storage by the newest inventory that S3 has written of it: a thousand million objects by a few files, as they were then. How
/// old it is, is told; too old, or not to be read, the figures are unknown, for whoever has an inventory does not want so many to be listed.
/// </summary>
/// <param name="store">Where the inventories are.</param>
/// <param name="lake">What they list.</param>
/// <param name="name">The name of the inventory configuration.</param>
/// <param name="now">Now.</param>
public sealed partial class InventoryCensus(IObjectStore store, StorageDefinition lake, string name, DateTimeOffset now)
{
    // Written every day or every week, and delivered up to two days later.
    private const int LongestDays = 9;

    private const int LongestLine = 16 << 10;

    /// <summary>The figures.</summary>
    /// <exception cref="AcodeException"><c>InventoryNotFound</c>, <c>InventoryStale</c>, <c>InventoryNotUnderstood</c>, <c>InventoryDamaged</c>; or why the bucket does not answer.</exception>
    public async Task<StorageFigures> CountAsync(CancellationToken cancel)
    {
        (string key, InventoryManifest manifest) = await NewestAsync(cancel).ConfigureAwait(false);
        if (manifest.SourceBucket != lake.Bucket)
        {
            throw Error("InventoryNotUnderstood", FailureClass.Protocol, $"'{key}' is of bucket '{manifest.SourceBucket}'.", "Check storages.*.inventory in the environment file.");
        }

        if (manifest.Format != "CSV")
        {
            throw Error("InventoryNotUnderstood", FailureClass.Protocol, $"'{key}' tells of files in {manifest.Format}.", "Let S3 write the inventory as CSV.");
        }

        if (now - manifest.CreatedAt > TimeSpan.FromDays(LongestDays))
        {
            throw Error("InventoryStale", FailureClass.NotFound, $"The newest inventory of bucket '{lake.Bucket}' is of {manifest.CreatedAt:yyyy-MM-dd HH:mm}Z, more than {LongestDays} days ago.",
                "Look whether the inventory configuration is still enabled, and whether S3 may still write into its bucket.");
        }

        StorageFigures all = new(0, 0, null);
        try
        {
            InventoryLine lines = new(manifest.Fields);
            foreach (InventoryFile file in manifest.Files)
            {
                all = all.Plus(await CountAsync(file, lines, cancel).ConfigureAwait(false));
            }
        }
        catch (FormatException e)
        {
            throw Error("InventoryNotUnderstood", FailureClass.Protocol, $"The inventory of '{key}' cannot be read: {e.Message}.", "Let S3 write it as CSV, with the size as a field.");
        }

        return all with
        {
            Evidence =
            [
                string.Create(CultureInfo.InvariantCulture, $"{all.Objects:#,0} objects under s3://{lake.Bucket}/{lake.Prefix} in the inventory of {manifest.CreatedAt:yyyy-MM-dd HH:mm}Z, {(now - manifest.CreatedAt).TotalHours:0} h old"),
                $"s3://{store.Definition.Bucket}/{key}",
            ],
        };
    }

    private async Task<(string Key, InventoryManifest Manifest)> NewestAsync(CancellationToken cancel)
    {
        string root = $"{store.Definition.Prefix}{lake.Bucket}/{name}/";
        List<string> dated = [];
        await foreach (string folder in store.ListFoldersAsync(root, cancel).ConfigureAwait(false))
        {
            if (Dated().IsMatch(folder[root.Length..]))
            {
                dated.Add(folder);
            }
        }

        // The newest may still be under way: it has its folder, and no manifest yet.
        foreach (string folder in dated.OrderDescending(StringComparer.Ordinal).Take(3))
        {
            string key = $"{folder}manifest.json";
            if (await store.GetAsync(key, cancel).ConfigureAwait(false) is { } found && await store.GetAsync($"{folder}manifest.checksum", cancel).ConfigureAwait(false) is { } checksum)
            {
                string expected = Encoding.ASCII.GetString(checksum.Content.Span).Trim();
                return expected.Equals(Md5Of(found.Content.Span), StringComparison.OrdinalIgnoreCase) ? (key, Parsed(key, found.Content)) : throw Damaged(key);
            }
        }

        throw Error("InventoryNotFound", FailureClass.NotFound, $"There is no inventory of bucket '{lake.Bucket}' under s3://{store.Definition.Bucket}/{root}.",
            "The first one comes up to two days after it was configured. Check storages.*.inventory in the environment file.");
    }

    private async Task<StorageFigures> CountAsync(InventoryFile file, InventoryLine lines, CancellationToken cancel)
    {
        StoredObject stored = await store.FindAsync(file.Key, cancel).ConfigureAwait(false)
            ?? throw Error("InventoryDamaged", FailureClass.NotFound, $"'{file.Key}' of the inventory is not there.", "Wait for the next inventory.");
        long objects = 0, size = 0;
        using InventoryBytes bytes = new(store, stored);
        try
        {
            GZipStream plain = new(bytes, CompressionMode.Decompress, leaveOpen: true);
            await using (plain.ConfigureAwait(false))
            {
                using StreamReader reader = new(plain, Encoding.UTF8);
                while (await reader.ReadLineAsync(cancel).ConfigureAwait(false) is { } line)
                {
                    if (line.Length > LongestLine)
                    {
                        throw new FormatException("a line is longer than any can be");
                    }

                    if (line.Length > 0 && lines.Read(line) is { } one && one.Key.StartsWith(lake.Prefix, StringComparison.Ordinal))
                    {
                        objects++;
                        size += one.Bytes;
                    }
                }
            }
        }
        catch (InvalidDataException)
        {
            throw Damaged(file.Key);
        }
        catch (FormatException)
        {
            // Cut off in the middle of a line it is damaged, and not of another kind.
            if (await bytes.FinishAsync(cancel).ConfigureAwait(false) != file.Md5)
            {
                throw Damaged(file.Key);
            }

            throw;
        }

        return await bytes.FinishAsync(cancel).ConfigureAwait(false) == file.Md5 ? new StorageFigures(objects, size, null) : throw Damaged(file.Key);
    }

    private InventoryManifest Parsed(string key, ReadOnlyMemory<byte> content)
    {
        try
        {
            return InventoryManifest.Parse(content);
        }
        catch (FormatException e)
        {
            throw Error("InventoryNotUnderstood", FailureClass.Protocol, $"'{key}' is no manifest of an inventory: {e.Message}", "Check storages.*.inventory in the environment file.");
        }
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5351", Justification = "The checksum that S3 writes beside the manifest.")]
    private static string Md5Of(ReadOnlySpan<byte> content) => Convert.ToHexString(MD5.HashData(content));

    private AcodeException Damaged(string key) => Error("InventoryDamaged", FailureClass.Protocol, $"'{key}' is not what S3 has written: its checksum is another.", "Look who writes there; wait for the next inventory.");

    private AcodeException Error(string id, FailureClass cause, string message, string advice) => new(id, cause, message) { Advice = advice, Subject = store.Definition };

    [GeneratedRegex(@"\A\d{4}-\d{2}-\d{2}T\d{2}-\d{2}Z/\z")]
    private static partial Regex Dated();
}
