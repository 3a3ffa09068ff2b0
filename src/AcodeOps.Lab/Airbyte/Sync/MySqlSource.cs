using System.Text.Json.Nodes;
using AcodeOps.Lab.Airbyte.Store;
using MySqlConnector;

namespace AcodeOps.Lab.Airbyte.Sync;

/// <summary>What the MySQL source connector does: connect, check, discover. It only ever reads.</summary>
internal sealed class MySqlSource(Actor source, Func<Guid, bool> isUnreachable)
{
    private const string Origin = "source";

    private readonly JsonObject _configuration = source.Configuration;

    /// <summary>The database, which is the namespace of every stream of this source.</summary>
    public string Database => (string)_configuration["database"]!;

    public bool UsesCdc => (string?)_configuration["replication_method"]?["method"] == "CDC";

    /// <exception cref="SyncFailure">config_error: refused credentials or database; transient_error: the server cannot be reached.</exception>
    public async Task<MySqlConnection> OpenAsync(CancellationToken cancel)
    {
        if (isUnreachable(source.Id))
        {
            throw new SyncFailure(Origin, "transient_error", "State code: 08S01; Message: Communications link failure");
        }

        MySqlConnection connection = new(ConnectionString());
        try
        {
            await connection.OpenAsync(cancel);
            // A sync may pause longer than the server's write timeout while a part is uploaded or slowed down on purpose.
            await using MySqlCommand command = new("SET SESSION TRANSACTION READ ONLY", connection);
            await command.ExecuteNonQueryAsync(cancel);
            command.CommandText = "SET SESSION time_zone = '+00:00', net_write_timeout = 3600";
            await command.ExecuteNonQueryAsync(cancel);
            return connection;
        }
        catch (MySqlException error)
        {
            await connection.DisposeAsync();
            throw Translate(error);
        }
    }

    /// <summary>Tables with their columns and primary keys, in the order of their names.</summary>
    public async Task<IReadOnlyList<SourceStream>> DiscoverAsync(CancellationToken cancel)
    {
        await using MySqlConnection connection = await OpenAsync(cancel);
        try
        {
            Dictionary<string, List<SourceColumn>> columns = [];
            await using MySqlCommand command = new(
                """
                SELECT c.TABLE_NAME, c.COLUMN_NAME, c.DATA_TYPE, c.COLUMN_TYPE, k.ORDINAL_POSITION
                FROM information_schema.COLUMNS c
                JOIN information_schema.TABLES t ON t.TABLE_SCHEMA = c.TABLE_SCHEMA AND t.TABLE_NAME = c.TABLE_NAME
                LEFT JOIN information_schema.KEY_COLUMN_USAGE k ON k.TABLE_SCHEMA = c.TABLE_SCHEMA AND k.TABLE_NAME = c.TABLE_NAME
                    AND k.COLUMN_NAME = c.COLUMN_NAME AND k.CONSTRAINT_NAME = 'PRIMARY'
                WHERE c.TABLE_SCHEMA = @database ORDER BY c.TABLE_NAME, c.ORDINAL_POSITION
                """,
                connection);
            command.Parameters.AddWithValue("@database", Database);
            List<(string Table, string Column, long Position)> keyParts = [];
            await using (MySqlDataReader reader = await command.ExecuteReaderAsync(cancel))
            {
                while (await reader.ReadAsync(cancel))
                {
                    string table = reader.GetString(0);
                    if (!columns.TryGetValue(table, out List<SourceColumn>? list))
                    {
                        columns[table] = list = [];
                    }

                    list.Add(new(reader.GetString(1), reader.GetString(2), reader.GetString(3)));
                    if (!await reader.IsDBNullAsync(4, cancel))
                    {
                        keyParts.Add((table, reader.GetString(1), Convert.ToInt64(reader.GetValue(4), System.Globalization.CultureInfo.InvariantCulture)));
                    }
                }
            }

            return [.. columns.Select(c => new SourceStream(
                c.Key, Database, c.Value, [.. keyParts.Where(k => k.Table == c.Key).OrderBy(k => k.Position).Select(k => k.Column)]))];
        }
        catch (MySqlException error)
        {
            throw Translate(error);
        }
    }

    public static SyncFailure Translate(MySqlException error) => error.ErrorCode switch
    {
        MySqlErrorCode.AccessDenied or MySqlErrorCode.DatabaseAccessDenied or MySqlErrorCode.UnknownDatabase or MySqlErrorCode.NoSuchTable
            or MySqlErrorCode.TableAccessDenied or MySqlErrorCode.BadFieldError or MySqlErrorCode.ColumnAccessDenied =>
            new(Origin, JobFailure.ConfigError, $"State code: {error.SqlState}; Error code: {error.Number}; Message: {error.Message}", error),
        _ => new(Origin, "transient_error", $"State code: {error.SqlState ?? "08S01"}; Error code: {error.Number}; Message: {error.Message}", error),
    };

    private string ConnectionString() => new MySqlConnectionStringBuilder
    {
        Server = (string)_configuration["host"]!,
        Port = (uint)_configuration["port"]!,
        Database = Database,
        UserID = (string)_configuration["username"]!,
        Password = (string?)_configuration["password"] ?? "",
        SslMode = (string?)_configuration["ssl_mode"]?["mode"] switch
        {
            "required" => MySqlSslMode.Required,
            "verify_ca" => MySqlSslMode.VerifyCA,
            "verify_identity" => MySqlSslMode.VerifyFull,
            _ => MySqlSslMode.Preferred,
        },
        AllowPublicKeyRetrieval = true,
        Pooling = false,
        ConnectionTimeout = 10,
        DefaultCommandTimeout = 0,
        TreatTinyAsBoolean = false,
        ConvertZeroDateTime = true,
        AllowUserVariables = true,
    }.ConnectionString;
}
