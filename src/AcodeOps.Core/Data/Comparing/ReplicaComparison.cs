namespace AcodeOps.Comparing;

/// <summary>Compares a table of the primary with the replica's, along the key, by checksums that both servers compute.</summary>
internal sealed class ReplicaComparison(SourceSide primary, SourceSide replica, ComparedTable compared, RowComparison rows, DifferenceTally tally)
{
    /// <summary>Compares.</summary>
    /// <param name="all">The keys of both.</param>
    /// <param name="progress">Is told how far it is; null for nobody.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="AcodeException">A source's failure.</exception>
    public async Task RunAsync(Keys all, IProgress<string>? progress, CancellationToken cancel)
    {
        await foreach ((Keys part, long count) in primary.PartsAsync(all, cancel).ConfigureAwait(false))
        {
            DifferingRanges differing = new(primary, replica);
            await differing.FindAsync(part, cancel).ConfigureAwait(false);
            tally.RowsFrom += count;
            tally.RowsTo += differing.RowsTo;
            if (rows.Choose(differing.Found) is { Count: > 0 } ranges)
            {
                Dictionary<long, ComparedRow> others = await replica.ReadRowsAsync(ranges, cancel).ConfigureAwait(false);
                rows.Compare(
                    await primary.ReadRowsAsync(ranges, cancel).ConfigureAwait(false),
                    others.ToDictionary(one => one.Key, one => new List<ComparedRow> { one.Value }));
            }

            progress?.Report($"{compared.Table}: {tally.RowsFrom:N0} rows");
        }
    }
}
