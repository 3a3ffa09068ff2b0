using AcodeOps.Runbooks;

namespace AcodeOps.Routing;

/// <summary>What is on record of the moment when a route took over.</summary>
internal static class Takeover
{
    private const int LookBackDays = 90;

    /// <summary>
    /// The newest cursor values that the replica held when this route took over from the primary the last time, by stream;
    /// null when that is not on record, or the record cannot be read now.
    /// </summary>
    public static async Task<IReadOnlyDictionary<string, string?>?> CursorsAsync(IInstallation installation, PlannedRoute route, CancellationToken cancel)
    {
        if (route.Route.Source != SourceRole.Backup)
        {
            return null;
        }

        try
        {
            await foreach (RunReading reading in new JournalReader(installation).ReadAsync(LookBackDays, unfinishedOnly: false, cancel).ConfigureAwait(false))
            {
                if (reading.Run is { Plan: FailoverPlan plan, Result: FailoverResult { NewRouteOnAt: not null } result, Status: not RunbookStatus.Undone }
                    && plan.To.Connection.ConnectionId == route.Connection.ConnectionId && plan.Origin?.Route.Source == SourceRole.Primary)
                {
                    return result.CursorsAtTakeover;
                }
            }
        }
        catch (AcodeException)
        {
            // Without it more is read twice, and nothing less.
        }

        return null;
    }
}
