using AcodeOps.Health;

namespace AcodeOps.Deployment;

/// <summary>An item of the checklist as the runner of health checks takes it: so both are looked at in one round, under one limit.</summary>
internal sealed class DeploymentProbe(DeploymentCheck check, DeploymentSubject subject) : HealthProbe
{
    /// <inheritdoc />
    public override HealthComponent Component => HealthComponent.Deployment;

    /// <inheritdoc />
    public override IEnumerable<string> Targets(AcodeEnvironment environment) => check.AppliesTo(environment) ? [check.Target] : [];

    /// <inheritdoc />
    public override Task<Observation> ObserveAsync(HealthContext context, string target, CancellationToken cancel) =>
        check.ObserveAsync(new DeploymentContext(context, subject), cancel);

    /// <inheritdoc />
    public override Verdict OnFailure(FailureClass failure) => check.OnFailure(failure);
}
