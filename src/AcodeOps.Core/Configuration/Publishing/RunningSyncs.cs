using AcodeOps.Syncs;

namespace AcodeOps.Configuration.Publishing;

/// <summary>Looks whether a sync runs on what is to be changed: it would go on with settings of which half is new.</summary>
internal static class RunningSyncs
{
    private const int AtOnce = 8;

    /// <summary>Refuses where one runs on a connection, or on a connection of a source or a destination.</summary>
    /// <exception cref="AcodeException"><c>SyncRunning</c> (Conflict).</exception>
    public static async Task RefuseAsync(IInstallation installation, IReadOnlyList<AirbyteResource> changed, CancellationToken cancel)
    {
        HashSet<Guid> ids = [.. changed.Select(resource => resource.Id)];
        List<AirbyteResource> connections = [.. changed.Where(resource => resource.Kind == ConfiguredKind.Connection)];
        if (connections.Count < changed.Count)
        {
            connections = [];
            await foreach (AirbyteResource connection in installation.Airbyte.Resources.ListAsync(ConfiguredKind.Connection, cancel).ConfigureAwait(false))
            {
                if (ids.Contains(connection.Id) || ids.Contains(connection.SourceId ?? Guid.Empty) || ids.Contains(connection.DestinationId ?? Guid.Empty))
                {
                    connections.Add(connection);
                }
            }
        }

        await foreach ((AirbyteResource connection, Sync? newest) in ReadAhead.SelectAsync(
            connections, AtOnce, async (connection, stop) => (connection, await installation.Airbyte.ReadNewestSyncAsync(connection.Id, stop).ConfigureAwait(false)), cancel).ConfigureAwait(false))
        {
            if (newest is { IsTerminal: false } sync)
            {
                throw new AcodeException("SyncRunning", FailureClass.Conflict, $"Sync {sync.JobId} of the connection '{connection.Name}' is {sync.Status}: what it works with is not changed meanwhile.")
                {
                    Advice = $"Wait for it (Wait-AcodeSync {sync.JobId}) or stop it (Stop-AcodeSync {sync.JobId}), and plan anew.",
                    Subject = sync,
                };
            }
        }
    }
}
