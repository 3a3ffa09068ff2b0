using System.Globalization;

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

    /// <summary>The event date of a row, quoted: the column itself where it is a date, so that an index has the rows in the order of their dates.</summary>
    public string EventDay => IsDate ? MySqlQuestions.Quote(Table.EventDate!) : $"DATE({MySqlQuestions.Quote(Table.EventDate!)})";

    private bool IsDate => Table.EventDate is { } date && Column(Schema, date) is { } column && column.Type.Equals("date", StringComparison.OrdinalIgnoreCase);

    /// <summary>Makes sure that the table has these columns; null is none.</summary>
    /// <exception cref="AcodeException"><c>SourceColumnMissing</c>.</exception>
    public void Require(SourceDefinition source, params IEnumerable<string?> columns)
    {
        string[] missing = [.. columns.OfType<string>().Where(name => Column(Schema, name) is null)];
        if (missing.Length > 0)
        {
            throw Missing(Table, source, missing);
        }
    }

    /// <summary>The failure of a table that offers no way in but a scan.</summary>
    public AcodeException NoWayIn(SourceDefinition source) => NoWayIn(source, $"{Table.Key} or a date");

    /// <summary>
    /// The index by which rows of one event date can be read page by page: it leads with the date, and has the rows of a date in
    /// the order of the key. Null where there is none.
    /// </summary>
    public string? PagedDateIndex => IsDate
        ? Schema.Indexes
            .Where(index => Same(index.Columns[0], Table.EventDate!) && (index.Columns.Count == 1 ? HasPrimaryKey : IsKey(index.Columns[1])))
            .OrderBy(index => index.Columns.Count).ThenBy(index => index.Name, StringComparer.Ordinal)
            .FirstOrDefault()?.Name
        : null;

    // InnoDB keeps the rows of an index in the order of the primary key where the index leaves it open.
    private bool HasPrimaryKey => Schema.Indexes.Any(index => index is { Name: "PRIMARY", Columns: [{ } only] } && IsKey(only));

    /// <summary>True for the name of the key.</summary>
    public bool IsKey(string column) => Same(column, Table.Key);

    /// <summary>The failure of a table that cannot be read page by page.</summary>
    public AcodeException NoKeyToReadBy(SourceDefinition source) => new(
        "SourceTableNotIndexed", FailureClass.InvalidInput,
        $"{source}: table {Table.Name} has no unique index on {Table.Key} alone, a whole number that is never NULL: it cannot be read page by page.")
    {
        Advice = "Correct key in the environment file, or have an index made.",
        Subject = Table,
        IsFatal = false,
    };

    /// <summary>The failure of dates that go back too far to be looked for along the key.</summary>
    public AcodeException ReachesTooFar(SourceDefinition source, DateOnly from, long rows) => new(
        "SourceTableNotIndexed", FailureClass.InvalidInput,
        string.Create(CultureInfo.InvariantCulture, $"{source}: table {Table.Name} has no index that serves {Table.EventDate}, and the newest {rows:N0} rows by {Table.Key} do not go back to {from:yyyy-MM-dd}."))
    {
        Advice = "Ask for fewer days, or have an index on the date made.",
        Subject = Table,
        IsFatal = false,
    };

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

    private static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static TableColumn? Column(TableSchema schema, string name) => schema.Columns.FirstOrDefault(c => c.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    // The shortest one that leads with the column: less to read.
    private static string? Leading(TableSchema schema, string? column) => column is null ? null : schema.Indexes
        .Where(index => index.Columns[0].Equals(column, StringComparison.OrdinalIgnoreCase))
        .OrderBy(index => index.Columns.Count).ThenBy(index => index.Name, StringComparer.Ordinal)
        .FirstOrDefault()?.Name;
}
