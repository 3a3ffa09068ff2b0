using AcodeOps.Health;
using AcodeOps.Recovery;
using AcodeOps.Runbooks;

namespace AcodeOps.Maintenance.Steps;

/// <summary>
/// Judges what a recovery would stand on: the replica and how it follows, the storages that are switched to, the standby routes, the last drill, and
/// the emergency copy, of which the newest objects are opened.
/// </summary>
internal sealed class ValidateBackupStep(MaintenancePlan plan) : MaintenanceStep(plan)
{
    private const int Opened = 20;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <inheritdoc />
    public override MaintenanceTask Task => MaintenanceTask.Backup;

    /// <inheritdoc />
    public override string Name => "validate_backup";

    /// <inheritdoc />
    public override string Title => "Validate the backup";

    /// <inheritdoc />
    protected override async Task<MaintenanceOutcome> WorkAsync(StepContext context, CancellationToken cancel)
    {
        List<HealthCheck> checks = [];
        IEnumerable<HealthProbe> probes = HealthCatalog.All.Where(probe => probe.Component
            is HealthComponent.Source or HealthComponent.Replication or HealthComponent.Schema or HealthComponent.Storage or HealthComponent.Parity or HealthComponent.Drill);
        await foreach (HealthCheck check in HealthRunner.RunAsync(context.Installation, probes, Limit, cancel).ConfigureAwait(false))
        {
            checks.Add(check);
        }

        List<string> seen = [];
        IReadOnlyList<Finding> copy = await CopyFindingsAsync(context.Installation, seen, cancel).ConfigureAwait(false);
        Finding[] findings = [.. checks.Select(HealthFindings.Of).OfType<Finding>(), .. copy];
        HealthCheck[] bad = [.. checks.Where(check => check.Verdict != Verdict.Healthy)];
        return new MaintenanceOutcome
        {
            Task = Task,
            Verdict = Worst([VerdictOf(findings), .. checks.Select(check => check.Verdict)]),
            Summary = string.Join(' ',
            [
                bad.Length == 0 ? $"{checks.Count} checks of what a recovery stands on are Healthy." : $"{bad.Length} of {checks.Count} checks are not Healthy: {string.Join("; ", bad.Take(3))}.",
                .. copy.Take(1).Select(finding => finding.Message),
            ]),
            Findings = findings,
            Evidence = [.. checks.Where(check => check.Component is HealthComponent.Replication or HealthComponent.Drill).Select(check => $"{check}"), .. seen],
        };
    }

    private static async Task<IReadOnlyList<Finding>> CopyFindingsAsync(IInstallation installation, List<string> seen, CancellationToken cancel)
    {
        if (installation.Environment.FindStorage(StorageRole.Emergency) is null)
        {
            return [];
        }

        IObjectStore store = installation.Storage(StorageRole.Emergency);
        EmergencyObjects found = await EmergencyObjects.ListAsync(store, Opened, installation.Clock.GetUtcNow(), cancel).ConfigureAwait(false);
        if (found.Copy.Objects == 0)
        {
            return
            [
                new Finding
                {
                    Rule = "EmergencyCopyMissing",
                    Severity = FindingSeverity.Warning,
                    Target = found.Copy.Location,
                    Message = $"There is {found.Copy}.",
                    Remedy = "Export-AcodeData writes one.",
                },
            ];
        }

        seen.Add($"{found.Copy}");
        List<Finding> unreadable = [];
        foreach (StoredObject stored in found.Newest)
        {
            try
            {
                await installation.Lake.ReadFooterAsync(store, stored, [], cancel).ConfigureAwait(false);
            }
            catch (AcodeException failure) when (!failure.Cause.IsOutage())
            {
                unreadable.Add(new Finding
                {
                    Rule = "EmergencyCopyUnreadable",
                    Severity = FindingSeverity.Error,
                    Target = $"s3://{store.Definition.Bucket}/{stored.Key}",
                    Message = failure.Message,
                    Evidence = failure.Id,
                    Remedy = "Export-AcodeData writes a new copy.",
                });
            }
        }

        seen.Add($"{found.Newest.Count - unreadable.Count} of its {found.Newest.Count} newest objects can be read");
        return unreadable;
    }
}
