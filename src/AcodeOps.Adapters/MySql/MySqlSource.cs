using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using AcodeOps.Secrets;
using AcodeOps.Tuning;
using AcodeOps.Tuning.Indexes;
using MySqlConnector;

namespace AcodeOps.Adapters.MySql;

/// <summary>A MySQL or MariaDB server, asked through MySqlConnector.</summary>
internal sealed class MySqlSource(SourceDefinition definition, AcodeEnvironment environment, ICredentialStore credentials, TimeProvider clock) : ISource
{
    private readonly SourceConnections _connections = new(definition, credentials);
    private readonly ConcurrentDictionary<TableDefinition, TableAccess> _access = new();

    /// <inheritdoc />
    public SourceDefinition Definition { get; } = definition;

    /// <inheritdoc />
    public IServerStatistics Statistics => new MySqlStatistics(_connections, Definition);

    /// <inheritdoc />
    public IIndexReader Indexes => new IndexReader(_connections, Definition);

    /// <inheritdoc />
    public Task<SourceServer> ProbeAsync(CancellationToken cancel) => _connections.AskAsync(ProbeAsync, cancel);

    /// <inheritdoc />
    public Task<(string? Database, IReadOnlyList<string> Grants)> ReadGrantsAsync(CancellationToken cancel) => _connections.AskAsync(
        async (connection, token) => (connection.Database is { Length: > 0 } database ? database : null, await GrantReader.ReadAsync(connection, token).ConfigureAwait(false)), cancel);

    /// <inheritdoc />
    public Task<IReadOnlyList<ReplicationStatus>> ReadReplicationAsync(CancellationToken cancel) =>
        _connections.AskAsync((connection, token) => ReplicationReader.ReadAsync(connection, Definition.Role, clock, token), cancel);

    /// <inheritdoc />
    public Task<IReadOnlyList<TableSchema>> ReadSchemaAsync(IReadOnlyCollection<string> tables, CancellationToken cancel) =>
        _connections.AskAsync((connection, token) => SchemaReader.ReadAsync(connection, Definition, tables, token), cancel);

    /// <inheritdoc />
    public Task<TableWatermark> ReadWatermarkAsync(TableDefinition table, CancellationToken cancel)
    {
        TimeZoneInfo zone = LocalTimes.Zone(environment.TimeZone);
        return AskTableAsync(table, (connection, access, token) => WatermarkReader.ReadAsync(connection, access, Definition, zone, token), cancel);
    }

    /// <inheritdoc />
    public Task<TableVolume> ReadVolumeAsync(TableDefinition table, DateOnly from, DateOnly to, CancellationToken cancel) =>
        AskTableAsync(table, (connection, access, token) => VolumeReader.ReadAsync(connection, access, Definition, from, to, token), cancel);

    /// <inheritdoc />
    public Task<TablePass> ReadPassAsync(TableDefinition table, DateOnly from, DateOnly today, CancellationToken cancel)
    {
        TimeZoneInfo zone = LocalTimes.Zone(environment.TimeZone);
        return AskTableAsync(table, (connection, access, token) => PassReader.ReadAsync(connection, access, Definition, zone, (from, today), token), cancel);
    }

    /// <inheritdoc />
    public Task<long?> CountRowsAsync(TableDefinition table, TimeSpan limit, CancellationToken cancel) =>
        AskTableAsync(table, (connection, _, token) => RowCounter.CountAsync(connection, table, limit, token), cancel);

    /// <inheritdoc />
    public Task<string?> ReadCursorAsync(TableDefinition table, string column, CancellationToken cancel) =>
        AskTableAsync(table, (connection, access, token) => CursorReader.ReadNewestAsync(connection, access, Definition, column, token), cancel);

    /// <inheritdoc />
    public Task<long> CountCursorAsync(TableDefinition table, string column, string from, bool including, string? to, CancellationToken cancel) =>
        AskTableAsync(table, (connection, access, token) => CursorReader.CountAsync(connection, access, Definition, column, (from, including, to), token), cancel);

    /// <inheritdoc />
    public Task<UndatedRows> CountUndatedAsync(TableDefinition table, int most, CancellationToken cancel) =>
        AskTableAsync(table, (connection, access, token) => VolumeReader.CountUndatedAsync(connection, access, Definition, most, token), cancel);

    /// <inheritdoc />
    public Task<TableWay> FindWayAsync(TableDefinition table, CancellationToken cancel) =>
        AskTableAsync(table, (_, access, _) => Task.FromResult(RowWay.Of(access, Definition)), cancel);

    /// <inheritdoc />
    public async Task<DateLocations> LocateDatesAsync(TableDefinition table, DateOnly from, DateOnly to, IProgress<long>? progress, CancellationToken cancel)
    {
        DateLocator.Walk walk = new(from, to);
        while (await AskTableAsync(table, (connection, access, token) => DateLocator.StepAsync(connection, access, Definition, walk, token), cancel).ConfigureAwait(false))
        {
            progress?.Report(walk.RowsSeen);
        }

        return walk.Found();
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<IReadOnlyList<SourceRow>> ReadRowsAsync(
        TableDefinition table, RowWindow window, RowPosition? after, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        PagePace pace = new(clock);
        for (RowReader.Start? start = new(after?.Range ?? 0, after?.Key); start is { } begin;)
        {
            RowReader.Page? page = await pace.ReadAsync(
                count => AskTableAsync(table, (connection, access, token) => RowReader.ReadAsync(connection, access, Definition, window, begin, count, token), cancel)).ConfigureAwait(false);
            if (page is { Rows.Count: > 0 })
            {
                yield return page.Rows;
            }

            start = page is null ? begin : page.Next;
        }
    }

    /// <inheritdoc />
    public Task<KeyStep> StepAsync(TableDefinition table, KeyRange keys, int most, CancellationToken cancel) =>
        AskTableAsync(table, (connection, access, token) => ChecksumReader.StepAsync(connection, access, Definition, keys, most, token), cancel);

    /// <inheritdoc />
    public Task<IReadOnlyDictionary<long, RangeChecksum>> ReadChecksumsAsync(
        TableDefinition table, KeyRange keys, long width, IReadOnlyList<RowColumn> columns, CancellationToken cancel) =>
        AskTableAsync(table, (connection, access, token) => ChecksumReader.ReadAsync(connection, access, Definition, keys, width, columns, token), cancel);

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
            IsReadOnly = MySqlQuestions.IsOn(answer["read_only"]) || MySqlQuestions.IsOn(answer["engine_read_only"]),
            TlsVersion = Text(tls?["Value"]) is { Length: > 0 } version ? version : null,
            RoundTripMs = roundTrip.TotalMilliseconds,
        };
    }

    /// <summary>Asks a table by its indexes, which are read once and kept.</summary>
    private Task<T> AskTableAsync<T>(TableDefinition table, Func<MySqlConnection, TableAccess, CancellationToken, Task<T>> ask, CancellationToken cancel) =>
        _connections.AskAsync(
            async (connection, token) =>
            {
                if (_access.TryGetValue(table, out TableAccess? known))
                {
                    try
                    {
                        return await ask(connection, known, token).ConfigureAwait(false);
                    }
                    catch (MySqlException e) when (e.ErrorCode is MySqlErrorCode.KeyDoesNotExist or MySqlErrorCode.BadFieldError)
                    {
                        // The index was dropped meanwhile: look again.
                        _access.TryRemove(table, out _);
                    }
                }

                IReadOnlyList<TableSchema> found = await SchemaReader.ReadAsync(connection, Definition, [table.Name], token).ConfigureAwait(false);
                TableAccess access = _access[table] = TableAccess.Of(table, found.Count > 0 ? found[0] : null, Definition);
                return await ask(connection, access, token).ConfigureAwait(false);
            },
            cancel);

    private static string? Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture);
}
