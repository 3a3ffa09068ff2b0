namespace AcodeOps.Health.Probes;

/// <summary>Exactly one route writes: none means that no data flows, two that they may overwrite each other.</summary>
public sealed class ActiveRouteProbe : HealthProbe
{
    /// <inheritdoc />
    public override HealthComponent Component => HealthComponent.Connection;

    /// <inheritdoc />
    public override IEnumerable<string> Targets(AcodeEnvironment environment) => environment.Routes.Count > 0 ? ["active route"] : [];

    /// <inheritdoc />
    public override async Task<Observation> ObserveAsync(HealthContext context, string target, CancellationToken cancel) =>
        ActiveRouteJudgement.Judge(await context.RoutesAsync().ConfigureAwait(false));
}
