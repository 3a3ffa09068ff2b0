namespace AcodeOps.Lab.Airbyte.Store;

/// <summary>A stream as a connection syncs it.</summary>
/// <remarks>
/// Fields: The columns that were discovered, or the selected ones, when the catalog was set: later columns are not synced.
/// SelectedFields: The caller's own choice of columns; null = all.
/// </remarks>
internal sealed record ConfiguredStream(
    string Name,
    string? Namespace,
    string SyncMode,
    IReadOnlyList<string> CursorField,
    IReadOnlyList<IReadOnlyList<string>> PrimaryKey,
    IReadOnlyList<string> Fields,
    IReadOnlyList<string>? SelectedFields)
{
    public const string FullRefreshOverwrite = "full_refresh_overwrite";
    public const string FullRefreshAppend = "full_refresh_append";
    public const string IncrementalAppend = "incremental_append";

    public bool IsIncremental => SyncMode == IncrementalAppend;

    public bool IsOverwrite => SyncMode == FullRefreshOverwrite;

    /// <summary>What tells this stream from others in a connection's state.</summary>
    public string Key => StreamKey.Of(Namespace, Name);
}
