using System.Globalization;
using MySqlConnector;

namespace AcodeOps.Adapters.MySql;

/// <summary>Small reading aids on the driver's types.</summary>
internal static class MySqlQuestions
{
    /// <summary>Whether MariaDB answers.</summary>
    public static bool IsMariaDb(this MySqlConnection connection) => connection.ServerVersion.Contains("MariaDB", StringComparison.OrdinalIgnoreCase);

    /// <summary>Quotes a name: the only way in which a name may get into a statement.</summary>
    public static string Quote(string identifier) => SqlIdentifier.Quote(identifier);

    /// <summary>A variable's value as a switch. MariaDB 12 made read_only a word: OFF, ON, NO_LOCK, …</summary>
    public static bool IsOn(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) is not (null or "" or "0" or "OFF");

    /// <summary>All rows of a small answer, by column name.</summary>
    public static Task<List<Dictionary<string, object?>>> RowsAsync(
        this MySqlConnection connection, string sql, CancellationToken cancel, params (string Name, object? Value)[] parameters) =>
        connection.RowsAsync(sql, patience: null, cancel, parameters);

    /// <summary>All rows of an answer that may take longer than others.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="sql">The statement.</param>
    /// <param name="patience">How long to wait for the answer; null for as long as for any other.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <param name="parameters">The statement's parameters.</param>
    public static async Task<List<Dictionary<string, object?>>> RowsAsync(
        this MySqlConnection connection, string sql, TimeSpan? patience, CancellationToken cancel, params (string Name, object? Value)[] parameters)
    {
        MySqlCommand command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = sql;
            if (patience is { } time)
            {
                command.CommandTimeout = (int)Math.Ceiling(time.TotalSeconds);
            }

            foreach ((string name, object? value) in parameters)
            {
                command.Parameters.AddWithValue(name, value);
            }

            MySqlDataReader reader = await command.ExecuteReaderAsync(cancel).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                List<Dictionary<string, object?>> rows = [];
                while (await reader.ReadAsync(cancel).ConfigureAwait(false))
                {
                    Dictionary<string, object?> row = new(reader.FieldCount, StringComparer.OrdinalIgnoreCase);
                    for (int i = 0; i < reader.FieldCount; i++)
                    {
                        row[reader.GetName(i)] = await reader.IsDBNullAsync(i, cancel).ConfigureAwait(false) ? null : reader.GetValue(i);
                    }

                    rows.Add(row);
                }

                return rows;
            }
        }
    }
}
