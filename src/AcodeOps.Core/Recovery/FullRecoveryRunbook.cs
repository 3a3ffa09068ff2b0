using System.Text.Json;
using System.Text.Json.Nodes;
using AcodeOps.Reports;
using AcodeOps.Runbooks;

namespace AcodeOps.Recovery;

/// <summary>
/// What is left to do when no route can write: to say so, with what is known of the emergency copy, to the people who must
/// end it. It changes nothing and never counts as completed.
/// </summary>
internal sealed class FullRecoveryRunbook(RecoveryPlan plan) : Runbook
{
    /// <summary>The kind.</summary>
    public const string Kind = "full_dr";

    /// <summary>The stable id of its end.</summary>
    public const string ErrorId = "FullDisasterRecovery";

    /// <inheritdoc />
    public override string Name => Kind;

    /// <inheritdoc />
    public override string Title => "Full disaster recovery";

    /// <inheritdoc />
    public override object Plan => plan;

    /// <inheritdoc />
    public override JsonNode PlanJson => JsonSerializer.SerializeToNode(plan, StepFacts.Json)!;

    /// <inheritdoc />
    public override AuditEventType EventType => AuditEventType.IncidentDetected;

    /// <inheritdoc />
    public override bool Mutates => false;

    /// <inheritdoc />
    public override IReadOnlyList<RunbookStep> Steps { get; } = [new FindEmergencyCopyStep()];

    /// <inheritdoc />
    public override object? Result(StepFacts facts) => facts.Get<EmergencyCopy>(FindEmergencyCopyStep.Found);

    /// <inheritdoc />
    public override AcodeException Escalation(StepFacts facts)
    {
        string failed = string.Join(", ", plan.Assessment.Parts.Where(part => part.Verdict == Verdict.Failed).Select(part => part.Part));
        string copy = facts.Get<EmergencyCopy>(FindEmergencyCopyStep.Found)?.ToString() ?? "whether there is an emergency copy is not known";
        return new AcodeException(ErrorId, FailureClass.Unreachable, $"No route can write: {failed} failed. Nothing was switched, and people are needed. {ReportText.Capital(copy)}.")
        {
            Advice = plan.StepsInOrder,
            Subject = plan,
        };
    }
}
