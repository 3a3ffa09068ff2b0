namespace AcodeOps.Comparing;

/// <summary>
/// Compares a source's table with the lake, along the key: what a block's footers say of its rows against the source's count of the same keys. Only blocks
/// that differ are read, the key alone; or with values all of them, by checksums that the source's server computes.
/// </summary>
internal sealed class LakeComparison(SourceSide source, LakeSide lake, ComparedTable compared, RowComparison rows, DifferenceTally tally, bool includesValues)
{
    // So many rows that come twice are told one by one.
    private const int MostDuplicates = 1_000;

    // So many blocks are read from the lake at a time, while the source's server sums up those before; fewer where they are large.
    private const int BlocksAtOnce = 3;
    private const int LargeBlocksAtOnce = 2;
    private const long LargeRows = 1_000_000;

    /// <summary>Compares.</summary>
    /// <param name="progress">Is told how far it is; null for nobody.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="AcodeException">The source's or the storage's failure.</exception>
    public async Task RunAsync(IProgress<string>? progress, CancellationToken cancel)
    {
        long next = long.MinValue;
        int atOnce = lake.Blocks.Any(block => block.Rows > LargeRows) ? LargeBlocksAtOnce : BlocksAtOnce;
        await foreach ((LakeBlock block, LakeBlockRows? opened) in ReadAhead.SelectAsync(
            lake.Blocks, atOnce, async (one, stop) => (one, includesValues ? await lake.OpenAsync(one, stop).ConfigureAwait(false) : null), cancel).ConfigureAwait(false))
        {
            if (block.Keys.From > next)
            {
                await rows.CountMissingAsync(source, new Keys(next, block.Keys.From - 1), cancel).ConfigureAwait(false);
            }

            await CompareAsync(block, opened, cancel).ConfigureAwait(false);
            next = block.Keys.To + 1;
            progress?.Report($"{compared.Table}: {tally.RowsTo:N0} rows of the lake");
        }

        if (lake.Blocks.Count == 0 || next != long.MinValue)
        {
            await rows.CountMissingAsync(source, new Keys(next, long.MaxValue), cancel).ConfigureAwait(false);
        }
    }

    private async Task CompareAsync(LakeBlock block, LakeBlockRows? opened, CancellationToken cancel)
    {
        tally.RowsTo += block.Rows;
        if (opened is null)
        {
            long has = await source.CountAsync(block.Keys, cancel).ConfigureAwait(false);
            if (has == block.Rows)
            {
                tally.RowsFrom += has;
                return;
            }

            opened = await lake.OpenAsync(block, cancel).ConfigureAwait(false);
        }

        tally.Superseded += opened.Superseded;
        DifferingRanges differing = new(source, opened);
        await foreach ((Keys part, long count) in source.PartsAsync(block.Keys, cancel).ConfigureAwait(false))
        {
            tally.RowsFrom += count;
            await differing.FindAsync(part, cancel).ConfigureAwait(false);
        }

        List<Keys> ranges = rows.Choose(differing.Found);
        if (ranges.Count > 0)
        {
            rows.Compare(await source.ReadRowsAsync(ranges, cancel).ConfigureAwait(false), await lake.ReadRowsAsync(block, ranges, cancel).ConfigureAwait(false));
        }

        Keys[] twice = [.. opened.Duplicates.Take(MostDuplicates).Select(one => new Keys(one.Key, one.Key))];
        rows.Count(opened.Duplicates, twice.Length == 0 ? [] : await lake.ReadRowsAsync(block, twice, cancel).ConfigureAwait(false));
    }
}
