namespace AcodeOps.Comparing;

/// <summary>
/// Compares a source's table with the lake where an engine reads the lake. Few questions, each about all that is still in doubt: first the sums of some
/// thousand stretches of keys, then finer ones of those that differ, then the rows.
/// </summary>
internal sealed class EngineComparison(SourceSide source, EngineSide lake, ComparedTable compared, RowComparison rows, DifferenceTally tally)
{
    private const int FirstStretches = 4_096;
    private const int FinerBits = 7;
    private const long FewRows = 2_048;
    private const int MostDuplicates = 1_000;

    /// <summary>Compares.</summary>
    /// <param name="all">The keys of both.</param>
    /// <param name="progress">Is told how far it is; null for nobody.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="AcodeException">The source's or the engine's failure.</exception>
    public async Task RunAsync(Keys all, IProgress<string>? progress, CancellationToken cancel)
    {
        // Powers of two, so that finer stretches lie in one coarser each.
        long width = 1;
        while ((((ulong)all.To - (ulong)all.From) / (ulong)width) >= FirstStretches)
        {
            width <<= 1;
        }

        List<Keys> doubted = [all];
        List<DifferingStretch> found = [];
        for (bool isFirst = true; doubted.Count > 0; isFirst = false)
        {
            progress?.Report(isFirst ? $"{compared.Table}: the engine sums up the lake" : $"{compared.Table}: {doubted.Count:N0} ranges differ");
            Dictionary<long, LakeSum> theirs = await lake.ReadSumsAsync(doubted, all.From, width, cancel).ConfigureAwait(false);
            Dictionary<long, RangeChecksum> ours = [];
            foreach (Keys range in doubted)
            {
                await source.AddSumsAsync(ours, range, all.From, width, cancel).ConfigureAwait(false);
            }

            if (isFirst)
            {
                await TakeAsync(all, width, ours, theirs, cancel).ConfigureAwait(false);
            }

            doubted = Differing(all, width, ours, theirs, found);
            width = Math.Max(1, width >> FinerBits);
        }

        if (rows.Choose(found.OrderBy(stretch => stretch.Keys.From)) is { Count: > 0 } ranges)
        {
            rows.Compare(await source.ReadRowsAsync(ranges, cancel).ConfigureAwait(false), await lake.ReadRowsAsync(ranges, cancel).ConfigureAwait(false));
        }
    }

    // What the first sums tell of all rows: how many there are, and which come twice.
    private async Task TakeAsync(Keys all, long width, Dictionary<long, RangeChecksum> ours, Dictionary<long, LakeSum> theirs, CancellationToken cancel)
    {
        long copies = theirs.Values.Sum(sum => sum.Copies);
        tally.RowsFrom += ours.Values.Sum(sum => sum.Rows);
        tally.RowsTo += theirs.Values.Sum(sum => sum.AllRows);
        tally.Superseded += theirs.Values.Sum(sum => sum.AllRows - sum.Sum.Rows - sum.Copies);
        if (copies == 0)
        {
            return;
        }

        List<Keys> twice = Joined(theirs.Where(one => one.Value.Copies > 0).Select(one => one.Key).Order(), all, width);
        List<(long Key, int Copies)> told = await lake.ReadCopiesAsync(twice, MostDuplicates, cancel).ConfigureAwait(false);
        rows.Count(told, await lake.ReadRowsAsync([.. told.Select(one => new Keys(one.Key, one.Key))], cancel).ConfigureAwait(false));
        if (copies > told.Sum(one => one.Copies))
        {
            tally.Add(RowDifferenceKind.Duplicated, copies - told.Sum(one => one.Copies));
        }
    }

    // Stretches of few rows are found; the others are looked at once more, finer.
    private static List<Keys> Differing(
        Keys all, long width, Dictionary<long, RangeChecksum> ours, Dictionary<long, LakeSum> theirs, List<DifferingStretch> found)
    {
        List<long> doubted = [];
        foreach (long stretch in ours.Keys.Union(theirs.Keys).Order())
        {
            (RangeChecksum left, RangeChecksum right) = (ours.GetValueOrDefault(stretch), theirs.GetValueOrDefault(stretch).Sum);
            if (left == right)
            {
                continue;
            }

            if (width > 1 && Math.Max(left.Rows, right.Rows) > FewRows)
            {
                doubted.Add(stretch);
            }
            else
            {
                found.Add(new DifferingStretch(KeysOf(stretch, all, width), left.Rows, right.Rows));
            }
        }

        return Joined(doubted, all, width);
    }

    private static List<Keys> Joined(IEnumerable<long> stretches, Keys all, long width)
    {
        List<Keys> ranges = [];
        foreach (Keys range in stretches.Select(stretch => KeysOf(stretch, all, width)))
        {
            if (ranges.Count > 0 && ranges[^1].To + 1 == range.From)
            {
                ranges[^1] = ranges[^1] with { To = range.To };
            }
            else
            {
                ranges.Add(range);
            }
        }

        return ranges;
    }

    private static Keys KeysOf(long stretch, Keys all, long width)
    {
        long from = all.From + (stretch * width);
        return new Keys(from, all.To - from < width ? all.To : from + width - 1);
    }
}
