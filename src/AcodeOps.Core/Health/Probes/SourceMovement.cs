using AcodeOps.Syncs;

namespace AcodeOps.Health.Probes;

/// <summary>Whether the source had new rows for a sync that moved none.</summary>
/// <param name="HasMoved">Null when it cannot be told.</param>
/// <param name="Evidence">What was seen.</param>
internal sealed record SourceMovement(bool? HasMoved, string Evidence)
{
    /// <summary>True when it has to be asked: the last sync succeeded without rows, and every stream reads on from a cursor.</summary>
    public static bool IsQuestioned(RouteReading reading) =>
        reading.Syncs.FirstOrDefault(sync => sync.IsTerminal) is { Status: SyncStatus.Succeeded, RowsSynced: 0 }
        && reading.Connection is { Streams.Count: > 0 } connection && connection.Streams.All(stream => stream.IsIncremental);

    /// <summary>Compares how far the source's data reaches with the starts of the last success and of the one before.</summary>
    /// <param name="syncs">The connection's syncs, newest first.</param>
    /// <param name="watermarks">The tables of its streams that have a time of processing.</param>
    public static SourceMovement Judge(IReadOnlyList<Sync> syncs, IReadOnlyCollection<TableWatermark> watermarks)
    {
        Sync[] successes = [.. syncs.Where(sync => sync.Status == SyncStatus.Succeeded).Take(2)];
        DateTimeOffset? newest = watermarks.Max(table => table.ProcessedAt);
        if (watermarks.Count > 0 && watermarks.All(table => table.IsEmpty))
        {
            return new SourceMovement(false, "the source's tables are empty");
        }

        if (newest is not { } watermark || successes.Length == 0 || successes[0].StartedAt is not { } last)
        {
            return new SourceMovement(null, "how far the source's data reaches is not known");
        }

        if (successes.Length == 1 || successes[1].StartedAt is not { } before)
        {
            return new SourceMovement(watermark <= last ? true : null, $"the source's newest row is of {Elapsed.At(watermark)}, and no sync before is known");
        }

        string evidence = $"the source's newest row is of {Elapsed.At(watermark)}; syncs started at {Elapsed.At(before)} and {Elapsed.At(last)}";
        return watermark <= before ? new SourceMovement(false, evidence)
            : watermark <= last ? new SourceMovement(true, evidence)
            // Newer than both: it may have come after the last sync looked.
            : new SourceMovement(null, evidence);
    }
}
