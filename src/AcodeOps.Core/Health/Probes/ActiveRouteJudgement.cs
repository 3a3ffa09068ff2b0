using AcodeOps.Syncs;

namespace AcodeOps.Health.Probes;

/// <summary>Judges which routes may write, and which do.</summary>
internal static class ActiveRouteJudgement
{
    /// <param name="routes">All routes, in order of preference.</param>
    public static Observation Judge(IReadOnlyList<RouteReading> routes)
    {
        RouteReading[] active = [.. routes.Where(r => r.Route.IsActive)];
        // A sync that began before its connection was set inactive still writes.
        RouteReading[] writers = [.. routes.Where(r => r.Route.IsActive || r.Route.LastSync is { IsTerminal: false, Status: not SyncStatus.Unknown })];
        RouteReading[] untold = [.. routes.Where(r => r.Route.Status == ConnectionStatus.Unknown && !(r.Connection is null && r.Problem is null))];
        Observation seen = active.Length > 1 ? Two(active)
            : writers.Length > 1 && (active.Length == 1 || SharedStorage(writers) is not null) ? StillWriting(active, writers)
            : untold.Length > 0 ? Untold(untold)
            : active.Length == 0 ? None(routes)
            : One(active[0], routes[0]);
        return seen with { Evidence = [.. routes.Select(Fact)] };
    }

    private static string Fact(RouteReading r) =>
        $"{r.Route.Preference}. {r.Route.Name}: {(r.Route.ConnectionId is null ? r.Problem is null ? "missing" : "not known" : r.Route.Status)}, "
        + $"{r.Route.Source} source to {r.Route.Storage} storage, last sync {r.Route.LastSync?.ToString() ?? "none known"}";

    private static string Names(IEnumerable<RouteReading> routes) => string.Join(" and ", routes.Select(r => r.Route.Name));

    private static string? SharedStorage(RouteReading[] routes) =>
        routes.GroupBy(r => r.Route.Storage).FirstOrDefault(group => group.Count() > 1) is { } shared ? $"the {shared.Key} storage" : null;

    private static Observation Two(RouteReading[] active) => new(
        Verdict.Failed,
        $"{active.Length} routes are active, {Names(active)}: {(SharedStorage(active) is { } storage ? $"two writers on {storage}" : "data lands in two places")}. Only one may be.")
    {
        ErrorId = "TwoActiveRoutes",
        Value = active.Length,
        Threshold = 1,
        Remedy = $"Decide which one is to write, set the other's connection inactive in Airbyte and cancel its running sync. `{AllSyncs}` shows which has been writing.",
    };

    private static Observation StillWriting(RouteReading[] active, RouteReading[] writers) => SharedStorage(writers) is { } storage
        ? new Observation(Verdict.Failed, $"Syncs of {Names(writers)} write to {storage} at once, although {(active.Length == 1 ? "one route is" : "no route is")} active.")
        {
            ErrorId = "TwoWriters",
            Remedy = $"Cancel in Airbyte the running sync of the route that is not meant to write: `{AllSyncs} -Status Running` shows them.",
        }
        : new Observation(Verdict.Degraded, $"Besides the active route, a sync that was running before still writes: {Names(writers.Except(active))}.")
        {
            ErrorId = "StandbyIsWriting",
            Remedy = $"Let it end, or cancel it in Airbyte: `{AllSyncs} -Status Running` shows it.",
        };

    private static Observation Untold(RouteReading[] untold) => new(
        Verdict.Unknown, $"Whether {Names(untold)} is active cannot be told, so there may be two writers or none.")
    {
        Cause = untold[0].Problem?.Cause,
        ErrorId = untold[0].Problem?.Id ?? "ConnectionStatusUnknown",
        Remedy = untold[0].Problem?.Advice ?? "Look at the connection in Airbyte.",
    };

    private static Observation None(IReadOnlyList<RouteReading> routes) => new(Verdict.Failed, "No route is active: no data flows.")
    {
        ErrorId = "NoActiveRoute",
        Value = 0,
        Threshold = 1,
        Remedy = routes.FirstOrDefault(r => r.Connection is not null) is { } usable
            ? $"If nobody is switching right now: check with `Test-AcodeHealth -Component Source, Storage` that '{usable.Route.Name}' can work, then set its connection active in Airbyte."
            : "None of the routes has a connection in Airbyte: `Get-AcodeRoute` tells what is missing.",
    };

    private static Observation One(RouteReading active, RouteReading preferred) => active.Route.Name == preferred.Route.Name
        ? new Observation(Verdict.Healthy, $"Route '{active.Route.Name}' writes, and no other: {active.Route.Location ?? "location not known"}.") { Value = 1, Threshold = 1 }
        : new Observation(
            Verdict.Degraded,
            $"Route '{active.Route.Name}' writes instead of the preferred '{preferred.Route.Name}': new data is in {active.Route.Location ?? "a location not known"}.")
        {
            ErrorId = "StandbyRouteActive",
            Value = 1,
            Threshold = 1,
            Remedy = $"Readers find new data there. Switch back once `Test-AcodeHealth` finds what '{preferred.Route.Name}' needs healthy.",
        };

    private const string AllSyncs = "Get-AcodeSync -Newest 3";
}
