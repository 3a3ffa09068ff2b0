using AcodeOps.Syncs;

namespace AcodeOps.Health.Probes;

/// <summary>The routes as Airbyte has them, read once for all probes of a round.</summary>
internal static class RouteReadings
{
    public static Task<IReadOnlyList<RouteReading>> RoutesAsync(this HealthContext context) =>
        context.OnceAsync(typeof(RouteReading), cancel => RouteReader.ReadAsync(context.Installation, cancel));

    public static async Task<RouteReading> RouteAsync(this HealthContext context, string name) =>
        (await context.RoutesAsync().ConfigureAwait(false)).First(r => r.Route.Name == name);
}
