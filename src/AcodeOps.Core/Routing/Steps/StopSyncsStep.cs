using AcodeOps.Audit;
using AcodeOps.Runbooks;

namespace AcodeOps.Routing.Steps;

/// <summary>
/// Ends, or waits for, every sync of the old routes: switching a connection off does not stop what runs. It also finds one
/// that an orchestrator had started after the plan was made.
/// </summary>
internal sealed class StopSyncsStep(FailoverPlan plan, TimeSpan longestSync) : FailoverStep(plan)
{
    private static readonly TimeSpan CancelLimit = TimeSpan.FromSeconds(90);

    /// <inheritdoc />
    public override string Name => "stop_old_syncs";

    /// <inheritdoc />
    public override string Title => Plan.RunningSyncPolicy == RunningSyncPolicy.Cancel ? "End the syncs of the old route" : "Wait for the syncs of the old route";

    /// <inheritdoc />
    public override TimeSpan Timeout => Plan.RunningSyncPolicy == RunningSyncPolicy.Cancel ? CancelLimit * 2 : longestSync;

    /// <inheritdoc />
    public override AuditEvent? Audit(StepContext context) => OldRoutes.FirstOrDefault() is { } route
        ? Modified(route, Plan.RunningSyncPolicy == RunningSyncPolicy.Cancel ? "running syncs ended" : "running syncs waited for") : null;

    /// <inheritdoc />
    public override async Task ActAsync(StepContext context, CancellationToken cancel)
    {
        foreach (PlannedRoute route in OldRoutes)
        {
            if (await NewestSyncAsync(context, route, cancel).ConfigureAwait(false) is not { IsTerminal: false } running)
            {
                continue;
            }

            Sync ended = Plan.RunningSyncPolicy == RunningSyncPolicy.Cancel
                ? await context.CancelAsync(running, CancelLimit, cancel).ConfigureAwait(false)
                : await context.EndOfAsync(running, s => context.Report($"Waiting for {s}: {s.RowsSynced ?? 0:N0} rows"), cancel).ConfigureAwait(false);
            context.Tell($"{ended} of '{route.Connection.Name}', {ended.RowsSynced?.ToString("N0", System.Globalization.CultureInfo.InvariantCulture) ?? "unknown"} rows");
        }
    }

    /// <inheritdoc />
    public override async Task<bool> VerifyAsync(StepContext context, CancellationToken cancel)
    {
        foreach (PlannedRoute route in OldRoutes)
        {
            if (await NewestSyncAsync(context, route, cancel).ConfigureAwait(false) is { IsTerminal: false })
            {
                return false;
            }
        }

        return true;
    }
}
