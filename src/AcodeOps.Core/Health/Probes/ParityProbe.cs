using AcodeOps.Syncs;

namespace AcodeOps.Health.Probes;

/// <summary>What would be different after a switch from the preferred route to another.</summary>
public sealed class ParityProbe : HealthProbe
{
    /// <inheritdoc />
    public override HealthComponent Component => HealthComponent.Parity;

    /// <inheritdoc />
    public override IEnumerable<string> Targets(AcodeEnvironment environment) => environment.Routes.Skip(1).Select(route => route.Name);

    /// <inheritdoc />
    public override async Task<Observation> ObserveAsync(HealthContext context, string target, CancellationToken cancel)
    {
        IReadOnlyList<RouteReading> routes = await context.RoutesAsync().ConfigureAwait(false);
        RouteReading other = routes.First(r => r.Route.Name == target);
        foreach (RouteReading reading in (RouteReading[])[routes[0], other])
        {
            if (reading.Problem is { } problem)
            {
                throw problem;
            }
        }

        return ParityJudgement.Judge(routes[0], other);
    }
}
