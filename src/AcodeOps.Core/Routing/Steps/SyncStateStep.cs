using System.Text.Json.Nodes;
using AcodeOps.Runbooks;

namespace AcodeOps.Routing.Steps;

/// <summary>
/// Gives incremental streams of the route that will write another state to read on from. The state as it was, and the one to be
/// written, are in the journal before anything is written.
/// </summary>
internal abstract class SyncStateStep(FailoverPlan plan) : FailoverStep(plan)
{
    private const string Before = "state_before";
    private const string Wanted = "state_wanted";

    private Guid Connection => Plan.To.Connection.ConnectionId;

    /// <inheritdoc />
    public override Task ActAsync(StepContext context, CancellationToken cancel) => WriteAsync(context, context.Facts.Get<SyncState>(Wanted)!, cancel);

    /// <inheritdoc />
    public override async Task<bool> VerifyAsync(StepContext context, CancellationToken cancel)
    {
        SyncState now = await ReadStateAsync(context, Plan.To, cancel).ConfigureAwait(false);
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

    /// <summary>Remembers the state as it is, and the one that is to be written.</summary>
    protected static void Remember(StepContext context, SyncState before, IEnumerable<StreamState> wanted)
    {
        context.Facts.Set(Before, before);
        context.Facts.Set(Wanted, Streams(wanted));
    }

    /// <summary>A connection's state.</summary>
    protected static Task<SyncState> ReadStateAsync(StepContext context, PlannedRoute route, CancellationToken cancel) =>
        context.PersistAsync(c => context.Installation.Airbyte.ReadStateAsync(route.Connection.ConnectionId, c), cancel);

    private Task WriteAsync(StepContext context, SyncState state, CancellationToken cancel) =>
        context.PersistAsync(c => context.Installation.Airbyte.WriteStateAsync(Connection, state, c), cancel);

    private static SyncState Streams(IEnumerable<StreamState> streams) => new(SyncStateKind.Stream) { Streams = [.. streams] };

    private static StreamState? Find(SyncState state, StreamState stream) => state.Streams.FirstOrDefault(s => s.Name == stream.Name && s.Namespace == stream.Namespace);

    private static bool IsSame(string? one, string? other) => one is null || other is null
        ? one is null == other is null
        : JsonNode.DeepEquals(JsonNode.Parse(one), JsonNode.Parse(other));
}
