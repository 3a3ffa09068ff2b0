using System.Text.Json.Nodes;
using AcodeOps.Audit;
using AcodeOps.Runbooks;

namespace AcodeOps.Routing.Steps;

/// <summary>
/// Gives the new route's incremental streams the state to read on from. Both states as they were, and the one to be written,
/// are in the journal before anything is written.
/// </summary>
internal sealed class CarryStateStep(FailoverPlan plan) : FailoverStep(plan)
{
    /// <summary>The fact that keeps the newest cursor values that the new source held when it took over, by stream.</summary>
    public const string Takeover = "cursors_at_takeover";

    /// <summary>The fact that keeps the streams' carried cursors.</summary>
    public const string Carried = "carried_cursors";

    private const string Old = "old_state";
    private const string Before = "state_before";
    private const string Wanted = "state_wanted";

    /// <inheritdoc />
    public override string Name => "carry_sync_state";

    /// <inheritdoc />
    public override string Title => Plan.StatePolicy == StatePolicy.Fresh ? $"Let {Plan.To} begin anew" : $"Carry the sync state to {Plan.To}";

    private Guid Connection => Plan.To.Connection.ConnectionId;

    /// <inheritdoc />
    public override AuditEvent Audit(StepContext context) => Modified(Plan.To, Plan.StatePolicy == StatePolicy.Fresh ? "sync state reset" : "sync state carried");

    /// <inheritdoc />
    public override async Task PrepareAsync(StepContext context, CancellationToken cancel)
    {
        IAirbyteServer airbyte = context.Installation.Airbyte;
        SyncState own = await context.PersistAsync(c => airbyte.ReadStateAsync(Connection, c), cancel).ConfigureAwait(false);
        IReadOnlyDictionary<string, string?> newest = await SourceCursors.ReadAsync(context.Installation, Plan.To, cancel).ConfigureAwait(false);
        context.Facts.Set(Before, own);
        context.Facts.Set(Takeover, newest);
        if (Plan.StatePolicy == StatePolicy.Fresh)
        {
            context.Facts.Set(Wanted, Streams(Plan.To.IncrementalStreams.Select(s => new StreamState(s.Name, Plan.To.NamespaceOf(s), null))));
            return;
        }

        SyncState old = await context.PersistAsync(c => airbyte.ReadStateAsync(Plan.Origin!.Connection.ConnectionId, c), cancel).ConfigureAwait(false);
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
        context.Facts.Set(Wanted, Streams(carried.Select(c => c.State)));
    }

    /// <inheritdoc />
    public override async Task ActAsync(StepContext context, CancellationToken cancel)
    {
        await WriteAsync(context, context.Facts.Get<SyncState>(Wanted)!, cancel).ConfigureAwait(false);
        foreach ((string stream, CarriedCursor cursor) in context.Facts.Get<Dictionary<string, CarriedCursor>>(Carried) ?? [])
        {
            context.Tell($"{stream}: from {cursor.Field} {cursor.New}, where the old route stood at {cursor.Old}");
        }
    }

    /// <inheritdoc />
    public override async Task<bool> VerifyAsync(StepContext context, CancellationToken cancel)
    {
        SyncState now = await context.PersistAsync(c => context.Installation.Airbyte.ReadStateAsync(Connection, c), cancel).ConfigureAwait(false);
        return context.Facts.Get<SyncState>(Wanted) is { } wanted && wanted.Streams.All(w => IsSame(w.Json, Find(now, w)?.Json));
    }

    /// <inheritdoc />
    public override async Task UndoAsync(StepContext context, CancellationToken cancel)
    {
        if (context.Facts.Get<SyncState>(Before) is not { } before || context.Facts.Get<SyncState>(Wanted) is not { } wanted)
        {
            return;
        }

        await WriteAsync(context, Streams(wanted.Streams.Select(w => Find(before, w) ?? w with { Json = null })), cancel).ConfigureAwait(false);
        context.Tell($"'{Plan.To.Connection.Name}' has its own state again");
    }

    private Task WriteAsync(StepContext context, SyncState state, CancellationToken cancel) =>
        context.PersistAsync(c => context.Installation.Airbyte.WriteStateAsync(Connection, state, c), cancel);

    private static SyncState Streams(IEnumerable<StreamState> streams) => new(SyncStateKind.Stream) { Streams = [.. streams] };

    private static StreamState? Find(SyncState state, StreamState stream) => state.Streams.FirstOrDefault(s => s.Name == stream.Name && s.Namespace == stream.Namespace);

    private static bool IsSame(string? one, string? other) => one is null || other is null
        ? one is null == other is null
        : JsonNode.DeepEquals(JsonNode.Parse(one), JsonNode.Parse(other));
}
