using AcodeOps.Tuning;
using MySqlConnector;

namespace AcodeOps.Adapters.MySql;

/// <summary>
/// Reads the statement digests without their texts. The table is in the server's memory and has at most
/// <c>performance_schema_digests_size</c> rows.
/// </summary>
internal static class StatementRows
{
    public static async Task<List<StatementTotals>> ReadAsync(MySqlConnection connection, string table, CancellationToken cancel)
    {
        MySqlCommand command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText =
                "SELECT SCHEMA_NAME, DIGEST, COUNT_STAR, SUM_TIMER_WAIT, MAX_TIMER_WAIT, SUM_ERRORS, SUM_ROWS_EXAMINED, SUM_ROWS_SENT, SUM_CREATED_TMP_DISK_TABLES, "
                + $"SUM_NO_INDEX_USED, FIRST_SEEN, LAST_SEEN FROM {table}";
            MySqlDataReader row = await command.ExecuteReaderAsync(cancel).ConfigureAwait(false);
            await using (row.ConfigureAwait(false))
            {
                List<StatementTotals> statements = [];
                while (await row.ReadAsync(cancel).ConfigureAwait(false))
                {
                    statements.Add(Map(row));
                }

                return statements;
            }
        }
    }

    private static StatementTotals Map(MySqlDataReader row) => new()
    {
        Key = new StatementKey(row.IsDBNull(0) ? null : row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1)),
        Executions = row.GetUInt64(2),
        TimePicoseconds = row.GetUInt64(3),
        LongestPicoseconds = row.GetUInt64(4),
        Errors = row.GetUInt64(5),
        RowsExamined = row.GetUInt64(6),
        RowsSent = row.GetUInt64(7),
        TemporaryTablesOnDisk = row.GetUInt64(8),
        WithoutIndex = row.GetUInt64(9),
        FirstSeenAt = Time(row, 10),
        LastSeenAt = Time(row, 11),
    };

    // The session is in UTC.
    private static DateTimeOffset? Time(MySqlDataReader row, int column) =>
        !row.IsDBNull(column) && row.GetMySqlDateTime(column) is { IsValidDateTime: true } time
            ? new DateTimeOffset(DateTime.SpecifyKind(time.GetDateTime(), DateTimeKind.Utc))
            : null;
}
