using AcodeOps.Health;

namespace AcodeOps.Deployment;

/// <summary>
/// One item of a deployment's checklist. A new item is one class that derives from this one, in <c>Deployment/Checks</c>: the
/// catalogue finds it by itself. It observes and judges; it may throw <see cref="AcodeException"/> and need not care for time limits.
/// </summary>
public abstract class DeploymentCheck
{
    /// <summary>When it is looked at.</summary>
    public abstract DeploymentStage Stage { get; }

    /// <summary>What it looks at, in the word that the table shows.</summary>
    public abstract string Target { get; }

    /// <summary>True for what only a sync can show: it is looked at when that has ended.</summary>
    public virtual bool NeedsSync => false;

    /// <summary>False where the environment has no such part.</summary>
    public virtual bool AppliesTo(AcodeEnvironment environment) => true;

    /// <summary>Looks.</summary>
    public abstract Task<Observation> ObserveAsync(DeploymentContext context, CancellationToken cancel);

    /// <summary>The verdict when looking failed: Unknown, since what could not be looked at may be well or ill.</summary>
    public virtual Verdict OnFailure(FailureClass failure) => Verdict.Unknown;
}
