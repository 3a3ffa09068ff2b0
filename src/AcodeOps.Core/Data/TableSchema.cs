namespace AcodeOps;

/// <summary>A table of a source as its catalogue describes it.</summary>
/// <param name="Name">The table.</param>
/// <param name="Columns">Its columns in order.</param>
/// <param name="Indexes">Its indexes.</param>
public sealed record TableSchema(string Name, IReadOnlyList<TableColumn> Columns, IReadOnlyList<TableIndex> Indexes)
{
    /// <summary>The statistics' estimate of the number of rows; null where the server has none.</summary>
    public long? EstimatedRows { get; init; }
}

/// <summary>A column: its name, its full type as the server prints it, and whether it may be NULL.</summary>
public sealed record TableColumn(string Name, string Type, bool IsNullable);

/// <summary>An index: its name, its columns in order, and whether it is unique.</summary>
public sealed record TableIndex(string Name, IReadOnlyList<string> Columns, bool IsUnique);
