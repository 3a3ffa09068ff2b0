using System.Globalization;
using AcodeOps.Tuning.Indexes;
using MySqlConnector;

namespace AcodeOps.Adapters.MySql;

/// <summary>Asks a server how it would carry out a statement. The table form is the one that MySQL 5.7 to 9.x and MariaDB all have; their JSON differs by make and version.</summary>
internal static class PlanReader
{
    public static async Task<QueryPlan> ExplainAsync(MySqlConnection connection, string sql, CancellationToken cancel, params (string Name, object? Value)[] parameters)
    {
        List<Dictionary<string, object?>> rows = await connection.RowsAsync($"EXPLAIN {(connection.IsMariaDb() ? "" : "FORMAT=TRADITIONAL ")}{sql}", cancel, parameters).ConfigureAwait(false);
        return new QueryPlan
        {
            Steps =
            [
                .. rows.Select(row => new PlanStep(
                    ReplicationRow.Text(row, "table"), ReplicationRow.Text(row, "type"), ReplicationRow.Text(row, "key"),
                    row["rows"] is { } number ? Convert.ToInt64(number, CultureInfo.InvariantCulture) : null, ReplicationRow.Text(row, "Extra") ?? "")),
            ],
        };
    }
}
