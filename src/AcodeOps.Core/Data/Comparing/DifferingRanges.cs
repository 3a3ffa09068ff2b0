namespace AcodeOps.Comparing;

/// <summary>A stretch of keys whose rows differ.</summary>
/// <param name="Keys">The keys.</param>
/// <param name="From">How many rows the source has there.</param>
/// <param name="To">How many rows the other side has there.</param>
internal readonly record struct DifferingStretch(Keys Keys, long From, long To);

/// <summary>Finds the few keys in a range whose rows differ, by the checksums of ever smaller stretches of it.</summary>
/// <param name="from">The source.</param>
/// <param name="to">The other side.</param>
internal sealed class DifferingRanges(IChecksums from, IChecksums to)
{
    // So few rows are read one by one.
    private const long FewRows = 2_048;
    private const ulong Stretches = 128;

    /// <summary>The stretches that differ, in order.</summary>
    public List<DifferingStretch> Found { get; } = [];

    /// <summary>The rows that the other side has in all ranges that were asked about.</summary>
    public long RowsTo { get; private set; }

    /// <summary>Looks through a range.</summary>
    public async Task FindAsync(Keys keys, CancellationToken cancel) => RowsTo += await LookAsync(keys, cancel).ConfigureAwait(false);

    private async Task<long> LookAsync(Keys keys, CancellationToken cancel)
    {
        long width = (long)(((ulong)keys.To - (ulong)keys.From) / Stretches) + 1;
        Task<IReadOnlyDictionary<long, RangeChecksum>> asked = from.ReadAsync(keys, width, cancel);
        IReadOnlyDictionary<long, RangeChecksum> others = await to.ReadAsync(keys, width, cancel).ConfigureAwait(false);
        IReadOnlyDictionary<long, RangeChecksum> ones = await asked.ConfigureAwait(false);
        foreach (long number in ones.Keys.Union(others.Keys).Order())
        {
            (RangeChecksum left, RangeChecksum right) = (ones.GetValueOrDefault(number), others.GetValueOrDefault(number));
            if (left == right)
            {
                continue;
            }

            long start = keys.From + (number * width);
            Keys stretch = new(start, keys.To - start < width ? keys.To : start + width - 1);
            if (width > 1 && Math.Max(left.Rows, right.Rows) > FewRows)
            {
                await LookAsync(stretch, cancel).ConfigureAwait(false);
            }
            else
            {
                Found.Add(new DifferingStretch(stretch, left.Rows, right.Rows));
            }
        }

        return others.Values.Sum(sum => sum.Rows);
    }
}
