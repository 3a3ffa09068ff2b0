using System.Globalization;
using MySqlConnector;

namespace AcodeOps.Adapters.MySql;

/// <summary>Reads status variables as counters.</summary>
internal static class StatusCounters
{
    /// <summary>The counters that a <c>SHOW GLOBAL STATUS</c> answers with.</summary>
    public static async Task<Dictionary<string, long>> ReadAsync(MySqlConnection connection, string question, CancellationToken cancel)
    {
        Dictionary<string, long> counters = [];
        foreach (Dictionary<string, object?> row in await connection.RowsAsync(question, cancel).ConfigureAwait(false))
        {
            // A few variables are words or, in the far future, too large: they are not counters to us.
            if (long.TryParse(ReplicationRow.Text(row, "Value"), NumberStyles.Integer, CultureInfo.InvariantCulture, out long value))
            {
                counters[ReplicationRow.Text(row, "Variable_name")!] = value;
            }
        }

        return counters;
    }
}
