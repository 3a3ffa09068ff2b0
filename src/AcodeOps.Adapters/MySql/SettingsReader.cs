using System.Globalization;
using AcodeOps.Tuning.Settings;
using MySqlConnector;

namespace AcodeOps.Adapters.MySql;

/// <summary>Reads how a server is set: its variables, where they come from, its counters, and the size of its tables.</summary>
internal static class SettingsReader
{
    // What was persisted while the server runs is told as set by a statement too, until the next start.
    private const string UnsavedQuestion = """
        SELECT i.VARIABLE_NAME FROM performance_schema.variables_info i LEFT JOIN performance_schema.persisted_variables p ON p.VARIABLE_NAME = i.VARIABLE_NAME
        WHERE i.VARIABLE_SOURCE = 'DYNAMIC' AND p.VARIABLE_NAME IS NULL
        """;

    public static async Task<ServerSettings> ReadAsync(MySqlConnection connection, CancellationToken cancel)
    {
        Dictionary<string, string> variables = await PairsAsync(connection, "SHOW GLOBAL VARIABLES", cancel).ConfigureAwait(false);
        Dictionary<string, long> counters = await StatusCounters.ReadAsync(connection, "SHOW GLOBAL STATUS", cancel).ConfigureAwait(false);
        ServerVersion version = ServerVersion.Of(connection.IsMariaDb() ? SourceFlavor.MariaDb : SourceFlavor.MySql, connection.ServerVersion);
        object? bytes = (await connection.RowsAsync(
            "SELECT SUM(DATA_LENGTH + INDEX_LENGTH) AS bytes FROM information_schema.TABLES WHERE ENGINE = 'InnoDB' AND TABLE_SCHEMA NOT IN ('mysql', 'sys')", cancel).ConfigureAwait(false))[0]["bytes"];
        return new ServerSettings
        {
            Version = version,
            Variables = variables.ToDictionary(pair => pair.Key.ToLowerInvariant(), pair => pair.Value),
            Counters = counters,
            Unsaved = version.CanPersist ? await UnsavedAsync(connection, cancel).ConfigureAwait(false) : null,
            DataBytes = bytes is null ? null : Convert.ToInt64(bytes, CultureInfo.InvariantCulture),
        };
    }

    private static async Task<Dictionary<string, string>> PairsAsync(MySqlConnection connection, string question, CancellationToken cancel) =>
        (await connection.RowsAsync(question, cancel).ConfigureAwait(false))
        .ToDictionary(row => ReplicationRow.Text(row, "Variable_name")!, row => ReplicationRow.Text(row, "Value") ?? "", StringComparer.OrdinalIgnoreCase);

    private static async Task<HashSet<string>?> UnsavedAsync(MySqlConnection connection, CancellationToken cancel)
    {
        try
        {
            return [.. (await connection.RowsAsync(UnsavedQuestion, cancel).ConfigureAwait(false))
                .Select(row => ReplicationRow.Text(row, "VARIABLE_NAME")!.ToLowerInvariant())];
        }
        catch (MySqlException e) when (StatementRefusals.IsForbidden(e))
        {
            return null;
        }
    }
}
