namespace AcodeOps.Adapters.MySql;

/// <summary>The indexes by which a table can be asked without scanning it, and how its processing time is kept.</summary>
internal sealed record TableAccess(TableDefinition Table, TableSchema Schema, string? KeyIndex, string? EventDateIndex, string? ProcessedAtIndex, bool ProcessedAtIsUtc)
{
    /// <summary>Looks the definition's columns up in the table that the server really has.</summary>
    /// <exception cref="AcodeException"><c>SourceTableMissing</c>, <c>SourceColumnMissing</c>.</exception>
    public static TableAccess Of(TableDefinition table, TableSchema? schema, SourceDefinition source)
    {
        if (schema is null)
        {
            throw new AcodeException("SourceTableMissing", FailureClass.NotFound, $"{source} has no table {table.Name} that its account may see.")
            {
                Advice = "Check the table's name in the environment file, the account's rights, and whether the table was dropped or renamed.",
                Subject = table,
                IsFatal = false,
            };
        }

        string[] missing = [.. new[] { table.EventDate, table.ProcessedAt }.OfType<string>().Where(name => Column(schema, name) is null)];
        if (missing.Length > 0)
        {
            throw Missing(table, source, missing);
        }

        // TIMESTAMP is kept in UTC and read in the session's zone, which is UTC; DATETIME is whatever was written.
        bool isUtc = table.ProcessedAt is { } processedAt && Column(schema, processedAt)!.Type.StartsWith("timestamp", StringComparison.OrdinalIgnoreCase);
        return new TableAccess(table, schema, Leading(schema, table.Key), Leading(schema, table.EventDate), Leading(schema, table.ProcessedAt), isUtc);
    }

    /// <summary>The table's name and the index that must be used, quoted, for a FROM clause.</summary>
    public string Using(string index) => $"{MySqlQuestions.Quote(Table.Name)} FORCE INDEX ({MySqlQuestions.Quote(index)})";

    /// <summary>A column by which rows are to be found: its type, and the index that leads with it.</summary>
    /// <exception cref="AcodeException"><c>SourceColumnMissing</c>, <c>SourceTableNotIndexed</c>.</exception>
    public (string Type, string Index) Cursor(string column, SourceDefinition source)
    {
        TableColumn found = Column(Schema, column) ?? throw Missing(Table, source, column);
        return (found.Type, Leading(Schema, column) ?? throw NoWayIn(source, column));
    }

    /// <summary>The failure of a table that offers no way in but a scan.</summary>
    public AcodeException NoWayIn(SourceDefinition source) => NoWayIn(source, $"{Table.Key} or a date");

    private AcodeException NoWayIn(SourceDefinition source, string columns) => new(
        "SourceTableNotIndexed", FailureClass.InvalidInput, $"{source}: table {Table.Name} has no index that leads with {columns}: asking it would scan it.")
    {
        Advice = "Correct key in the environment file, or have an index made.",
        Subject = Table,
        IsFatal = false,
    };

    private static AcodeException Missing(TableDefinition table, SourceDefinition source, params string[] columns) => new(
        "SourceColumnMissing", FailureClass.NotFound, $"{source}: table {table.Name} has no column {string.Join(", ", columns)}.")
    {
        Advice = "Compare the table with the environment file (Test-AcodeHealth -Component Schema): the schema may have changed.",
        Subject = table,
        IsFatal = false,
    };

    private static TableColumn? Column(TableSchema schema, string name) => schema.Columns.FirstOrDefault(c => c.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    // The shortest one that leads with the column: less to read.
    private static string? Leading(TableSchema schema, string? column) => column is null ? null : schema.Indexes
        .Where(index => index.Columns[0].Equals(column, StringComparison.OrdinalIgnoreCase))
        .OrderBy(index => index.Columns.Count).ThenBy(index => index.Name, StringComparer.Ordinal)
        .FirstOrDefault()?.Name;
}
