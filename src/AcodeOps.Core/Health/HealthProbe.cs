namespace AcodeOps.Health;

/// <summary>
/// One kind of check. A new check is one class that derives from this one: the catalogue finds it by itself.
/// A probe observes and judges; it may throw <see cref="AcodeException"/> and need not care for time limits, as the
/// runner turns both into a verdict.
/// </summary>
public abstract class HealthProbe
{
    /// <summary>The part of the installation that it looks at.</summary>
    public abstract HealthComponent Component { get; }

    /// <summary>What there is to check in this environment, one name each; none where the environment has no such part.</summary>
    public abstract IEnumerable<string> Targets(AcodeEnvironment environment);

    /// <summary>Looks at one target.</summary>
    public abstract Task<Observation> ObserveAsync(HealthContext context, string target, CancellationToken cancel);

    /// <summary>
    /// The verdict when looking failed. Unknown, since a thing that could not be looked at may be well or ill; probes
    /// whose very question is "does it answer" say <see cref="FailureClasses.ReachabilityVerdict"/>.
    /// </summary>
    public virtual Verdict OnFailure(FailureClass failure) => Verdict.Unknown;

    /// <summary>What is told when the target did not answer in time.</summary>
    public virtual AcodeException OnTimeout(HealthContext context, string target, TimeSpan timeout) =>
        new("CheckTimedOut", FailureClass.Timeout, $"No answer within {timeout.TotalSeconds:0.#} s.")
        {
            Advice = "Look at the network between here and there, or repeat with a larger -TimeoutSeconds.",
        };
}
