using AcodeOps.Syncs;

namespace AcodeOps.Routing.Gates;

/// <summary>The new route's connection can be switched on: it writes where the environment says, and no sync of it runs yet.</summary>
internal sealed class StandbyGate : Gate
{
    /// <inheritdoc />
    public override string Name => "standby connection";

    /// <inheritdoc />
    public override async Task<FailoverGate> JudgeAsync(GateContext context, CancellationToken cancel)
    {
        PlannedRoute to = context.To;
        if (to.Connection.Status is not (ConnectionStatus.Inactive or ConnectionStatus.Active))
        {
            return Closed(Verdict.Failed, "ConnectionLocked", $"'{to.Connection.Name}' is {to.Connection.Status} in Airbyte: it cannot be switched on.", "Unlock it in Airbyte.");
        }

        if (to.Connection.Streams.Count == 0)
        {
            return Closed(Verdict.Failed, "StreamsMissing", $"'{to.Connection.Name}' has no streams: it would sync nothing.", "Select its streams in Airbyte.");
        }

        StorageDefinition? storage = context.Installation.Environment.FindStorage(to.Route.Storage);
        if (storage?.Bucket != to.Destination.Bucket)
        {
            return Closed(Verdict.Failed, "RouteElsewhere",
                $"'{to.Connection.Name}' writes to the bucket '{to.Destination.Bucket}', which is not the environment's {to.Route.Storage} storage.",
                $"Name the right connection at route '{to.Route.Name}', or correct the {to.Route.Storage} storage in the environment file.");
        }

        Sync? newest = await context.Installation.Airbyte.ReadNewestSyncAsync(to.Connection.ConnectionId, cancel).ConfigureAwait(false);
        return newest is null ? Passed($"'{to.Connection.Name}' is {to.Connection.Status}, and has never run.", Verdict.Degraded)
            : newest.IsTerminal || to.Route.IsActive ? Passed($"'{to.Connection.Name}' is {to.Connection.Status}; its last sync: {newest}.")
            : Closed(Verdict.Failed, "StandbyIsWriting", $"A sync of '{to.Connection.Name}' runs already: {newest}.", $"Let it end (Wait-AcodeSync), or end it: Stop-AcodeSync -JobId {newest.JobId}.");
    }
}
