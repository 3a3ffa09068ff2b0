using MySqlConnector;
using static AcodeOps.Adapters.MySql.MySqlQuestions;

namespace AcodeOps.Adapters.MySql;

/// <summary>
/// Finds the newest processing time and event date. Each by the index that leads with it; without one, among the newest
/// rows by the best order there is: the other date's index, else the key.
/// </summary>
internal static class WatermarkReader
{
    private const int NewestRows = 1_000;

    public static async Task<TableWatermark> ReadAsync(MySqlConnection connection, TableAccess access, SourceDefinition source, TimeZoneInfo zone, CancellationToken cancel)
    {
        (string select, string method) = Statement(access, source);
        Dictionary<string, object?> found = (await connection.RowsAsync($"SELECT {select}", cancel).ConfigureAwait(false))[0];
        return Of(access, zone, found, method);
    }

    /// <summary>What is selected to find it, in one row, and how it is found.</summary>
    /// <exception cref="AcodeException"><c>SourceTableNotIndexed</c>.</exception>
    public static (string Select, string Method) Statement(TableAccess access, SourceDefinition source)
    {
        TableDefinition table = access.Table;
        List<string> methods = [];
        string processedAt = Newest(table.ProcessedAt, access.ProcessedAtIndex, table.EventDate, access.EventDateIndex);
        string eventDate = Newest(table.EventDate, access.EventDateIndex, table.ProcessedAt, access.ProcessedAtIndex);
        // A table whose newest dates are NULL need not be empty.
        string any = $"EXISTS (SELECT 1 FROM {(access.KeyIndex is { } index ? access.Using(index) : Quote(table.Name))} LIMIT 1)";
        return ($"{processedAt} AS processed_at, {eventDate} AS event_date, {any} AS has_rows", methods.Count == 0 ? "the table has no dates" : string.Join("; ", methods));

        string Newest(string? column, string? ownIndex, string? otherColumn, string? otherIndex)
        {
            if (column is null)
            {
                return "NULL";
            }

            if (ownIndex is not null)
            {
                methods.Add($"{column} by index {ownIndex}");
                return $"(SELECT MAX({Quote(column)}) FROM {access.Using(ownIndex)})";
            }

            (string order, string index) = otherColumn is not null && otherIndex is not null ? (otherColumn, otherIndex)
                : access.KeyIndex is { } keyIndex ? (table.Key, keyIndex)
                : throw access.NoWayIn(source);
            methods.Add($"{column} among the newest {NewestRows:N0} rows by {order}");
            return $"(SELECT MAX(v) FROM (SELECT {Quote(column)} AS v FROM {access.Using(index)} ORDER BY {Quote(order)} DESC LIMIT {NewestRows}) AS rows_seen)";
        }
    }

    /// <summary>The watermark that was selected.</summary>
    public static TableWatermark Of(TableAccess access, TimeZoneInfo zone, IReadOnlyDictionary<string, object?> found, string method) => new(access.Table.Name)
    {
        ProcessedAt = Time(found["processed_at"]) is not { } written ? null
            : access.ProcessedAtIsUtc ? new DateTimeOffset(DateTime.SpecifyKind(written, DateTimeKind.Utc))
            : LocalTimes.ToUtc(written, zone),
        EventDate = Time(found["event_date"]) is { } date ? DateOnly.FromDateTime(date) : null,
        IsEmpty = !IsOn(found["has_rows"]),
        Method = method,
    };

    /// <summary>A time as the driver gives it; null for NULL and for a date of zeros.</summary>
    internal static DateTime? Time(object? value) => value switch
    {
        MySqlDateTime { IsValidDateTime: true } time => time.GetDateTime(),
        DateTime time => time,
        DateOnly date => date.ToDateTime(TimeOnly.MinValue),
        _ => null,
    };
}
