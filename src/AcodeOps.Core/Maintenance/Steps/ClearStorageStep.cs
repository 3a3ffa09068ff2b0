using AcodeOps.Audit;
using AcodeOps.Runbooks;

namespace AcodeOps.Maintenance.Steps;

/// <summary>
/// Clears the folders that the environment names of old objects, as Clear-AcodeStorage does, and deletes pods that have failed, each after its logs
/// are saved. A running sync is waited for.
/// </summary>
internal sealed class ClearStorageStep(MaintenancePlan plan) : MaintenanceStep(plan)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    /// <inheritdoc />
    public override MaintenanceTask Task => MaintenanceTask.CleanUp;

    /// <inheritdoc />
    public override string Name => "clear_storage";

    /// <inheritdoc />
    public override string Title => "Clear what is old";

    /// <inheritdoc />
    public override bool Mutates => true;

    // Objects that came to be old enough since are the next run's.
    /// <inheritdoc />
    public override AuditEvent? Audit(StepContext context) => Plan.Clearings.Count == 0 && Plan.FailedPodHours is null ? null : new AuditEvent
    {
        EventType = AuditEventType.DataAccess,
        Subject = Title,
        Details = new Dictionary<string, object?> { ["act"] = "delete old objects", ["clearings"] = Plan.Clearings.Select(clearing => $"{clearing}").ToArray(), ["failed_pod_hours"] = Plan.FailedPodHours },
    };

    /// <inheritdoc />
    protected override async Task<MaintenanceOutcome> WorkAsync(StepContext context, CancellationToken cancel)
    {
        List<StorageClearing> cleared = [];
        List<AcodeException> failures = [];
        foreach (PlannedClearing clearing in Plan.Clearings)
        {
            try
            {
                cleared.Add(await ClearAsync(context, clearing, cancel).ConfigureAwait(false));
            }
            catch (AcodeException failure)
            {
                failures.Add(failure);
            }
        }

        PodClearing pods = Plan.FailedPodHours is { } hours
            ? await new FailedPodCleaner(context.Installation).ClearAsync(TimeSpan.FromHours(hours), cancel).ConfigureAwait(false) : new PodClearing();
        failures.AddRange(pods.Failures);
        return new MaintenanceOutcome
        {
            Task = Task,
            Verdict = failures.Count > 0 ? Verdict.Failed : Verdict.Healthy,
            Summary = failures.Count > 0 ? string.Join(" ", failures.Select(failure => failure.Message))
                : Plan.Clearings.Count == 0 && Plan.FailedPodHours is null ? "The environment names nothing that is to be cleared."
                : FormattableString.Invariant($"Deleted: {cleared.Sum(one => one.Deleted):N0} objects, folders looked at: {cleared.Count}; failed pods: {pods.Deleted.Count}."),
            Findings = [.. failures.Select(FindingOf)],
            Figures = [new MaintenanceFigure("Objects cleared", cleared.Sum(one => one.Deleted), "objects")],
            Evidence = [.. cleared.Select(one => $"{one}"), .. pods.Deleted],
        };
    }

    private async Task<StorageClearing> ClearAsync(StepContext context, PlannedClearing clearing, CancellationToken cancel)
    {
        StorageCleaner cleaner = new(context.Installation);
        DateTimeOffset end = context.Now.AddMinutes(Plan.WaitMinutes);
        while (true)
        {
            try
            {
                (StorageClearing planned, IReadOnlyList<StoredObject> objects) = await cleaner.FindAsync(clearing.Storage, clearing.Prefix, context.Now - clearing.Before, cancel).ConfigureAwait(false);
                Progress<int> progress = new(done => context.Report(planned.Location, (int)(100L * done / objects.Count)));
                return await cleaner.DeleteAsync(planned, objects, progress, cancel).ConfigureAwait(false);
            }
            catch (AcodeException failure) when (failure.Id == "SyncRunning" && context.Now < end)
            {
                context.Report($"Waiting: {failure.Message}");
                await System.Threading.Tasks.Task.Delay(Pause, context.Installation.Clock, cancel).ConfigureAwait(false);
            }
        }
    }

    private static Finding FindingOf(AcodeException failure) => new()
    {
        Rule = failure.Id,
        Severity = FindingSeverity.Error,
        Target = $"{failure.Subject ?? "clean-up"}",
        Message = failure.Message,
        Remedy = failure.Advice,
    };
}
