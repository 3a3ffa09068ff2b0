using System.Globalization;
using AcodeOps.Tuning.Indexes;
using MySqlConnector;

namespace AcodeOps.Adapters.MySql;

/// <summary>Reads how often each index of the database was used, as performance_schema counts it in the server's memory.</summary>
internal static class IndexUseReader
{
    private const string Table = "performance_schema.table_io_waits_summary_by_index_usage";

    /// <summary>The uses by table and index; or why they are not known. A table that was not opened since the server's start has none.</summary>
    public static async Task<(Dictionary<(string Table, string Index), long> Uses, UnknownUse? Unknown)> ReadAsync(MySqlConnection connection, SourceDefinition source, CancellationToken cancel)
    {
        if (!MySqlQuestions.IsOn((await connection.RowsAsync("SELECT @@performance_schema AS v", cancel).ConfigureAwait(false))[0]["v"]))
        {
            return ([], new UnknownUse(
                $"performance_schema is off{(connection.IsMariaDb() ? ", as it is by default on MariaDB" : "")}",
                Whose(source, "performance_schema=ON below [mysqld] in its configuration file, and a restart.")));
        }

        try
        {
            List<Dictionary<string, object?>> rows = await connection.RowsAsync(
                $"SELECT OBJECT_NAME, INDEX_NAME, COUNT_STAR FROM {Table} WHERE OBJECT_SCHEMA = DATABASE()", cancel).ConfigureAwait(false);
            // Rows that are written, and scans, are counted without an index: where there is nothing at all, nothing is counted.
            return rows.All(row => Count(row) == 0)
                ? ([], new UnknownUse("the server counts no use of tables", Whose(source, "the instrument wait/io/table/sql/handler and the consumer global_instrumentation of performance_schema are to be on.")))
                : (rows.Where(row => row["INDEX_NAME"] is not null).ToDictionary(row => (ReplicationRow.Text(row, "OBJECT_NAME")!, ReplicationRow.Text(row, "INDEX_NAME")!), Count), null);
        }
        catch (MySqlException e) when (StatementRefusals.IsForbidden(e))
        {
            return ([], new UnknownUse("the account may not read what the server counts", Whose(source, $"GRANT SELECT ON {Table} TO the account of {source.Credential}.")));
        }
    }

    private static string Whose(SourceDefinition source, string what) => source.IsPartners ? $"The server is the partner's: ask them for it, or do without. It takes: {what}" : $"On the server: {what}";

    private static long Count(Dictionary<string, object?> row) => Convert.ToInt64(row["COUNT_STAR"], CultureInfo.InvariantCulture);
}
