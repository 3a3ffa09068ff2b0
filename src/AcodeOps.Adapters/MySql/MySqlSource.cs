using System.Globalization;
using AcodeOps.Secrets;
using MySqlConnector;

namespace AcodeOps.Adapters.MySql;

/// <summary>A MySQL or MariaDB server, asked through MySqlConnector.</summary>
internal sealed class MySqlSource(SourceDefinition definition, AcodeEnvironment environment, ICredentialStore credentials, TimeProvider clock) : ISource
{
    private readonly SourceConnections _connections = new(definition, credentials);

    /// <inheritdoc />
    public SourceDefinition Definition { get; } = definition;

    /// <inheritdoc />
    public Task<SourceServer> ProbeAsync(CancellationToken cancel) => _connections.AskAsync(ProbeAsync, cancel);

    public Task<IReadOnlyList<ReplicationStatus>> ReadReplicationAsync(CancellationToken cancel) => throw new NotImplementedException();
    public Task<IReadOnlyList<TableSchema>> ReadSchemaAsync(IReadOnlyCollection<string> tables, CancellationToken cancel) => throw new NotImplementedException();
    public Task<TableWatermark> ReadWatermarkAsync(TableDefinition table, CancellationToken cancel) => throw new NotImplementedException($"{environment}");
    public Task<TableVolume> ReadVolumeAsync(TableDefinition table, DateOnly from, DateOnly to, CancellationToken cancel) => throw new NotImplementedException();

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _connections.DisposeAsync();

    private async Task<SourceServer> ProbeAsync(MySqlConnection connection, CancellationToken cancel)
    {
        DateTimeOffset askedAt = clock.GetUtcNow();
        long started = clock.GetTimestamp();
        Dictionary<string, object?> answer = (await connection.RowsAsync(
            "SELECT @@version AS version, UTC_TIMESTAMP(6) AS now, @@global.read_only AS read_only, @@innodb_read_only AS engine_read_only",
            cancel).ConfigureAwait(false))[0];
        TimeSpan roundTrip = clock.GetElapsedTime(started);
        Dictionary<string, object?>? tls = (await connection.RowsAsync("SHOW SESSION STATUS LIKE 'Ssl_version'", cancel).ConfigureAwait(false)).FirstOrDefault();

        return new SourceServer
        {
            Flavor = connection.IsMariaDb() ? SourceFlavor.MariaDb : SourceFlavor.MySql,
            Version = Text(answer["version"]) ?? connection.ServerVersion,
            ServerTimeAt = new DateTimeOffset(DateTime.SpecifyKind(((MySqlDateTime)answer["now"]!).GetDateTime(), DateTimeKind.Utc)),
            AnsweredAt = askedAt + (roundTrip / 2),
            IsReadOnly = IsOn(answer["read_only"]) || IsOn(answer["engine_read_only"]),
            TlsVersion = Text(tls?["Value"]) is { Length: > 0 } version ? version : null,
            RoundTripMs = roundTrip.TotalMilliseconds,
        };
    }

    // MariaDB 12 made read_only a word: OFF, ON, NO_LOCK, …
    private static bool IsOn(object? value) => Text(value) is not (null or "0" or "OFF");

    private static string? Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture);
}
