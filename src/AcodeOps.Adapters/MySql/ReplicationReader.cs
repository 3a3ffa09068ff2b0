using MySqlConnector;

namespace AcodeOps.Adapters.MySql;

/// <summary>Asks a server for all its replication channels, in the words of its version.</summary>
internal static class ReplicationReader
{
    public static async Task<IReadOnlyList<ReplicationStatus>> ReadAsync(MySqlConnection connection, SourceRole role, TimeProvider clock, CancellationToken cancel)
    {
        List<Dictionary<string, object?>> rows = await ShowAsync(connection, cancel).ConfigureAwait(false);
        DateTimeOffset readAt = clock.GetUtcNow();
        List<ReplicationStatus> channels = [.. rows.Select(row => ReplicationRow.Map(row, role, readAt))];
        if (channels.Count == 0)
        {
            return channels;
        }

        bool isReadOnly = MySqlQuestions.IsOn((await connection.RowsAsync("SELECT @@global.read_only AS v", cancel).ConfigureAwait(false))[0]["v"]);
        channels = channels.ConvertAll(channel => channel with { IsReadOnly = isReadOnly });
        if (!connection.IsMariaDb())
        {
            channels = await AddContactAsync(connection, channels, cancel).ConfigureAwait(false);
            channels = await AddWorkerErrorsAsync(connection, channels, cancel).ConfigureAwait(false);
        }

        return channels;
    }

    private static async Task<List<Dictionary<string, object?>>> ShowAsync(MySqlConnection connection, CancellationToken cancel)
    {
        if (connection.IsMariaDb())
        {
            // The only one that shows every connection of a multi-source replica; also has the applied position.
            return await connection.RowsAsync("SHOW ALL SLAVES STATUS", cancel).ConfigureAwait(false);
        }

        try
        {
            return await connection.RowsAsync("SHOW REPLICA STATUS", cancel).ConfigureAwait(false);
        }
        catch (MySqlException e) when (e.Number == (int)MySqlErrorCode.ParseError)
        {
            // Before 8.0.22.
            return await connection.RowsAsync("SHOW SLAVE STATUS", cancel).ConfigureAwait(false);
        }
    }

    /// <summary>When the receiver last heard from its source: a heartbeat, or a transaction.</summary>
    private static async Task<List<ReplicationStatus>> AddContactAsync(MySqlConnection connection, List<ReplicationStatus> channels, CancellationToken cancel)
    {
        List<Dictionary<string, object?>> rows;
        try
        {
            // All columns: the time of the last transaction is not there before 8.0.
            rows = await connection.RowsAsync(
                "SELECT s.*, NOW(6) AS answered_at FROM performance_schema.replication_connection_status s", cancel).ConfigureAwait(false);
        }
        catch (MySqlException e) when (MayNot(e))
        {
            return channels.ConvertAll(c => c with { Notes = [.. c.Notes, $"The age of the last contact is unknown: the account may not read performance_schema ({e.Number})."] });
        }

        return channels.ConvertAll(channel =>
        {
            Dictionary<string, object?>? row = rows.Find(r => ReplicationRow.Text(r, "CHANNEL_NAME") == channel.Channel);
            DateTime? heard = new[] { Time(row, "LAST_HEARTBEAT_TIMESTAMP"), Time(row, "LAST_QUEUED_TRANSACTION_END_QUEUE_TIMESTAMP") }.Max();
            return Time(row, "answered_at") - heard is { } age ? channel with { LastContactSeconds = Math.Max(0, age.TotalSeconds) } : channel;
        });
    }

    /// <summary>With several applier threads the status only says that a worker failed; the worker says why.</summary>
    private static async Task<List<ReplicationStatus>> AddWorkerErrorsAsync(MySqlConnection connection, List<ReplicationStatus> channels, CancellationToken cancel)
    {
        if (channels.TrueForAll(c => c.ApplierError is null))
        {
            return channels;
        }

        List<Dictionary<string, object?>> rows;
        try
        {
            rows = await connection.RowsAsync(
                "SELECT CHANNEL_NAME, LAST_ERROR_NUMBER, LAST_ERROR_MESSAGE FROM performance_schema.replication_applier_status_by_worker WHERE LAST_ERROR_NUMBER <> 0",
                cancel).ConfigureAwait(false);
        }
        catch (MySqlException e) when (MayNot(e))
        {
            return channels.ConvertAll(c => c with { Notes = [.. c.Notes, $"The applier's full error is unknown: the account may not read performance_schema ({e.Number})."] });
        }

        return channels.ConvertAll(channel => rows.Find(r => ReplicationRow.Text(r, "CHANNEL_NAME") == channel.Channel) is { } row
            ? channel with { ApplierError = ReplicationRow.Error(row, "LAST_ERROR_NUMBER", "LAST_ERROR_MESSAGE") ?? channel.ApplierError }
            : channel);
    }

    private static bool MayNot(MySqlException e) => e.Number is 1044 or 1142 or 1143 or 1227 or 1146 or 1109;

    private static DateTime? Time(Dictionary<string, object?>? row, string column) =>
        row?.GetValueOrDefault(column) is MySqlDateTime { IsValidDateTime: true } time ? time.GetDateTime() : null;
}
