namespace AcodeOps;

/// <summary>How a row differs.</summary>
public enum RowDifferenceKind
{
    /// <summary>It is only where it comes from.</summary>
    Missing,

    /// <summary>It is only where it should have come to.</summary>
    Extra,

    /// <summary>It is there more than once.</summary>
    Duplicated,

    /// <summary>It has other values.</summary>
    Changed,
}

/// <summary>A row that differs between two places. It names columns, and tells no value of them.</summary>
/// <param name="Kind">How.</param>
/// <param name="Key">Its key.</param>
public sealed record RowDifference(RowDifferenceKind Kind, long Key)
{
    /// <summary>Its event date; null where it has none.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>When it was processed, as the source has it, or else the lake; null where neither tells.</summary>
    public string? ProcessedAt { get; init; }

    /// <summary>The columns whose values differ; empty for rows that are not in both places, and where values were not compared.</summary>
    public IReadOnlyList<string> Columns { get; init => field = value.ToArray(); } = [];

    /// <summary>The lake's objects that it lies in.</summary>
    public IReadOnlyList<string> Objects { get; init => field = value.ToArray(); } = [];

    /// <summary>How often it is there beyond once.</summary>
    public int Copies { get; init; }

    /// <inheritdoc />
    public override string ToString() => $"{Kind} {Key}{(Columns.Count > 0 ? $" ({string.Join(", ", Columns)})" : "")}";
}
