using System.Globalization;
using System.Runtime.CompilerServices;
using AcodeOps.Health;
using AcodeOps.Recovery.Corruption;
using AcodeOps.Routing;

namespace AcodeOps.Quality.Reading;

/// <summary>
/// Rows of the lake: of the objects that landed since the first of the days, those whose footers do not say that they have
/// none of these days. Only the columns that are judged are read.
/// </summary>
internal sealed class LakeTestedRows : TestedRows
{
    private readonly IInstallation _installation;
    private readonly IObjectStore _store;
    private readonly TableDefinition _table;
    private readonly IReadOnlyList<StoredObject> _objects;
    private readonly (DateOnly From, DateOnly To) _days;
    private readonly string[] _found;

    private LakeTestedRows(IInstallation installation, IObjectStore store, TableDefinition table, string folder, (DateOnly, DateOnly) days, IReadOnlyList<StoredObject> objects, IReadOnlyList<string> columns, int listed)
    {
        (_installation, _store, _table, _objects, _days, Columns) = (installation, store, table, objects, days, columns);
        ReadFrom = $"s3://{store.Definition.Bucket}/{folder}";
        _found = [string.Create(CultureInfo.InvariantCulture, $"{objects.Count} of {listed} objects that landed since, {objects.Sum(one => one.SizeBytes) / 1e6:N1} MB")];
    }

    /// <inheritdoc />
    public override string ReadFrom { get; }

    /// <inheritdoc />
    public override IReadOnlyList<string> Columns { get; }

    /// <inheritdoc />
    public override bool KeyMayRepeat => true;

    /// <inheritdoc />
    public override bool IsWhole => Window.IsCertain;

    /// <inheritdoc />
    public override IReadOnlyList<string> Evidence => [.. _found, .. IsWhole ? Array.Empty<string>() : ["the sync began within two seconds of the end of the one before: which of the objects of that time are its own cannot be told, and they are left out"]];

    private LandingWindow Window { get; init; } = null!;

    /// <summary>Finds the objects.</summary>
    /// <param name="context">The reading, for the routes.</param>
    /// <param name="table">The table.</param>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="AcodeException"><c>RouteMissing</c>, <c>LakeNotByDay</c>, <c>SyncMissing</c>, <c>LakeFileUnreadable</c>, or a server's failure.</exception>
    public static async Task<LakeTestedRows> FindAsync(HealthContext context, TableDefinition table, DateOnly from, DateOnly to, CancellationToken cancel)
    {
        StreamPlace place = await StreamPlace.WritingAsync(context, table).ConfigureAwait(false);
        IObjectStore store = context.Installation.Storage(place.Route.Route.Storage);
        List<StoredObject> wanted = [];
        string[] columns = [];
        int listed = 0;
        LandingWindow window = await LandingWindow.FindAsync(context, place, from, cancel).ConfigureAwait(false);
        await foreach (StoredObject stored in LandedObjects.ListAsync(store, place.Route, place.Stream, window.FirstDay, window.From, window.Until, context.Now, cancel).ConfigureAwait(false))
        {
            if (stored.SizeBytes == 0)
            {
                continue;
            }

            listed++;
            LakeFile file = await context.Installation.Lake.ReadFooterAsync(store, stored, table.EventDate is { } date ? [date] : [], cancel).ConfigureAwait(false);
            columns = [.. file.Columns.Where(column => !column.StartsWith("_airbyte", StringComparison.Ordinal)).Union(columns)];
            if (table.EventDate is null || !file.Ranges.TryGetValue(table.EventDate, out ColumnRange? range) || Overlaps(range, from, to))
            {
                wanted.Add(stored);
            }
        }

        return new LakeTestedRows(context.Installation, store, table, place.Folder, (from, to), wanted, columns, listed) { Window = window };
    }

    /// <inheritdoc />
    public override async IAsyncEnumerable<IEnumerable<object?[]>> ReadAsync(IReadOnlyCollection<int> wanted, [EnumeratorCancellation] CancellationToken cancel)
    {
        int date = Columns.ToList().FindIndex(name => name.Equals(_table.EventDate, StringComparison.OrdinalIgnoreCase));
        int[] places = [.. wanted.Append(date).Where(i => i >= 0).Distinct()];
        foreach (StoredObject stored in _objects)
        {
            await foreach (IReadOnlyList<string?[]> group in _installation.Lake.ReadColumnsAsync(_store, stored, [.. places.Select(i => Columns[i])], cancel).ConfigureAwait(false))
            {
                yield return Rows(group, places, date);
            }
        }
    }

    // Rows without a day are judged too: nobody else would see them.
    private IEnumerable<object?[]> Rows(IReadOnlyList<string?[]> group, int[] places, int date)
    {
        for (int row = 0; group.Count > 0 && row < group[0].Length; row++)
        {
            object?[] values = new object?[Columns.Count];
            for (int i = 0; i < places.Length; i++)
            {
                values[places[i]] = group[i][row];
            }

            if (date < 0 || Cells.Time(values[date], TimeZoneInfo.Utc) is not { Day: var day } || (day >= _days.From && day <= _days.To) || day > Today())
            {
                yield return values;
            }
        }
    }

    private DateOnly Today() => LocalTimes.Today(_installation.Clock.GetUtcNow(), LocalTimes.Zone(_installation.Environment.TimeZone));

    private static bool Overlaps(ColumnRange range, DateOnly from, DateOnly to) =>
        Cells.Time(range.Least, TimeZoneInfo.Utc) is not { Day: var least } || Cells.Time(range.Greatest, TimeZoneInfo.Utc) is not { Day: var greatest }
        || (least <= to && greatest >= from) || greatest > to;
}
