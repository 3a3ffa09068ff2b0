namespace AcodeOps;

/// <summary>What a switch means for one stream.</summary>
public sealed record StreamSwitch
{
    /// <summary>The stream.</summary>
    public required string Stream { get; init; }

    /// <summary>How the new route syncs it, as Airbyte's public API names it.</summary>
    public required string SyncMode { get; init; }

    /// <summary>What becomes of its state; null for a stream that keeps none.</summary>
    public StatePolicy? StatePolicy { get; init; }

    /// <summary>Where the old route stands; null for a stream without a cursor, or where it has none yet.</summary>
    public string? OldCursor { get; init; }

    /// <summary>From where the new route will read; null for a whole snapshot.</summary>
    public string? NewCursor { get; init; }

    /// <summary>The newest cursor value that the new source holds; null where it is not known.</summary>
    public string? SourceCursor { get; init; }

    /// <summary>Rows that the old source has and the new one does not; null where that is not known.</summary>
    public long? RowsAtRisk { get; init; }

    /// <summary>Rows that will be read although the lake has them; null where that is not known.</summary>
    public long? RowsReadTwice { get; init; }

    /// <inheritdoc />
    public override string ToString() => NewCursor is null ? $"{Stream} ({SyncMode})" : $"{Stream} ({SyncMode}) from {NewCursor}";
}
