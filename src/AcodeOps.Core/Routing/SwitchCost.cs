using AcodeOps.Routing.Gates;

namespace AcodeOps.Routing;

/// <summary>What a switch will cost: how old the new source's data is, which rows it lacks, which will be read twice. What cannot be asked stays unknown.</summary>
internal sealed class SwitchCost(IInstallation installation, GateContext context)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>The plan with its cost.</summary>
    public async Task<FailoverPlan> AddAsync(FailoverPlan plan, CancellationToken cancel)
    {
        IReadOnlyList<ReplicationStatus> channels = context.IsToReplica ? await context.ReplicationAsync().ConfigureAwait(false) : [];
        double? lag = context.IsToReplica ? ReplicaGate.LagSeconds(channels) : 0;
        IReadOnlyDictionary<string, string?> cursors = await SourceCursors.ReadAsync(installation, plan.To, cancel).ConfigureAwait(false);
        IReadOnlyList<CarriedStream> carried = await CarriedAsync(plan, lag, cursors, cancel).ConfigureAwait(false);
        StreamSwitch[] streams = await Task.WhenAll(plan.To.Connection.Streams.Select(
            stream => StreamAsync(plan, stream, carried.FirstOrDefault(c => c.Stream.Name == stream.Name), cursors, cancel))).ConfigureAwait(false);
        return plan with
        {
            LagSeconds = lag,
            DataUpTo = await WatermarkAsync(plan.To, cancel).ConfigureAwait(false),
            FaultAt = plan.FaultAt ?? LastContact(channels),
            Streams = streams,
        };
    }

    // The old source fell silent when the replica heard of it for the last time.
    private static DateTimeOffset? LastContact(IReadOnlyList<ReplicationStatus> channels) => channels
        .Where(c => c is { Receiver: ReplicationThread.Connecting, LastContactSeconds: not null })
        .Select(c => (DateTimeOffset?)c.ReadAt.AddSeconds(-c.LastContactSeconds!.Value)).Max();

    private async Task<IReadOnlyList<CarriedStream>> CarriedAsync(
        FailoverPlan plan, double? lag, IReadOnlyDictionary<string, string?> cursors, CancellationToken cancel)
    {
        if (plan.StatePolicy != StatePolicy.Carry || plan.Origin is null || !plan.To.IncrementalStreams.Any())
        {
            return [];
        }

        return new StateCarry
        {
            Origin = plan.Origin,
            To = plan.To,
            OldState = await context.StateAsync(plan.Origin).ConfigureAwait(false),
            OwnState = await context.StateAsync(plan.To).ConfigureAwait(false),
            LagSeconds = lag ?? installation.Environment.Objectives.LagSeconds,
            MarginSeconds = installation.Environment.Failover.CursorMarginSeconds,
            SourceCursors = cursors,
            CursorsAtTakeover = await Takeover.CursorsAsync(installation, plan.Origin, cancel).ConfigureAwait(false),
        }.Compute();
    }

    private async Task<StreamSwitch> StreamAsync(
        FailoverPlan plan, ConnectionStream stream, CarriedStream? carried, IReadOnlyDictionary<string, string?> cursors, CancellationToken cancel)
    {
        TableDefinition table = installation.Environment.TableOf(stream);
        long? twice = carried is { Old: { } old, New: { } from }
            ? await Known.OrDefaultAsync<long?>(async c => await installation.Source(plan.To.Route.Source).CountCursorAsync(table, from.Field, from.Value, including: true, old.Value, c).ConfigureAwait(false), Limit, cancel).ConfigureAwait(false)
            : null;
        return new StreamSwitch
        {
            Stream = stream.Name,
            SyncMode = stream.SyncMode,
            StatePolicy = stream.IsIncremental ? plan.StatePolicy : null,
            OldCursor = carried?.Old?.Value,
            NewCursor = carried?.New?.Value,
            SourceCursor = cursors.GetValueOrDefault(stream.Name),
            RowsAtRisk = await RowsAtRiskAsync(table, cancel).ConfigureAwait(false),
            RowsReadTwice = twice,
        };
    }

    /// <summary>The rows that the old source has beyond the greatest key of the new one: only a replica can lack any.</summary>
    private async Task<long?> RowsAtRiskAsync(TableDefinition table, CancellationToken cancel)
    {
        if (!context.IsToReplica)
        {
            return 0;
        }

        if (!await context.AnswersAsync(SourceRole.Primary).ConfigureAwait(false))
        {
            return null;
        }

        return await Known.OrDefaultAsync<long?>(
            async c => await installation.Source(SourceRole.Backup).ReadCursorAsync(table, table.Key, c).ConfigureAwait(false) is { } greatest
                ? await installation.Source(SourceRole.Primary).CountCursorAsync(table, table.Key, greatest, including: false, to: null, c).ConfigureAwait(false)
                : null,
            Limit, cancel).ConfigureAwait(false);
    }

    private async Task<DateTimeOffset?> WatermarkAsync(PlannedRoute route, CancellationToken cancel)
    {
        ISource source = installation.Source(route.Route.Source);
        DateTimeOffset? newest = null;
        foreach (TableDefinition table in installation.Environment.Tables.Where(t => t.ProcessedAt is not null))
        {
            TableWatermark? mark = await Known.OrDefaultAsync<TableWatermark?>(async c => await source.ReadWatermarkAsync(table, c).ConfigureAwait(false), Limit, cancel).ConfigureAwait(false);
            newest = mark?.ProcessedAt > newest || newest is null ? mark?.ProcessedAt : newest;
        }

        return newest;
    }
}
