using System.IO.Compression;

namespace AcodeOps.Lab.Driver.Packaging;

/// <summary>Zip files that have the same bytes whenever they have the same contents: sorted, and without the time of day.</summary>
internal static class Archive
{
    private const int RegularFileReadableByAll = 0x81A4 << 16;
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void Write(string path, IEnumerable<ArchiveEntry> entries)
    {
        using FileStream file = File.Create(path);
        using ZipArchive zip = new(file, ZipArchiveMode.Create);
        foreach (ArchiveEntry entry in entries.OrderBy(e => e.Path, StringComparer.Ordinal))
        {
            ZipArchiveEntry made = zip.CreateEntry(entry.Path, CompressionLevel.Optimal);
            made.LastWriteTime = Epoch;
            made.ExternalAttributes = RegularFileReadableByAll;
            using Stream content = made.Open();
            content.Write(entry.Content);
        }
    }
}
