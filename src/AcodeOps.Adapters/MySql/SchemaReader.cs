using System.Globalization;
using MySqlConnector;

namespace AcodeOps.Adapters.MySql;

/// <summary>Reads tables, columns and indexes from the catalogue.</summary>
internal static class SchemaReader
{
    public static async Task<IReadOnlyList<TableSchema>> ReadAsync(MySqlConnection connection, SourceDefinition source, IReadOnlyCollection<string> tables, CancellationToken cancel)
    {
        if (connection.Database.Length == 0)
        {
            throw new AcodeException("SourceDatabaseMissing", FailureClass.InvalidInput, $"{source} has no database to look into: neither its definition nor {source.Credential} tells it.")
            {
                Advice = $"Set sources.{source.Role.ToString().ToLowerInvariant()}.database in the environment file, or put it into the credential.",
                Subject = source,
            };
        }

        if (tables.Count == 0)
        {
            return [];
        }

        (string Name, object? Value)[] names = [.. tables.Select((table, i) => ($"@t{i}", (object?)table))];
        string where = $"WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME IN ({string.Join(", ", names.Select(n => n.Name))})";
        List<Dictionary<string, object?>> found = await connection.RowsAsync(
            $"SELECT TABLE_NAME, TABLE_ROWS FROM information_schema.TABLES {where}", cancel, names).ConfigureAwait(false);
        List<Dictionary<string, object?>> columns = await connection.RowsAsync(
            $"SELECT TABLE_NAME, COLUMN_NAME, COLUMN_TYPE, IS_NULLABLE FROM information_schema.COLUMNS {where} ORDER BY TABLE_NAME, ORDINAL_POSITION", cancel, names).ConfigureAwait(false);
        // All columns: whether an index is visible is told in columns that only one make of server has.
        List<Dictionary<string, object?>> indexes = await connection.RowsAsync(
            $"SELECT * FROM information_schema.STATISTICS {where} ORDER BY TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX", cancel, names).ConfigureAwait(false);

        return
        [
            .. found.Select(table => new TableSchema(
                Text(table, "TABLE_NAME"),
                [.. Of(columns, table).Select(c => new TableColumn(Text(c, "COLUMN_NAME"), Text(c, "COLUMN_TYPE"), Text(c, "IS_NULLABLE") == "YES"))],
                [.. Of(indexes, table).GroupBy(i => Text(i, "INDEX_NAME")).Where(CanBeUsed).Select(ToIndex)])
            {
                EstimatedRows = table["TABLE_ROWS"] is { } rows ? Convert.ToInt64(rows, CultureInfo.InvariantCulture) : null,
            }),
        ];
    }

    private static IEnumerable<Dictionary<string, object?>> Of(List<Dictionary<string, object?>> rows, Dictionary<string, object?> table) =>
        rows.Where(row => Text(row, "TABLE_NAME") == Text(table, "TABLE_NAME"));

    // Full-text and spatial indexes have no order, and an invisible (MariaDB: ignored) one must not be counted on.
    private static bool CanBeUsed(IGrouping<string, Dictionary<string, object?>> index)
    {
        Dictionary<string, object?> first = index.First();
        return Text(first, "INDEX_TYPE") == "BTREE"
            && Text(first, "IS_VISIBLE") is not "NO"
            && Text(first, "IGNORED") is not "YES";
    }

    private static TableIndex ToIndex(IGrouping<string, Dictionary<string, object?>> index) => new(
        index.Key,
        [.. index.Select(part => Text(part, "COLUMN_NAME") is { Length: > 0 } name ? name : "(expression)")],
        Text(index.First(), "NON_UNIQUE") == "0");

    private static string Text(Dictionary<string, object?> row, string column) => ReplicationRow.Text(row, column) ?? "";
}
