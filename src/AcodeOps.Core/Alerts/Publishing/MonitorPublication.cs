namespace AcodeOps.Alerts.Publishing;

/// <summary>
/// Does what a plan says. Datadog is asked first whether it would take every monitor, so that a fault in one changes none. What then
/// fails is told for each monitor by itself; published again, the rest is done.
/// </summary>
/// <param name="monitors">Datadog.</param>
public sealed class MonitorPublication(IAlertMonitors monitors)
{
    /// <summary>Does it.</summary>
    /// <returns>The changes of the plan, with what came of each.</returns>
    /// <exception cref="AcodeException"><c>MonitorRejected</c>, or Datadog does not answer: nothing was changed.</exception>
    public async Task<IReadOnlyList<MonitorChange>> RunAsync(MonitorPlan plan, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(plan);
        foreach (PlannedMonitor planned in plan.Planned.Where(planned => planned.Body is not null))
        {
            await monitors.ValidateAsync(planned.Body!, cancel).ConfigureAwait(false);
        }

        List<MonitorChange> done = [];
        foreach (PlannedMonitor planned in plan.Planned)
        {
            done.Add(await RunAsync(planned, cancel).ConfigureAwait(false));
        }

        return done;
    }

    private async Task<MonitorChange> RunAsync(PlannedMonitor planned, CancellationToken cancel)
    {
        MonitorChange change = planned.Change;
        try
        {
            switch (change.Action)
            {
                case MonitorAction.None:
                    return change;
                case MonitorAction.Create:
                    return change with { MonitorId = await monitors.CreateAsync(planned.Body!, cancel).ConfigureAwait(false), Applied = true };
                case MonitorAction.Update:
                    await monitors.UpdateAsync(change.MonitorId!.Value, planned.Body!, cancel).ConfigureAwait(false);
                    break;
                default:
                    await monitors.DeleteAsync(change.MonitorId!.Value, cancel).ConfigureAwait(false);
                    break;
            }

            return change with { Applied = true };
        }
        catch (AcodeException failure)
        {
            return change with { ErrorId = failure.Id, Error = failure.Message, Cause = failure.Cause, Remedy = failure.Advice };
        }
    }
}
