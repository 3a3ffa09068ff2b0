using AcodeOps.Syncs;

namespace AcodeOps.Routing.Gates;

/// <summary>Where incremental streams are to read on can be read from Airbyte, and means something on the new source.</summary>
internal sealed class StateGate : Gate
{
    /// <inheritdoc />
    public override string Name => "sync state";

    /// <inheritdoc />
    public override bool AppliesTo(GateContext context) => context.Request.StatePolicy != StatePolicy.Keep && context.To.IncrementalStreams.Any();

    /// <inheritdoc />
    public override async Task<FailoverGate> JudgeAsync(GateContext context, CancellationToken cancel)
    {
        SyncState own = await context.StateAsync(context.To).ConfigureAwait(false);
        if (context.Request.StatePolicy == StatePolicy.Fresh)
        {
            return Passed("The streams begin anew.");
        }

        if (context.Origin is not { } origin)
        {
            return Closed(Verdict.Unknown, "OriginUnknown", "No route has written before, so there is no state to carry.", "Use -StatePolicy Keep to read on from the standby's own state, or Fresh to read everything anew.");
        }

        SyncState old = await context.StateAsync(origin).ConfigureAwait(false);
        if (IsLogPosition(old, origin) || IsLogPosition(own, context.To))
        {
            return Closed(Verdict.Failed, "CdcStateNotCarried",
                "The streams are read from the binary log (CDC): the state is a file and a position in one server's log and means nothing on another. Airbyte would report success with nothing read.",
                "Use -StatePolicy Fresh, which reads the streams anew, or switch only routes that read by a cursor.");
        }

        string[] without = [.. context.To.IncrementalStreams.Where(s => old.Find(s.Name) is not { } state || StreamCursor.Read(state) is null).Select(s => s.Name)];
        return without.Length == 0
            ? Passed($"Where '{origin}' stopped is known for {context.To.IncrementalStreams.Count()} streams.")
            : Closed(Verdict.Unknown, "CursorMissing", $"'{origin}' has no cursor for {string.Join(", ", without)}: its first sync of them has not come to its end.",
                "Use -StatePolicy Keep to read on from the standby's own state, or Fresh to read everything anew.");
    }

    private static bool IsLogPosition(SyncState state, PlannedRoute route) => StreamCursor.IsChangeDataCapture(
        state, new AirbyteSource(route.Connection.SourceId, route.Route.Name, null, null, null) { ReplicationMethod = route.ReplicationMethod });
}
