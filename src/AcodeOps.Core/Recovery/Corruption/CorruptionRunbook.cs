using System.Text.Json;
using System.Text.Json.Nodes;
using AcodeOps.Recovery.Corruption.Steps;
using AcodeOps.Routing.Steps;
using AcodeOps.Runbooks;

namespace AcodeOps.Recovery.Corruption;

/// <summary>
/// The recovery of corrupted data: the route is off and its syncs have ended before anything is moved; the corrupted objects go
/// to quarantine; the other side is asked once more; then the same route loads anew, and is proven to have.
/// </summary>
public sealed class CorruptionRunbook : Runbook
{
    /// <summary>The kind.</summary>
    public const string Kind = "corrupted_data";

    private readonly RecoveryPlan _plan;
    private readonly ReloadPlan _reload;

    /// <summary>The runbook of a plan.</summary>
    /// <param name="plan">What was consented to.</param>
    public CorruptionRunbook(RecoveryPlan plan)
    {
        _plan = plan;
        _reload = plan.Reload ?? throw new ArgumentException("The plan loads nothing anew.", nameof(plan));
        Steps = StepsOf(_reload);
    }

    /// <inheritdoc />
    public override string Name => Kind;

    /// <inheritdoc />
    public override string Title => $"Replace corrupted data of {_reload.Stream}";

    /// <inheritdoc />
    public override object Plan => _plan;

    /// <inheritdoc />
    public override JsonNode PlanJson => JsonSerializer.SerializeToNode(_plan, StepFacts.Json)!;

    /// <inheritdoc />
    public override AuditEventType EventType => AuditEventType.DataAccess;

    /// <inheritdoc />
    public override IReadOnlyList<RunbookStep> Steps { get; }

    /// <inheritdoc />
    public override object Result(StepFacts facts)
    {
        PartitionContent? moved = facts.Get<PartitionContent>(QuarantinePartitionStep.Content);
        List<FailoverGate> checks = facts.Get<List<FailoverGate>>(ValidateOtherSideStep.Checks) ?? [];
        ReloadSummary? loaded = facts.Get<ReloadSummary>(ProveReloadStep.Reloaded);
        DateTimeOffset? startedAt = facts.Get<DateTimeOffset?>(QuarantinePartitionStep.StartedAt);
        return new CorruptionResult
        {
            Route = _reload.Switch.To.Route.Name,
            Stream = _reload.Stream,
            Location = _reload.Location,
            ObjectsQuarantined = moved?.Objects,
            RowsQuarantined = moved is { UnreadableObjects: 0 } ? moved.Rows : null,
            UnreadableObjects = moved?.UnreadableObjects,
            Quarantined =
            [
                .. facts.Get<List<string>>(QuarantinePartitionStep.Manifests) ?? [],
                .. facts.Get<List<string>>(QuarantinePartialStep.Manifests) ?? [],
                .. facts.Get<List<string>>(KeepOneSnapshotStep.Manifests) ?? [],
                .. facts.Get<List<string>>(KeepOneCopyStep.Manifests) ?? [],
            ],
            Checks = checks,
            Validation = checks.Count > 0 && checks.All(check => check.Verdict == Verdict.Healthy) ? Verdict.Healthy
                : checks.Any(check => check.Verdict is Verdict.Failed or Verdict.Degraded) ? Verdict.Failed : Verdict.Unknown,
            IsProven = loaded is not null,
            StartedAt = startedAt,
            RouteOffAt = facts.Get<DateTimeOffset?>(SwitchOffStep.OffAt),
            RouteOnAt = facts.Get<DateTimeOffset?>(SwitchOnStep.OnAt),
            FirstRowAt = facts.Get<LandedSummary>(ProveLandingStep.Landed)?.FirstRowAt,
            ProvenAt = loaded?.ProvenAt,
            RtoSeconds = loaded?.ProvenAt - startedAt is { } time ? Math.Max(0, Math.Round(time.TotalSeconds, 3)) : null,
            JobId = facts.Get<long?>(StartSyncStep.Job),
            ObjectsReloaded = loaded?.Objects,
            RowsReloaded = loaded?.Rows,
            RowsLost = loaded?.RowsLost,
            RowsReadTwice = facts.Has(KeepOneCopyStep.StillTwice) ? facts.Get<long?>(KeepOneCopyStep.StillTwice) : loaded is not null && !_reload.IsIncremental() ? 0 : null,
        };
    }

    /// <summary>The steps of a plan.</summary>
    internal static IReadOnlyList<RunbookStep> StepsOf(ReloadPlan reload)
    {
        FailoverPlan plan = reload.Switch;
        TimeSpan longestSync = TimeSpan.FromMinutes(plan.SyncMinutes);
        List<RunbookStep> steps = [new ProbeAgainStep(plan), .. plan.From.Select((route, i) => new SwitchOffStep(plan, route, i + 1)), new StopSyncsStep(plan, longestSync)];
        if (plan.To.SnapshotStreams.Any())
        {
            steps.Add(new QuarantinePartialStep(plan));
        }

        steps.AddRange([new QuarantinePartitionStep(reload), new ValidateOtherSideStep(reload)]);
        if (plan.To.IncrementalStreams.Any())
        {
            steps.Add(new SetCursorBackStep(reload));
        }

        steps.AddRange([new SwitchOnStep(plan), new StartSyncStep(plan), new ProveLandingStep(plan, longestSync), new ProveReloadStep(reload)]);
        if (plan.To.SnapshotStreams.Any())
        {
            steps.Add(new KeepOneSnapshotStep(plan));
        }

        if (reload.IsIncremental())
        {
            steps.Add(new KeepOneCopyStep(reload));
        }

        return steps;
    }
}
