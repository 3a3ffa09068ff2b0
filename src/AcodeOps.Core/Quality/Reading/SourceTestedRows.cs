using System.Globalization;
using System.Runtime.CompilerServices;

namespace AcodeOps.Quality.Reading;

/// <summary>Rows of a source: of days by their event date, or of a table without one the newest by key. Never a scan.</summary>
internal sealed class SourceTestedRows : TestedRows
{
    private readonly ISource _source;
    private readonly TableDefinition _table;
    private readonly IReadOnlyList<RowWindow> _windows;

    private SourceTestedRows(ISource source, TableDefinition table, TableWay way, IReadOnlyList<RowWindow> windows, IReadOnlyList<string> evidence)
    {
        (_source, _table, _windows, Evidence) = (source, table, windows, evidence);
        Columns = [.. way.Columns.Select(column => column.Name)];
    }

    /// <inheritdoc />
    public override string ReadFrom => _source.Definition.ToString();

    /// <inheritdoc />
    public override IReadOnlyList<string> Columns { get; }

    /// <inheritdoc />
    public override bool KeyMayRepeat => false;

    /// <inheritdoc />
    public override IReadOnlyList<string> Evidence { get; }

    /// <summary>Finds where the rows are.</summary>
    /// <param name="source">The source.</param>
    /// <param name="table">The table.</param>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    /// <param name="mostRows">How many rows of a table without an event date are read.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="AcodeException"><c>SourceTableNotIndexed</c>, or the source's failure.</exception>
    public static async Task<SourceTestedRows> FindAsync(ISource source, TableDefinition table, DateOnly from, DateOnly to, long mostRows, CancellationToken cancel)
    {
        TableWay way = await source.FindWayAsync(table, cancel).ConfigureAwait(false);
        if (table.EventDate is null)
        {
            string? last = await source.ReadCursorAsync(table, table.Key, cancel).ConfigureAwait(false);
            string? first = decimal.TryParse(last, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out decimal number) ? (number - mostRows + 1).ToString(CultureInfo.InvariantCulture) : null;
            return new SourceTestedRows(source, table, way, last is null ? [] : [new RowWindow { Keys = [new KeyRange(first, last)] }],
                [$"no event date: the newest {mostRows.ToString("N0", CultureInfo.InvariantCulture)} keys"]);
        }

        DateOnly[] days = [.. Enumerable.Range(0, to.DayNumber - from.DayNumber + 1).Select(from.AddDays)];
        if (way.Order == RowOrder.EventDate)
        {
            return new SourceTestedRows(source, table, way, [.. days.Select(day => new RowWindow { Date = day })], [$"read by: {way.Method}"]);
        }

        DateLocations found = await source.LocateDatesAsync(table, from, to, null, cancel).ConfigureAwait(false);
        return new SourceTestedRows(
            source, table, way,
            [.. days.Where(found.Dates.ContainsKey).Select(day => new RowWindow { Date = day, Keys = found.Dates[day].Keys })],
            [$"read by: {way.Method}", string.Create(CultureInfo.InvariantCulture, $"gone along {found.RowsSeen:N0} rows: rows of these days with a smaller {table.Key} than {found.Since} are not found")]);
    }

    /// <inheritdoc />
    public override async IAsyncEnumerable<IEnumerable<object?[]>> ReadAsync(IReadOnlyCollection<int> wanted, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (RowWindow window in _windows)
        {
            await foreach (IReadOnlyList<SourceRow> page in _source.ReadRowsAsync(_table, window, null, cancel).ConfigureAwait(false))
            {
                yield return page.Select(row => row.Values);
            }
        }
    }
}
