using MySqlConnector;
using static AcodeOps.Adapters.MySql.MySqlQuestions;

namespace AcodeOps.Adapters.MySql;

/// <summary>
/// Finds the newest processing time and event date. Each by the index that leads with it; without one, among the newest
/// rows by the best order there is: the other date's index, else the key.
/// </summary>
internal static class WatermarkReader
{
    private const int Newest = 1_000;

    public static async Task<TableWatermark> ReadAsync(MySqlConnection connection, TableAccess access, SourceDefinition source, TimeZoneInfo zone, CancellationToken cancel)
    {
        TableDefinition table = access.Table;
        List<string> methods = [];
        DateTime? processedAt = await NewestAsync(table.ProcessedAt, access.ProcessedAtIndex, table.EventDate, access.EventDateIndex).ConfigureAwait(false);
        DateTime? eventDate = await NewestAsync(table.EventDate, access.EventDateIndex, table.ProcessedAt, access.ProcessedAtIndex).ConfigureAwait(false);
        bool isEmpty = processedAt is null && eventDate is null && await IsEmptyAsync().ConfigureAwait(false);

        return new TableWatermark(table.Name)
        {
            ProcessedAt = processedAt is not { } written ? null
                : access.ProcessedAtIsUtc ? new DateTimeOffset(DateTime.SpecifyKind(written, DateTimeKind.Utc))
                : LocalTimes.ToUtc(written, zone),
            EventDate = eventDate is { } date ? DateOnly.FromDateTime(date) : null,
            IsEmpty = isEmpty,
            Method = methods.Count == 0 ? "the table has no dates" : string.Join("; ", methods),
        };

        async Task<DateTime?> NewestAsync(string? column, string? ownIndex, string? otherColumn, string? otherIndex)
        {
            if (column is null)
            {
                return null;
            }

            if (ownIndex is not null)
            {
                methods.Add($"{column} by index {ownIndex}");
                return await TimeAsync($"SELECT MAX({Quote(column)}) AS newest FROM {access.Using(ownIndex)}").ConfigureAwait(false);
            }

            (string order, string index) = otherColumn is not null && otherIndex is not null ? (otherColumn, otherIndex)
                : access.KeyIndex is { } keyIndex ? (table.Key, keyIndex)
                : throw access.NoWayIn(source);
            methods.Add($"{column} among the newest {Newest:N0} rows by {order}");
            return await TimeAsync(
                $"SELECT MAX(v) AS newest FROM (SELECT {Quote(column)} AS v FROM {access.Using(index)} ORDER BY {Quote(order)} DESC LIMIT {Newest}) AS rows_seen").ConfigureAwait(false);
        }

        async Task<DateTime?> TimeAsync(string sql) =>
            (await connection.RowsAsync(sql, cancel).ConfigureAwait(false))[0]["newest"] switch
            {
                MySqlDateTime { IsValidDateTime: true } time => time.GetDateTime(),
                DateTime time => time,
                DateOnly date => date.ToDateTime(TimeOnly.MinValue),
                _ => null,
            };

        async Task<bool> IsEmptyAsync() => (await connection.RowsAsync(
            $"SELECT 1 FROM {(access.KeyIndex is { } index ? access.Using(index) : Quote(table.Name))} LIMIT 1", cancel).ConfigureAwait(false)).Count == 0;
    }
}
