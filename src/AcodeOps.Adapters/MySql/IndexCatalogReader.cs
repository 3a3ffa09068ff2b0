using System.Globalization;
using AcodeOps.Tuning.Indexes;
using MySqlConnector;

namespace AcodeOps.Adapters.MySql;

/// <summary>Reads a table's indexes from the catalogue with everything that tells them apart, and its size.</summary>
internal static class IndexCatalogReader
{
    // Columns that refer to other tables, and those that others refer to: an index has to begin with them.
    private const string ForeignKeys = """
        SELECT CONSTRAINT_NAME AS name, COLUMN_NAME AS col, ORDINAL_POSITION AS place FROM information_schema.KEY_COLUMN_USAGE
        WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = @table AND REFERENCED_TABLE_NAME IS NOT NULL
        UNION ALL SELECT CONCAT(TABLE_NAME, '/', CONSTRAINT_NAME), REFERENCED_COLUMN_NAME, ORDINAL_POSITION FROM information_schema.KEY_COLUMN_USAGE
        WHERE TABLE_SCHEMA = DATABASE() AND REFERENCED_TABLE_SCHEMA = DATABASE() AND REFERENCED_TABLE_NAME = @table
        """;

    /// <summary>The table, without the pipeline's statements.</summary>
    public static async Task<IndexedTable> ReadAsync(MySqlConnection connection, TableSchema schema, Dictionary<(string Table, string Index), long> uses, CancellationToken cancel)
    {
        (string, object?) table = ("@table", schema.Name);
        if (!connection.IsMariaDb() && connection.ServerVersion[0] is not '5')
        {
            // What MySQL 8 tells of sizes is up to a day old otherwise.
            await connection.RowsAsync("SET SESSION information_schema_stats_expiry=0", cancel).ConfigureAwait(false);
        }

        Dictionary<string, object?> size = (await connection.RowsAsync(
            "SELECT ENGINE, TABLE_ROWS, DATA_LENGTH, INDEX_LENGTH FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = @table", cancel, table).ConfigureAwait(false))[0];
        // All columns: visibility and expressions are told in columns that only one make of server has.
        List<Dictionary<string, object?>> parts = await connection.RowsAsync(
            "SELECT * FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = @table ORDER BY INDEX_NAME, SEQ_IN_INDEX", cancel, table).ConfigureAwait(false);
        string[][] foreign =
        [
            .. (await connection.RowsAsync(ForeignKeys, cancel, table).ConfigureAwait(false)).GroupBy(row => Text(row, "name"))
                .Select(key => key.OrderBy(row => Number(row, "place")).Select(row => Text(row, "col")!).ToArray()),
        ];
        return new IndexedTable
        {
            Name = schema.Name,
            Engine = Text(size, "ENGINE") ?? "",
            Columns = schema.Columns,
            Rows = Number(size, "TABLE_ROWS"),
            DataBytes = Number(size, "DATA_LENGTH"),
            IndexBytes = Number(size, "INDEX_LENGTH"),
            Indexes = [.. parts.GroupBy(part => Text(part, "INDEX_NAME")!).Select(index => Index(index, foreign, uses.TryGetValue((schema.Name, index.Key), out long count) ? count : null))],
        };
    }

    private static InstalledIndex Index(IGrouping<string, Dictionary<string, object?>> index, string[][] foreign, long? uses)
    {
        Dictionary<string, object?> first = index.First();
        IndexPart[] parts = [.. index.Select(part => new IndexPart(Text(part, "COLUMN_NAME"), (int?)Number(part, "SUB_PART"), Text(part, "COLLATION") == "D", Text(part, "EXPRESSION")))];
        return new InstalledIndex
        {
            Name = index.Key,
            Parts = parts,
            IsUnique = Text(first, "NON_UNIQUE") == "0",
            IsVisible = Text(first, "IS_VISIBLE") is not "NO" && Text(first, "IGNORED") is not "YES",
            IsOrdered = Text(first, "INDEX_TYPE") == "BTREE",
            ServesForeignKey = foreign.Any(key => key.Length <= parts.Length && key.Select((column, i) => column.Equals(parts[i].Column, StringComparison.OrdinalIgnoreCase)).All(same => same)),
            Uses = uses,
        };
    }

    private static string? Text(Dictionary<string, object?> row, string column) => ReplicationRow.Text(row, column);

    private static long? Number(Dictionary<string, object?> row, string column) => row[column] is { } value ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : null;
}
