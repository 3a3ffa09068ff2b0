namespace AcodeOps.Quality.Days;

/// <summary>What the checks of a table's days ask the source, each question once.</summary>
/// <param name="source">The source.</param>
/// <param name="table">The table; it has an event date.</param>
/// <param name="from">The first day.</param>
/// <param name="to">The last day.</param>
/// <param name="today">The date now where the source is.</param>
public sealed class DayReading(ISource source, TableDefinition table, DateOnly from, DateOnly to, DateOnly today)
{
    /// <summary>How many weeks a day is compared with.</summary>
    public const int Weeks = 4;

    private readonly Dictionary<DateOnly, TablePass> _passes = [];
    private TableVolume? _volume;

    /// <summary>The source.</summary>
    public ISource Source => source;

    /// <summary>The table.</summary>
    public TableDefinition Table => table;

    /// <summary>The date now where the source is.</summary>
    public DateOnly Today => today;

    /// <summary>The days.</summary>
    public IEnumerable<DateOnly> Days => Enumerable.Range(0, to.DayNumber - from.DayNumber + 1).Select(from.AddDays);

    /// <summary>The rows of the days, and of the weeks before them.</summary>
    public async Task<TableVolume> VolumeAsync(CancellationToken cancel) =>
        _volume ??= await source.ReadVolumeAsync(table, from.AddDays(-7 * Weeks), to, cancel).ConfigureAwait(false);

    /// <summary>The figures of a day; null where they cannot be counted without scanning the table. A day without rows has zeros.</summary>
    public async Task<TableDay?> DayAsync(DateOnly day, CancellationToken cancel)
    {
        // A pass has the figures of two days: of the last closed one, and of the one that was today then.
        if (!_passes.TryGetValue(day, out TablePass? pass))
        {
            pass = _passes[day] = await source.ReadPassAsync(table, day, day.AddDays(1), cancel).ConfigureAwait(false);
        }

        return pass.Volume.CompleteFrom <= day ? pass.Days.GetValueOrDefault(day) ?? new TableDay(0, null, 0) : null;
    }
}
