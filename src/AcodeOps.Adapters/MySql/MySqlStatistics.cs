using System.Globalization;
using AcodeOps.Tuning;
using AcodeOps.Tuning.Settings;
using MySqlConnector;

namespace AcodeOps.Adapters.MySql;

/// <summary>The counters of a MySQL or MariaDB server: its status variables, and the statement digests of performance_schema.</summary>
internal sealed class MySqlStatistics(SourceConnections connections, SourceDefinition definition) : IServerStatistics
{
    private const string Digests = "performance_schema.events_statements_summary_by_digest";

    // By name, so that the server sends a few dozen of its hundreds; wildcards where the readings sum a family.
    private static readonly string Counters =
        $"SHOW GLOBAL STATUS WHERE Variable_name LIKE 'Handler\\_read\\_%' OR Variable_name IN ({string.Join(", ", ServerCounters.Asked.Select(name => $"'{name}'"))})";

    /// <inheritdoc />
    public Task<ServerCounters> ReadCountersAsync(CancellationToken cancel) => connections.AskAsync(
        async (connection, token) =>
        {
            Dictionary<string, long> values = await StatusCounters.ReadAsync(connection, Counters, token).ConfigureAwait(false);
            Dictionary<string, object?> limits = (await connection.RowsAsync(
                "SELECT @@global.max_connections AS connections, @@global.long_query_time AS seconds", token).ConfigureAwait(false))[0];
            return new ServerCounters
            {
                Flavor = connection.IsMariaDb() ? SourceFlavor.MariaDb : SourceFlavor.MySql,
                MaxConnections = Convert.ToInt64(limits["connections"], CultureInfo.InvariantCulture),
                LongQuerySeconds = Convert.ToDouble(limits["seconds"], CultureInfo.InvariantCulture),
                Values = values,
            };
        },
        cancel);

    /// <inheritdoc />
    public Task<ServerSettings> ReadSettingsAsync(CancellationToken cancel) => connections.AskAsync(SettingsReader.ReadAsync, cancel);

    /// <inheritdoc />
    public Task<StatementSample> ReadStatementsAsync(CancellationToken cancel) => connections.AskAsync(
        async (connection, token) =>
        {
            if (!MySqlQuestions.IsOn((await connection.RowsAsync("SELECT @@performance_schema AS v", token).ConfigureAwait(false))[0]["v"]))
            {
                throw StatementRefusals.PerformanceSchemaOff(definition, connection.IsMariaDb());
            }

            long uptime = Convert.ToInt64((await connection.RowsAsync("SHOW GLOBAL STATUS LIKE 'Uptime'", token).ConfigureAwait(false))[0]["Value"], CultureInfo.InvariantCulture);
            try
            {
                List<StatementTotals> statements = await StatementRows.ReadAsync(connection, Digests, token).ConfigureAwait(false);
                // Our own questions are among them, if any are counted.
                return statements.Count > 0 ? new StatementSample(uptime, statements) : throw StatementRefusals.DigestsOff(definition);
            }
            catch (MySqlException e) when (StatementRefusals.IsForbidden(e))
            {
                throw StatementRefusals.NotReadable(definition, Digests);
            }
        },
        cancel);

    /// <inheritdoc />
    public Task<IReadOnlyDictionary<StatementKey, string>> ReadStatementTextsAsync(IReadOnlyCollection<StatementKey> keys, CancellationToken cancel) => connections.AskAsync(
        async (connection, token) =>
        {
            (string Name, object? Value)[] digests = [.. keys.Select(key => key.Digest).Distinct().Select((digest, i) => ($"@d{i}", (object?)digest))];
            Dictionary<StatementKey, string> texts = [];
            foreach (Dictionary<string, object?> row in await connection.RowsAsync(
                $"SELECT SCHEMA_NAME, DIGEST, DIGEST_TEXT FROM {Digests} WHERE DIGEST IN ({string.Join(", ", digests.Select(d => d.Name))})", token, digests).ConfigureAwait(false))
            {
                if (ReplicationRow.Text(row, "DIGEST_TEXT") is { } text)
                {
                    texts[new StatementKey(ReplicationRow.Text(row, "SCHEMA_NAME"), ReplicationRow.Text(row, "DIGEST"))] = text;
                }
            }

            return (IReadOnlyDictionary<StatementKey, string>)texts;
        },
        cancel);
}
