namespace AcodeOps.Configuration;

/// <summary>A stream as a connection's file describes it.</summary>
/// <param name="Place">Its path in the file: <c>configuration.sync_catalog.streams[0]</c>.</param>
/// <param name="Name">The table.</param>
/// <param name="Namespace">The database; null for none.</param>
/// <param name="SyncMode">As the public API names it; null for a pair of modes that Airbyte does not have.</param>
internal sealed record ConfiguredStream(string Place, string Name, string? Namespace, string? SyncMode)
{
    /// <summary>The path of the cursor; empty for none.</summary>
    public IReadOnlyList<string> CursorField { get; init; } = [];

    /// <summary>The paths of the key's columns.</summary>
    public IReadOnlyList<IReadOnlyList<string>> PrimaryKey { get; init; } = [];

    /// <summary>The columns that are synced; empty for all.</summary>
    public IReadOnlyList<IReadOnlyList<string>> SelectedFields { get; init; } = [];

    /// <summary>True when the source itself tells what is new, as with change data capture.</summary>
    public bool HasSourceCursor { get; init; }

    /// <summary>True when the stream reads on from a cursor.</summary>
    public bool IsIncremental => SyncMode?.StartsWith("incremental", StringComparison.Ordinal) == true;
}
