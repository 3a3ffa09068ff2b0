using AcodeOps.Health;
using AcodeOps.Syncs;

namespace AcodeOps.Deployment.Checks;

/// <summary>No sync runs on the project's connections: what it works with is not changed meanwhile.</summary>
internal sealed class RunningSyncsCheck : DeploymentCheck
{
    /// <inheritdoc />
    public override DeploymentStage Stage => DeploymentStage.Before;

    /// <inheritdoc />
    public override string Target => "running syncs";

    /// <inheritdoc />
    public override async Task<Observation> ObserveAsync(DeploymentContext context, CancellationToken cancel)
    {
        ConfiguredResource[] configured = [.. context.Project.Resources.Where(resource => resource.Kind == ConfiguredKind.Connection)];
        List<(Connection, Sync?)> newest = [];
        await foreach (Connection connection in context.Installation.Airbyte.ListConnectionsAsync(cancel).ConfigureAwait(false))
        {
            if (configured.Any(resource => resource.State?.ResourceId == connection.ConnectionId || resource.Name == connection.Name))
            {
                newest.Add((connection, await context.Installation.Airbyte.ReadNewestSyncAsync(connection.ConnectionId, cancel).ConfigureAwait(false)));
            }
        }

        return Judge(newest);
    }

    /// <param name="newest">The project's connections that Airbyte has, each with its newest sync.</param>
    internal static Observation Judge(IReadOnlyCollection<(Connection Connection, Sync? Sync)> newest)
    {
        (Connection Connection, Sync? Sync)[] running = [.. newest.Where(seen => seen.Sync is { IsTerminal: false })];
        return running is [(_, { } first), ..]
            ? new Observation(Verdict.Degraded, $"{running.Length} syncs of the project's connections have not ended: {first} of '{running[0].Connection.Name}'.")
            {
                ErrorId = "SyncRunning",
                Value = running.Length,
                Evidence = [.. running.Select(seen => $"{seen.Connection.Name}: {seen.Sync}")],
                Remedy = $"Wait-AcodeSync {first.JobId} waits for it: publishing changes nothing that a running sync works with.",
            }
            : new Observation(Verdict.Healthy, $"No sync runs on the project's connections, of which Airbyte has {newest.Count}.") { Value = 0 };
    }
}
