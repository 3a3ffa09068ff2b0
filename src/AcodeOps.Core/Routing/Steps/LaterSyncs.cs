using AcodeOps.Runbooks;

namespace AcodeOps.Routing.Steps;

/// <summary>
/// A switch can be taken back as long as nothing stands on it: what later syncs of the new route have brought would be
/// brought once more by the old one.
/// </summary>
internal static class LaterSyncs
{
    /// <summary>Refuses where a later sync of the route has succeeded.</summary>
    /// <exception cref="AcodeException"><c>UndoTooLate</c>.</exception>
    public static async Task RefuseAsync(StepContext context, PlannedRoute route, Sync own, CancellationToken cancel)
    {
        Sync? later = await context.PersistAsync(
            async c =>
            {
                await foreach (Sync sync in context.Installation.Airbyte.ListSyncsAsync(route.Connection.ConnectionId, c).ConfigureAwait(false))
                {
                    if (sync.JobId <= own.JobId)
                    {
                        break;
                    }

                    if (sync.Status == SyncStatus.Succeeded)
                    {
                        return sync;
                    }
                }

                return (Sync?)null;
            },
            cancel).ConfigureAwait(false);
        if (later is not null)
        {
            throw new AcodeException("UndoTooLate", FailureClass.Refused, $"Route '{route}' has synced since then ({later}): taking the run back would bring those rows twice.")
            {
                Advice = "To let another route write, switch to it: Invoke-AcodeFailover.",
                Subject = later,
            };
        }
    }
}
