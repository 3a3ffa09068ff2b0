using System.Text.Json;
using System.Text.Json.Nodes;
using AcodeOps.Routing.Steps;
using AcodeOps.Runbooks;

namespace AcodeOps.Routing;

/// <summary>
/// The switch of ingestion to another route. There is never a moment with two writers: the old route is off and its syncs
/// have ended before the new one is on.
/// </summary>
public sealed class FailoverRunbook : Runbook
{
    /// <summary>The kind.</summary>
    public const string Kind = "failover";

    private readonly FailoverPlan _plan;

    /// <summary>The runbook of a plan.</summary>
    /// <param name="plan">What was consented to.</param>
    public FailoverRunbook(FailoverPlan plan)
    {
        _plan = plan;
        Steps = [.. StepsOf(plan, TimeSpan.FromMinutes(plan.SyncMinutes))];
    }

    /// <inheritdoc />
    public override string Name => Kind;

    /// <inheritdoc />
    public override string Title => _plan.Title;

    /// <inheritdoc />
    public override object Plan => _plan;

    /// <inheritdoc />
    public override JsonNode PlanJson => JsonSerializer.SerializeToNode(_plan, StepFacts.Json)!;

    /// <inheritdoc />
    public override AuditEventType EventType => AuditEventType.FailoverExecuted;

    /// <inheritdoc />
    public override IReadOnlyList<RunbookStep> Steps { get; }

    /// <inheritdoc />
    public override object Result(StepFacts facts)
    {
        LandedSummary? landed = facts.Get<LandedSummary>(ProveLandingStep.Landed);
        return new FailoverResult
        {
            From = [.. _plan.From.Select(r => r.Route.Name)],
            To = _plan.To.Route.Name,
            Location = _plan.Location,
            IsProven = landed is { Rows: > 0 },
            FaultAt = _plan.FaultAt,
            DecidedAt = _plan.PlannedAt,
            OldRouteOffAt = facts.Get<DateTimeOffset?>(SwitchOffStep.OffAt),
            NewRouteOnAt = facts.Get<DateTimeOffset?>(SwitchOnStep.OnAt),
            FirstRowAt = landed?.FirstRowAt,
            RtoSeconds = Seconds(landed?.FirstRowAt - (_plan.FaultAt ?? _plan.PlannedAt)),
            DataUpTo = _plan.DataUpTo,
            RpoSeconds = Seconds(_plan.FaultAt - _plan.DataUpTo),
            JobId = facts.Get<long?>(StartSyncStep.Job),
            ObjectsLanded = landed?.Objects,
            RowsLanded = landed?.Rows,
            RowsMissing = _plan.RowsAtRisk,
            RowsReadTwice = landed?.RowsReadTwice,
            CursorsAtTakeover = facts.Get<Dictionary<string, string?>>(CarryStateStep.Takeover),
            Quarantined = [.. facts.Get<List<string>>(QuarantinePartialStep.Manifests) ?? [], .. facts.Get<List<string>>(KeepOneSnapshotStep.Manifests) ?? []],
        };
    }

    private static IEnumerable<RunbookStep> StepsOf(FailoverPlan plan, TimeSpan longestSync)
    {
        yield return new ProbeAgainStep(plan);
        for (int i = 0; i < plan.From.Count; i++)
        {
            yield return new SwitchOffStep(plan, plan.From[i], i + 1);
        }

        yield return new StopSyncsStep(plan, longestSync);
        if (plan.From.Append(plan.Origin).OfType<PlannedRoute>().Any(r => r.SnapshotStreams.Any()))
        {
            yield return new QuarantinePartialStep(plan);
        }

        if (plan.StatePolicy != StatePolicy.Keep && plan.To.IncrementalStreams.Any())
        {
            yield return new CarryStateStep(plan);
        }

        yield return new SwitchOnStep(plan);
        yield return new StartSyncStep(plan);
        yield return new ProveLandingStep(plan, longestSync);
        if (plan.To.SnapshotStreams.Any())
        {
            yield return new KeepOneSnapshotStep(plan);
        }
    }

    // The storage tells times to the second: a first row in the very second of the fault came after 0 s.
    private static double? Seconds(TimeSpan? time) => time is { } t ? Math.Max(0, Math.Round(t.TotalSeconds, 3)) : null;
}
