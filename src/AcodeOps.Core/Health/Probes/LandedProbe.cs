using AcodeOps.Syncs;

namespace AcodeOps.Health.Probes;

/// <summary>The age of the newest object of each stream of the active route, where it lands.</summary>
public sealed class LandedProbe : HealthProbe
{
    /// <inheritdoc />
    public override HealthComponent Component => HealthComponent.Freshness;

    /// <inheritdoc />
    public override IEnumerable<string> Targets(AcodeEnvironment environment) => environment.Routes.Count > 0 ? ["landed"] : [];

    /// <inheritdoc />
    public override async Task<Observation> ObserveAsync(HealthContext context, string target, CancellationToken cancel)
    {
        IReadOnlyList<RouteReading> routes = await context.RoutesAsync().ConfigureAwait(false);
        RouteReading reading = routes.FirstOrDefault(r => r.Route.IsActive) ?? routes[0];
        if (LandedJudgement.Hindrance(reading, context.Environment) is { } hindrance)
        {
            return hindrance;
        }

        LandedStream[] landed = await ReadAsync(context, reading).ConfigureAwait(false);
        return LandedJudgement.Judge(reading, landed, context.Environment.Objectives, context.Now);
    }

    /// <summary>The newest objects of a route's streams, by the prefixes of the last days; read once a round. The route must have no <see cref="LandedJudgement.Hindrance"/>.</summary>
    internal static Task<LandedStream[]> ReadAsync(HealthContext context, RouteReading reading) => context.OnceAsync((typeof(LandedStream), reading.Route.Name), cancel =>
    {
        IObjectStore store = context.Installation.Storage(reading.Route.Storage);
        int days = LandedJudgement.LookBackDays(context.Environment.Objectives);
        DateOnly today = DateOnly.FromDateTime(context.Now.UtcDateTime);
        return Task.WhenAll(reading.Connection!.Streams.Select(stream => FindNewestAsync(store, stream.Name, [.. Prefixes(reading, stream, today, days)], cancel)));
    });

    /// <summary>The days' prefixes, newest first; one for several days where the path does not tell days apart.</summary>
    private static IEnumerable<string> Prefixes(RouteReading reading, ConnectionStream stream, DateOnly today, int days) => Enumerable.Range(0, days)
        .Select(back => LandingPath.PrefixOf(reading.Connection!, stream, reading.Destination!, today.AddDays(-back)).Prefix).Distinct();

    private static async Task<LandedStream> FindNewestAsync(IObjectStore store, string stream, string[] prefixes, CancellationToken cancel)
    {
        foreach (string prefix in prefixes)
        {
            LandedStream seen = new(stream, prefix, null, 0, 0);
            await foreach (StoredObject stored in store.ListAsync(prefix, cancel: cancel).ConfigureAwait(false))
            {
                seen = seen.With(stored);
            }

            if (seen.NewestAt is not null)
            {
                return seen;
            }
        }

        return new LandedStream(stream, prefixes[^1], null, 0, 0);
    }
}
