namespace AcodeOps.Routing.Gates;

/// <summary>
/// One condition of a switch. A new condition is one class that derives from this one: <see cref="GateCatalog"/> finds it by
/// itself. It is judged when the switch is planned, and again right before anything is changed.
/// </summary>
internal abstract class Gate
{
    /// <summary>The condition in two or three words.</summary>
    public abstract string Name { get; }

    /// <summary>False where the condition means nothing for this switch.</summary>
    public virtual bool AppliesTo(GateContext context) => true;

    /// <summary>Looks and judges.</summary>
    public abstract Task<FailoverGate> JudgeAsync(GateContext context, CancellationToken cancel);

    /// <summary>The condition holds.</summary>
    protected FailoverGate Passed(string summary, Verdict verdict = Verdict.Healthy) =>
        new() { Name = Name, Verdict = verdict, Summary = summary, IsPassed = true };

    /// <summary>The condition does not hold, or is not known to.</summary>
    protected FailoverGate Closed(Verdict verdict, string errorId, string summary, string? remedy) =>
        new() { Name = Name, Verdict = verdict, Summary = summary, IsPassed = false, ErrorId = errorId, Remedy = remedy };

    /// <summary>As a health check found it: passed when its verdict is among these.</summary>
    protected FailoverGate Of(HealthCheck check, params Verdict[] passing) => passing.Contains(check.Verdict)
        ? Passed(check.Summary, check.Verdict)
        : Closed(check.Verdict, check.ErrorId ?? $"{check.Component}{check.Verdict}", check.Summary, check.Remedy);
}
