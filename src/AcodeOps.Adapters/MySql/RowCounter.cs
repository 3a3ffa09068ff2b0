using System.Globalization;
using MySqlConnector;
using static AcodeOps.Adapters.MySql.MySqlQuestions;

namespace AcodeOps.Adapters.MySql;

/// <summary>Counts a whole table. The server takes its smallest index for it, and stops at the limit by itself.</summary>
internal static class RowCounter
{
    // The server's own limit ends the statement; the driver waits a little longer for it to say so.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    /// <summary>The rows; null when counting them took longer than the limit.</summary>
    public static async Task<long?> CountAsync(MySqlConnection connection, TableDefinition table, TimeSpan limit, CancellationToken cancel)
    {
        // Zero means no limit to both makes of server.
        long milliseconds = Math.Clamp((long)limit.TotalMilliseconds, 1, uint.MaxValue);
        string sql = connection.IsMariaDb()
            ? string.Create(CultureInfo.InvariantCulture, $"SET STATEMENT max_statement_time={milliseconds / 1000m} FOR SELECT COUNT(*) AS n FROM {Quote(table.Name)}")
            : string.Create(CultureInfo.InvariantCulture, $"SELECT /*+ MAX_EXECUTION_TIME({milliseconds}) */ COUNT(*) AS n FROM {Quote(table.Name)}");
        try
        {
            List<Dictionary<string, object?>> rows = await connection.RowsAsync(sql, limit + Margin, cancel).ConfigureAwait(false);
            return Convert.ToInt64(rows[0]["n"], CultureInfo.InvariantCulture);
        }
        catch (MySqlException e) when (e.Number is 3024 or 1969)
        {
            return null;
        }
    }
}
