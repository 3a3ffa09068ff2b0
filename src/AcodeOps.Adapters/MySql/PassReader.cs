using System.Globalization;
using MySqlConnector;
using static AcodeOps.Adapters.MySql.MySqlQuestions;

namespace AcodeOps.Adapters.MySql;

/// <summary>
/// Finds out everything that metrics ask of a table, in one statement. Along the date's index the days before are counted in the
/// index alone, and only the rows of the last closed day and of today are looked up; without one, the newest rows by key are read once.
/// </summary>
internal static class PassReader
{
    private const int Newest = 100_000;
    private const int Beyond = 1_000;

    // What a row of the answer is about.
    private const string Counted = "counted";
    private const string Summed = "summed";
    private const string Reach = "reach";

    /// <summary>Reads it.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="access">The table.</param>
    /// <param name="source">The server.</param>
    /// <param name="zone">The zone of its local times.</param>
    /// <param name="days">The first date whose rows are counted, and today.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task<TablePass> ReadAsync(
        MySqlConnection connection, TableAccess access, SourceDefinition source, TimeZoneInfo zone, (DateOnly From, DateOnly Today) days, CancellationToken cancel)
    {
        access.Require(source, access.Table.Value, access.Table.Pharmacy);
        bool isIndexed = access.EventDateIndex is not null;
        (string statement, string method) = Statement(access, source, days);
        List<Dictionary<string, object?>> rows = await connection.RowsAsync(statement, cancel).ConfigureAwait(false);

        Dictionary<DateOnly, long> counts = [];
        Dictionary<DateOnly, TableDay> figuresOf = [];
        foreach (Dictionary<string, object?> row in rows.Where(row => Part(row) != Reach && Date(row["d"]) is not null))
        {
            (DateOnly date, long count) = (Date(row["d"])!.Value, Number(row["n"]) ?? 0);
            counts[date] = count;
            if (Part(row) == Summed && date >= days.Today.AddDays(-1))
            {
                figuresOf[date] = new TableDay(count, row["amount"] is { } amount ? Convert.ToDecimal(amount, CultureInfo.InvariantCulture) : null, Number(row["pharmacies"]));
            }
        }

        Dictionary<string, object?> reach = rows.Single(row => Part(row) == Reach);
        return new TablePass(
            days.Today,
            WatermarkReader.Of(access, zone, reach, method),
            new TableVolume(access.Table.Name, counts)
            {
                CompleteFrom = isIndexed ? days.From : CompleteFrom([.. rows.Where(row => Part(row) == Summed).Select(KeyedDay.Of)], days.From, days.Today),
                Method = isIndexed ? $"{access.Table.EventDate} by index {access.EventDateIndex}" : $"newest {Newest:N0} rows by {access.Table.Key}",
            },
            figuresOf);
    }

    /// <summary>The statement, and how it finds the watermark.</summary>
    /// <exception cref="AcodeException"><c>SourceTableNotIndexed</c>.</exception>
    public static (string Sql, string Method) Statement(TableAccess access, SourceDefinition source, (DateOnly From, DateOnly Today) days)
    {
        (string watermark, string method) = WatermarkReader.Statement(access, source);
        string figures = access.EventDateIndex is { } index ? ByDate(access, index, days) : ByKey(access, access.KeyIndex ?? throw access.NoWayIn(source), days);
        return ($"SELECT '{Reach}' AS part, NULL AS d, NULL AS n, NULL AS amount, NULL AS pharmacies, {watermark}, NULL AS first_key, NULL AS last_key UNION ALL {figures}", method);
    }

    /// <summary>The figures of a day, for a SELECT list.</summary>
    public static string Figures(TableAccess access) =>
        $"{(access.Table.Value is { } value ? $"SUM({Quote(value)})" : "NULL")}, {(access.Table.Pharmacy is { } pharmacy ? $"COUNT(DISTINCT {Quote(pharmacy)})" : "NULL")}";

    private static string ByDate(TableAccess access, string index, (DateOnly From, DateOnly Today) days)
    {
        string date = Quote(access.Table.EventDate!), day = access.EventDay, table = access.Using(index), closed = Text(days.Today.AddDays(-1)), end = Text(days.Today.AddDays(1));
        return $"SELECT '{Counted}', {day}, COUNT(*), NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM {table} WHERE {date} >= {Text(days.From)} AND {date} < {closed} GROUP BY {day} "
            + $"UNION ALL SELECT '{Summed}', {day}, COUNT(*), {Figures(access)}, NULL, NULL, NULL, NULL, NULL FROM {table} WHERE {date} >= {closed} AND {date} < {end} GROUP BY {day}";
    }

    // All older dates are one group: what matters of them is how many there are, and up to which key.
    private static string ByKey(TableAccess access, string index, (DateOnly From, DateOnly Today) days)
    {
        string key = Quote(access.Table.Key);
        string columns = string.Join(", ", new[] { access.Table.Value, access.Table.Pharmacy }.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).Select(Quote)
            .Prepend($"{Quote(access.Table.EventDate!)} AS event_date").Prepend($"{key} AS row_key"));
        return $"SELECT '{Summed}', CASE WHEN event_date >= {Text(days.From)} THEN DATE(event_date) END AS event_day, COUNT(*), {Figures(access)}, NULL, NULL, NULL, MIN(row_key), MAX(row_key) "
            + $"FROM (SELECT {columns} FROM {access.Using(index)} ORDER BY {key} DESC LIMIT {Newest}) AS newest_rows GROUP BY event_day";
    }

    /// <summary>
    /// The earliest date of which all rows were seen. Rows come roughly in the order of their dates: where enough rows of older dates
    /// lie between a date's first row and the end of what was seen, there is none of it beyond.
    /// </summary>
    internal static DateOnly? CompleteFrom(IReadOnlyCollection<KeyedDay> seen, DateOnly from, DateOnly today)
    {
        if (seen.Sum(day => day.Rows) < Newest)
        {
            return from;
        }

        DateOnly? complete = null;
        for (DateOnly date = today; date >= from; date = date.AddDays(-1))
        {
            decimal? first = seen.Where(day => day.Date >= date).Min(day => (decimal?)day.FirstKey);
            if (first is null || seen.Where(day => (day.Date is null || day.Date < date) && day.LastKey < first).Sum(day => day.Rows) < Beyond)
            {
                break;
            }

            complete = date;
        }

        return complete;
    }

    private static string Part(Dictionary<string, object?> row) => (string)row["part"]!;

    private static long? Number(object? value) => value is null ? null : Convert.ToInt64(value, CultureInfo.InvariantCulture);

    /// <summary>The rows of a date among those that were seen; the date is null for all that are older than was asked for.</summary>
    internal sealed record KeyedDay(DateOnly? Date, long Rows, decimal FirstKey, decimal LastKey)
    {
        public static KeyedDay Of(Dictionary<string, object?> row) => new(PassReader.Date(row["d"]), Number(row["n"]) ?? 0, Key(row["first_key"]), Key(row["last_key"]));

        private static decimal Key(object? value) => Convert.ToDecimal(value, CultureInfo.InvariantCulture);
    }

    // A union of dates and NULLs may come as text.
    private static DateOnly? Date(object? value) =>
        value is string text && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date) ? date : VolumeReader.Date(value);

    private static string Text(DateOnly date) => string.Create(CultureInfo.InvariantCulture, $"'{date:yyyy-MM-dd}'");
}
