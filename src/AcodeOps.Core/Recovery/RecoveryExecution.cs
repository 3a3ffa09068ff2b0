using AcodeOps.Recovery.Corruption;
using AcodeOps.Routing;
using AcodeOps.Runbooks;

namespace AcodeOps.Recovery;

/// <summary>What carrying out a plan comes to: a runbook, nothing, or the reason why it cannot be.</summary>
/// <param name="plan">The plan.</param>
public sealed class RecoveryExecution(RecoveryPlan plan)
{
    /// <summary>The plan in the words by which an operator judges it.</summary>
    public string Description => string.Join(System.Environment.NewLine, Lines());

    /// <summary>The question, with the plan.</summary>
    public string Question => ConsentText.Question(Description);

    /// <summary>The runbook that carries the plan out; null where nothing is to be done.</summary>
    /// <exception cref="AcodeException">
    /// <c>RecoveryPlanExpired</c>, <c>RecoveryUndecided</c>, <c>AirbyteDown</c>, <c>RouteMissing</c>, or what the conditions of the
    /// switch refuse it by.
    /// </exception>
    public Runbook? Runbook(DateTimeOffset now) => plan.Strategy switch
    {
        _ when now > plan.ExpiresAt => throw Refused("RecoveryPlanExpired", $"The recovery plan was made at {plan.PlannedAt:u} and held until {plan.ExpiresAt:u}.", "Plan anew: Get-AcodeRecoveryPlan | Start-AcodeDisasterRecovery."),
        RecoveryStrategy.None => null,
        RecoveryStrategy.FullDisasterRecovery => new FullRecoveryRunbook(plan),
        _ when plan.Reload is { } reload => reload.IsAllowed ? new CorruptionRunbook(plan) : throw new CorruptionConsent(plan, reload).Refusal(),
        _ when plan.Switch is { IsAllowed: true } allowed => new FailoverRunbook(allowed),
        _ when plan.Switch is { } closed => throw new FailoverConsent(closed).Refusal(),
        RecoveryStrategy.AirbyteDown => throw Refused("AirbyteDown", plan.Decision.Reason, plan.StepsInOrder),
        RecoveryStrategy.Unknown => throw Refused("RecoveryUndecided", plan.Decision.Reason, plan.StepsInOrder),
        _ => throw Refused("RouteMissing", plan.Decision.Reason, plan.Findings.FirstOrDefault(finding => finding.Rule == "RouteMissing" && finding.Target == plan.Strategy)?.Remedy ?? plan.StepsInOrder),
    };

    /// <summary>The run of a plan that has nothing to do, or was not consented to.</summary>
    public RunbookRun Planned() => plan.Reload is { } reload ? new CorruptionConsent(plan, reload).Planned() : plan.Switch is { } change ? new FailoverConsent(change).Planned() : new RunbookRun
    {
        RunId = "",
        Runbook = plan.Strategy == RecoveryStrategy.FullDisasterRecovery ? FullRecoveryRunbook.Kind : FailoverRunbook.Kind,
        Title = plan.Decision.Reason,
        Environment = plan.Environment,
        Status = plan.Strategy == RecoveryStrategy.None ? RunbookStatus.Completed : RunbookStatus.Planned,
        StartedAt = plan.PlannedAt,
        EndedAt = plan.Strategy == RecoveryStrategy.None ? plan.PlannedAt : null,
        Plan = plan,
    };

    private IEnumerable<string> Lines()
    {
        yield return $"Recovery by {plan.Strategy}: {plan.Decision.Reason}";
        foreach (PartAssessment part in plan.Assessment.Parts.Where(part => part.Verdict != Verdict.Healthy))
        {
            yield return ConsentText.Line("seen", $"{part.Part} {part.Verdict}: {part.Summary}");
        }

        if (plan.Switch is { } change)
        {
            yield return new FailoverConsent(change).Description;
        }

        foreach (string line in plan.Reload is { } reload ? new CorruptionConsent(plan, reload).Lines() : [])
        {
            yield return line;
        }
    }

    private AcodeException Refused(string id, string message, string advice) => new(id, FailureClass.Refused, message) { Advice = advice, Subject = plan };
}
