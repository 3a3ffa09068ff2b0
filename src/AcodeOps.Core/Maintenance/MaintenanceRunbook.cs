using System.Text.Json;
using System.Text.Json.Nodes;
using AcodeOps.Maintenance.Steps;
using AcodeOps.Runbooks;

namespace AcodeOps.Maintenance;

/// <summary>
/// The weekly maintenance. Its tasks stand alone: one that fails leaves the others to be done, and the run failed. It changes nothing that another run
/// stands on, and so runs beside any: a switch must never wait for it.
/// </summary>
public sealed class MaintenanceRunbook : Runbook
{
    /// <summary>The kind.</summary>
    public const string Kind = "maintenance";

    private readonly MaintenancePlan _plan;

    /// <summary>The runbook of a plan.</summary>
    /// <param name="plan">What was consented to.</param>
    public MaintenanceRunbook(MaintenancePlan plan)
    {
        _plan = plan;
        MaintenanceStep[] all =
        [
            new MeasurePerformanceStep(plan), new TestDataQualityStep(plan), new ValidateBackupStep(plan), new ClearStorageStep(plan),
            new AuditSecurityStep(plan), new SendMetricsStep(plan), new CompareRunsStep(plan),
        ];
        Steps = [.. all.Where(step => plan.Tasks.Contains(step.Task))];
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
    public override AuditEventType EventType => AuditEventType.DataAccess;

    /// <inheritdoc />
    public override bool Mutates => false;

    /// <inheritdoc />
    public override bool StepsStandAlone => true;

    /// <inheritdoc />
    public override IReadOnlyList<RunbookStep> Steps { get; }

    /// <inheritdoc />
    public override IReadOnlyDictionary<string, object?> Details(StepFacts facts) => new Dictionary<string, object?>
    {
        ["act"] = "maintenance",
        ["tasks"] = _plan.Tasks.Select(task => $"{task}").ToArray(),
    };

    /// <inheritdoc />
    public override object Result(StepFacts facts) => new MaintenanceResult
    {
        Outcomes = [.. _plan.Tasks.Select(task => MaintenanceStep.OutcomeOf(facts, task)).OfType<MaintenanceOutcome>()],
        Change = facts.Get<MaintenanceChange>(CompareRunsStep.Change),
    };
}
