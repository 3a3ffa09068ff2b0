using System.Globalization;
using AcodeOps.Runbooks;

namespace AcodeOps.Exporting;

/// <summary>The keys of a run's copy. A run writes the same part under the same key however often it is begun again.</summary>
internal static class ExportKeys
{
    /// <summary>The folder of all copies, below the storage's prefix.</summary>
    public const string Root = "acode_export/";

    /// <summary>The name of a copy's manifest in its folder.</summary>
    public const string ManifestName = "manifest.json";

    /// <summary>The folder of a run's copy; its day is that of the run's id, UTC.</summary>
    public static string Run(StorageDefinition storage, string runId) =>
        $"{storage.Prefix}{Root}{JournalKey.TimeOf(runId)!.Value.UtcDateTime.ToString("yyyy'/'MM'/'dd'/'", CultureInfo.InvariantCulture)}{runId}/";

    /// <summary>True for the key of a copy's manifest.</summary>
    public static bool IsManifest(string key) => key.Contains(Root, StringComparison.Ordinal) && key.EndsWith("/" + ManifestName, StringComparison.Ordinal);

    /// <summary>The manifest of a run's copy.</summary>
    public static string Manifest(StorageDefinition storage, string runId) => Run(storage, runId) + ManifestName;

    /// <summary>The folder of a slice.</summary>
    public static string Slice(StorageDefinition storage, string runId, ExportSlice slice) =>
        $"{Run(storage, runId)}{Uri.EscapeDataString(slice.Table.Table.Name)}/{slice.Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "all"}/";

    /// <summary>A part of a slice, from 1.</summary>
    public static string Part(StorageDefinition storage, string runId, ExportSlice slice, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{Slice(storage, runId, slice)}part-{number:0000}.parquet");
}
