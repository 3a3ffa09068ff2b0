namespace AcodeOps.Tuning.Indexes;

/// <summary>A table with its indexes, and the pipeline's statements on it with their plans.</summary>
public sealed record IndexedTable
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its storage engine: <c>InnoDB</c>.</summary>
    public required string Engine { get; init; }

    /// <summary>Its columns.</summary>
    public required IReadOnlyList<TableColumn> Columns { get; init => field = value.ToArray(); }

    /// <summary>Its indexes, invisible ones among them.</summary>
    public required IReadOnlyList<InstalledIndex> Indexes { get; init => field = value.ToArray(); }

    /// <summary>The pipeline's statements on it.</summary>
    public IReadOnlyList<PipelineStatement> Statements { get; init => field = value.ToArray(); } = [];

    /// <summary>The server's estimate of its rows; null where there is none.</summary>
    public long? Rows { get; init; }

    /// <summary>The size of its rows, in bytes; null where the server does not tell.</summary>
    public long? DataBytes { get; init; }

    /// <summary>The size of its indexes, in bytes; null where the server does not tell.</summary>
    public long? IndexBytes { get; init; }

    /// <summary>The columns of its primary key; none where it has none.</summary>
    public IEnumerable<string> KeyColumns => Indexes.FirstOrDefault(index => index.IsPrimary)?.Parts.Select(part => part.Column).OfType<string>() ?? [];

    /// <summary>Whether an index begins with columns in this order, so that it can be gone along by them.</summary>
    /// <remarks>InnoDB ends each index with the columns of the primary key.</remarks>
    public bool Leads(InstalledIndex index, IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(index);
        ArgumentNullException.ThrowIfNull(columns);
        IndexPart[] parts = [.. index.Parts, .. index.IsPrimary || Engine != "InnoDB" ? [] : KeyColumns.Select(column => new IndexPart(column))];
        return index.IsOrdered && parts.Length >= columns.Count && columns.Select((column, i) => parts[i].IsWhole(column)).All(same => same);
    }

    /// <summary>The indexes that the optimizer may use and that begin with columns in this order, the shortest first.</summary>
    public IEnumerable<InstalledIndex> Leading(IReadOnlyList<string> columns) =>
        Indexes.Where(index => index.IsVisible && Leads(index, columns)).OrderBy(index => index.Parts.Count).ThenBy(index => index.Name, StringComparer.Ordinal);

    /// <summary>The statements that an index serves.</summary>
    public IEnumerable<PipelineStatement> ServedBy(InstalledIndex index) => Statements.Where(statement => Leads(index, statement.Columns));

    /// <inheritdoc />
    public override string ToString() => Name;
}
