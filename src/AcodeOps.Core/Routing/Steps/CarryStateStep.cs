using AcodeOps.Audit;
using AcodeOps.Runbooks;

namespace AcodeOps.Routing.Steps;

/// <summary>Gives the new route's incremental streams the state to read on from where the old route stopped.</summary>
internal sealed class CarryStateStep(FailoverPlan plan) : SyncStateStep(plan)
{
    /// <summary>The fact that keeps the newest cursor values that the new source held when it took over, by stream.</summary>
    public const string Takeover = "cursors_at_takeover";

    /// <summary>The fact that keeps the streams' carried cursors.</summary>
    public const string Carried = "carried_cursors";

    private const string Old = "old_state";

    /// <inheritdoc />
    public override string Name => "carry_sync_state";

    /// <inheritdoc />
    public override string Title => Plan.StatePolicy == StatePolicy.Fresh ? $"Let {Plan.To} begin anew" : $"Carry the sync state to {Plan.To}";

    /// <inheritdoc />
    public override AuditEvent Audit(StepContext context) => Modified(Plan.To, Plan.StatePolicy == StatePolicy.Fresh ? "sync state reset" : "sync state carried");

    /// <inheritdoc />
    public override async Task PrepareAsync(StepContext context, CancellationToken cancel)
    {
        SyncState own = await ReadStateAsync(context, Plan.To, cancel).ConfigureAwait(false);
        IReadOnlyDictionary<string, string?> newest = await SourceCursors.ReadAsync(context.Installation, Plan.To, cancel).ConfigureAwait(false);
        context.Facts.Set(Takeover, newest);
        if (Plan.StatePolicy == StatePolicy.Fresh)
        {
            Remember(context, own, Plan.To.IncrementalStreams.Select(s => new StreamState(s.Name, Plan.To.NamespaceOf(s), null)));
            return;
        }

        SyncState old = await ReadStateAsync(context, Plan.Origin!, cancel).ConfigureAwait(false);
        IReadOnlyList<CarriedStream> carried = new StateCarry
        {
            Origin = Plan.Origin!,
            To = Plan.To,
            OldState = old,
            OwnState = own,
            LagSeconds = Plan.LagSeconds ?? context.Installation.Environment.Objectives.LagSeconds,
            MarginSeconds = context.Installation.Environment.Failover.CursorMarginSeconds,
            SourceCursors = newest,
            CursorsAtTakeover = await Routing.Takeover.CursorsAsync(context.Installation, Plan.Origin!, cancel).ConfigureAwait(false),
        }.Compute();
        context.Facts.Set(Old, old);
        context.Facts.Set(Carried, carried.ToDictionary(c => c.Stream.Name, c => new CarriedCursor(c.New!.Field, c.Old?.Value, c.New.Value)));
        Remember(context, own, carried.Select(c => c.State));
    }

    /// <inheritdoc />
    public override async Task ActAsync(StepContext context, CancellationToken cancel)
    {
        await base.ActAsync(context, cancel).ConfigureAwait(false);
        foreach ((string stream, CarriedCursor cursor) in context.Facts.Get<Dictionary<string, CarriedCursor>>(Carried) ?? [])
        {
            context.Tell($"{stream}: from {cursor.Field} {cursor.New}, where the old route stood at {cursor.Old}");
        }
    }
}
