namespace AcodeOps.Adapters.MySql;

/// <summary>How many rows a page has: few to begin with, then as many as are read lightly. Large rows and a busy server make it smaller.</summary>
internal sealed class PagePace(TimeProvider clock)
{
    private const int First = 500;
    private const int Least = 20;
    private const int Most = 10_000;
    private const int Growth = 4;
    private const double WantedBytes = 4 << 20;

    // Far within the time limit of a statement.
    private static readonly TimeSpan Wanted = TimeSpan.FromSeconds(1);

    private int _rows = First;

    /// <summary>Reads a page.</summary>
    /// <returns>The page; null when it took too long and is to be read again, smaller.</returns>
    public async Task<RowReader.Page?> ReadAsync(Func<int, Task<RowReader.Page>> read)
    {
        long began = clock.GetTimestamp();
        try
        {
            RowReader.Page page = await read(_rows).ConfigureAwait(false);
            Adapt(page.Rows, clock.GetElapsedTime(began));
            return page;
        }
        catch (AcodeException failure) when (failure.Id == "SourceStatementTimedOut" && _rows > Least)
        {
            _rows = Math.Max(Least, _rows / Growth);
            return null;
        }
    }

    private void Adapt(IReadOnlyList<SourceRow> rows, TimeSpan took)
    {
        double bytes = rows.Sum(row => (double)row.Bytes);
        double factor = Math.Min(Wanted / (took + TimeSpan.FromMilliseconds(1)), WantedBytes / (bytes + 1));
        _rows = (int)Math.Clamp(_rows * Math.Clamp(factor, 1.0 / Growth, Growth), Least, Most);
    }
}
