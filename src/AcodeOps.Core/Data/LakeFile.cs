namespace AcodeOps;

/// <summary>What a Parquet object says of itself in its footer; no data is read for it.</summary>
/// <param name="Key">The object.</param>
/// <param name="Rows">Its rows.</param>
public sealed record LakeFile(string Key, long Rows)
{
    /// <summary>The smallest and greatest value of each column that was asked for, where the footer tells them, as Airbyte's states write such values.</summary>
    public IReadOnlyDictionary<string, ColumnRange> Ranges { get; init; } = new Dictionary<string, ColumnRange>();

    /// <summary>Its row groups, in order, with the same ranges of each of them.</summary>
    public IReadOnlyList<LakeRowGroup> Groups { get; init; } = [];

    /// <summary>The names of its columns, in order.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>How its columns are compressed, each codec once: <c>SNAPPY</c>, <c>GZIP</c>, <c>UNCOMPRESSED</c>. Empty for a file without rows.</summary>
    public IReadOnlyList<string> Codecs { get; init; } = [];
}

/// <summary>A row group, as the footer tells of it.</summary>
/// <param name="Rows">Its rows.</param>
/// <param name="Ranges">The smallest and greatest value of each column that was asked for, where the footer tells them.</param>
public sealed record LakeRowGroup(long Rows, IReadOnlyDictionary<string, ColumnRange> Ranges);

/// <summary>The range of a column's values.</summary>
public sealed record ColumnRange(string Least, string Greatest);

/// <summary>A row of the lake by its key and the value of its cursor.</summary>
public readonly record struct LakeRow(string Key, string? Cursor);
