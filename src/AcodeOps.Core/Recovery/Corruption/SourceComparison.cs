using System.Globalization;
using AcodeOps.Health;
using AcodeOps.Routing.Gates;

namespace AcodeOps.Recovery.Corruption;

/// <summary>
/// Compares a table on both sources: how far its keys and its processing times reach, and how many rows it has among the
/// corrupted rows' keys. Only what both have by now is compared; what the replica is still to get is its lag.
/// </summary>
/// <param name="primary">The primary source.</param>
/// <param name="backup">Its replica.</param>
/// <param name="table">The table.</param>
/// <param name="objectives">What lag is allowed.</param>
internal sealed class SourceComparison(ISource primary, ISource backup, TableDefinition table, Objectives objectives)
{
    // Counting goes along the key's index: so many keys take a partner's server a moment.
    private const long MostKeys = 1_000_000;

    /// <summary>Healthy where they agree; Failed where they differ; Unknown where that cannot be told.</summary>
    /// <param name="keys">The keys of the corrupted rows; null for the newest ones.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<Observation> JudgeAsync(ColumnRange? keys, CancellationToken cancel)
    {
        // The replica first: what the primary gets meanwhile must not look like a row that only the replica has.
        string? there = await backup.ReadCursorAsync(table, table.Key, cancel).ConfigureAwait(false);
        TableWatermark? replicas = await WatermarkAsync(backup, cancel).ConfigureAwait(false);
        string? here = await primary.ReadCursorAsync(table, table.Key, cancel).ConfigureAwait(false);
        TableWatermark? primarys = await WatermarkAsync(primary, cancel).ConfigureAwait(false);
        if (Number(there) is not { } reached || Number(here) is not { } due)
        {
            return here is null && there is null
                ? new Observation(Verdict.Healthy, "The table is empty on both sources.")
                : Different($"The table ends at {table.Key} {here ?? "(empty)"} on the primary and at {there ?? "(empty)"} on the replica.");
        }

        if (reached > due)
        {
            return Different($"The replica has {table.Key} {there}, and the primary ends at {here}: rows are lost on the primary, or were written to the replica.");
        }

        if (replicas?.ProcessedAt > primarys?.ProcessedAt)
        {
            return Different($"The replica holds rows of {replicas.ProcessedAt:u}, and the primary none newer than {primarys.ProcessedAt:u}.");
        }

        long behind = due == reached ? 0 : await primary.CountCursorAsync(table, table.Key, there!, including: false, to: null, cancel).ConfigureAwait(false);
        if (behind == 0 && replicas?.ProcessedAt != primarys?.ProcessedAt)
        {
            return Different($"Both end at {table.Key} {there}, but the newest row is of {primarys?.ProcessedAt:u} on the primary and of {replicas?.ProcessedAt:u} on the replica.");
        }

        if (behind > 0 && await LagAsync(behind, cancel).ConfigureAwait(false) is { } late)
        {
            return late;
        }

        (string from, string to) = Window(keys, reached);
        long mine = await primary.CountCursorAsync(table, table.Key, from, including: true, to, cancel).ConfigureAwait(false);
        long others = await backup.CountCursorAsync(table, table.Key, from, including: true, to, cancel).ConfigureAwait(false);
        string what = string.Create(CultureInfo.InvariantCulture, $"rows with {table.Key} {from} to {to}");
        return mine == others
            ? new Observation(Verdict.Healthy, string.Create(CultureInfo.InvariantCulture, $"Both sources have {mine:N0} {what}{(behind == 0 ? "" : $"; the replica is to get {behind:N0} more")}."))
            : Different(string.Create(CultureInfo.InvariantCulture, $"The primary has {mine:N0} {what}, and the replica {others:N0}."));
    }

    /// <summary>What stands against taking what the replica lacks for its lag; null where nothing does.</summary>
    private async Task<Observation?> LagAsync(long behind, CancellationToken cancel)
    {
        double? lag = ReplicaGate.LagSeconds(await backup.ReadReplicationAsync(cancel).ConfigureAwait(false));
        string lacks = string.Create(CultureInfo.InvariantCulture, $"The replica lacks {behind:N0} rows");
        return lag is null ? new Observation(Verdict.Unknown, $"{lacks}, and how far it is behind is not known.")
            : lag > objectives.LagSeconds ? Different(string.Create(CultureInfo.InvariantCulture, $"{lacks} and is {lag:0.#} s behind; {objectives.LagSeconds:0.#} s are allowed."))
            : null;
    }

    /// <summary>The corrupted rows' keys as far as both sources reach, and no more than the newest of them.</summary>
    private static (string From, string To) Window(ColumnRange? keys, decimal reached)
    {
        // Keys grow from 1: what ends below it is damage, and no range.
        decimal to = Number(keys?.Greatest) is >= 1 and { } greatest && greatest < reached ? greatest : reached;
        decimal from = Math.Max(1, Number(keys?.Least) is { } least && least <= to && least > to - MostKeys ? least : to - MostKeys);
        return (from.ToString("0", CultureInfo.InvariantCulture), to.ToString("0", CultureInfo.InvariantCulture));
    }

    private async Task<TableWatermark?> WatermarkAsync(ISource source, CancellationToken cancel) =>
        table.ProcessedAt is null ? null : await source.ReadWatermarkAsync(table, cancel).ConfigureAwait(false);

    private static Observation Different(string summary) => new(Verdict.Failed, summary);

    private static decimal? Number(string? text) => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out decimal number) ? number : null;
}
