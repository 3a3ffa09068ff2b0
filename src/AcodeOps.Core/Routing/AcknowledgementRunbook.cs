using System.Text.Json;
using System.Text.Json.Nodes;
using AcodeOps.Routing.Steps;
using AcodeOps.Runbooks;

namespace AcodeOps.Routing;

/// <summary>
/// An operator takes note of the switches that a watch has made by itself. It changes nothing of the installation: that it is
/// on record lets watches, on whatever machine, switch again.
/// </summary>
/// <param name="plan">What is taken note of.</param>
public sealed class AcknowledgementRunbook(AcknowledgementPlan plan) : Runbook
{
    /// <summary>The kind.</summary>
    public const string Kind = "acknowledge_failover";

    /// <inheritdoc />
    public override string Name => Kind;

    /// <inheritdoc />
    public override string Title => plan.RunIds.Count == 1 ? $"Acknowledge the switch of run {plan.RunIds[0]}" : $"Acknowledge {plan.RunIds.Count} switches";

    /// <inheritdoc />
    public override object Plan => plan;

    /// <inheritdoc />
    public override JsonNode PlanJson => JsonSerializer.SerializeToNode(plan, StepFacts.Json)!;

    /// <inheritdoc />
    public override AuditEventType EventType => AuditEventType.FailoverExecuted;

    /// <inheritdoc />
    public override bool Mutates => false;

    /// <inheritdoc />
    public override IReadOnlyList<RunbookStep> Steps { get; } = [new AcknowledgeStep(plan)];
}
