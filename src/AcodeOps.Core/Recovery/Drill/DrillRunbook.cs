using System.Text.Json;
using System.Text.Json.Nodes;
using AcodeOps.Routing.Steps;
using AcodeOps.Runbooks;

namespace AcodeOps.Recovery.Drill;

/// <summary>
/// The rehearsal of a recovery by a standby route: a connection like the standby's lands its rows in folders of its own, they
/// are proven as a switch proves them, and all of it is removed. It is completed only when it is both proven and cleaned up.
/// </summary>
public sealed class DrillRunbook : Runbook
{
    /// <summary>The kind.</summary>
    public const string Kind = "drill";

    private readonly DrillPlan _plan;

    /// <summary>The runbook of a plan.</summary>
    /// <param name="plan">What was consented to.</param>
    public DrillRunbook(DrillPlan plan)
    {
        _plan = plan;
        Steps =
        [
            new LookStep(plan), new CreateShadowConnectionStep(plan), new StartShadowSyncStep(plan), new ProveShadowStep(plan),
            new RemoveShadowConnectionStep(plan), new RemoveShadowObjectsStep(plan), new RecordDrillStep(plan),
        ];
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
    public override AuditEventType EventType => AuditEventType.DisasterRecoveryDrill;

    /// <inheritdoc />
    public override IReadOnlyList<RunbookStep> Steps { get; }

    /// <inheritdoc />
    public override object Result(StepFacts facts) => ResultOf(_plan, facts);

    /// <summary>What came of a rehearsal, from what its steps remembered.</summary>
    internal static DrillResult ResultOf(DrillPlan plan, StepFacts facts)
    {
        DrillLanding? landing = facts.Get<DrillLanding>(ProveShadowStep.Landing);
        LandedSummary? landed = landing?.Landed;
        DrillCleanUp? cleanUp = facts.Get<DrillCleanUp>(ShadowRemoval.CleanUp);
        DateTimeOffset? beganAt = facts.Get<DateTimeOffset?>(LookStep.BeganAt);
        return new DrillResult
        {
            Route = plan.To.Route.Name,
            Location = facts.Get<string>(CreateShadowConnectionStep.Place),
            BeganAt = beganAt,
            FirstRowAt = landed?.FirstRowAt,
            // The storage tells times to the second: a first row in the very second of the begin came after 0 s.
            RtoSeconds = landed?.FirstRowAt - beganAt is { } time ? Math.Max(0, Math.Round(time.TotalSeconds, 3)) : null,
            JobId = facts.Get<long?>(StartShadowSyncStep.Job),
            ObjectsLanded = landed?.Objects,
            RowsLanded = landed?.Rows,
            IsComplete = landing?.IsComplete,
            Completeness = landing?.Completeness,
            IsProven = landed is { Rows: > 0 } && landing is { Completeness: not null, IsComplete: not false },
            IsCleanedUp = cleanUp is null or { IsDone: true, Left.Count: 0 },
            Left = cleanUp?.Left ?? [],
        };
    }
}
