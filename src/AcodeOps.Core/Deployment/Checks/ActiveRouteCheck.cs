using AcodeOps.Health;
using AcodeOps.Health.Probes;

namespace AcodeOps.Deployment.Checks;

/// <summary>Exactly one route is active.</summary>
internal sealed class ActiveRouteCheck : DeploymentCheck
{
    /// <inheritdoc />
    public override DeploymentStage Stage => DeploymentStage.After;

    /// <inheritdoc />
    public override string Target => "active route";

    /// <inheritdoc />
    public override async Task<Observation> ObserveAsync(DeploymentContext context, CancellationToken cancel) =>
        ActiveRouteJudgement.Judge(await context.Health.RoutesAsync().ConfigureAwait(false));
}
