using AcodeOps.Routing;
using AcodeOps.Syncs;

namespace AcodeOps.Recovery.Corruption;

/// <summary>Chooses the route that loads anew: the active one, which must be one that lands there; where none is active, the first that does.</summary>
internal static class ReloadingRoute
{
    /// <summary>The stream as the chosen route has it.</summary>
    /// <exception cref="AcodeException">
    /// <c>TwoActiveRoutes</c> (Conflict); <c>CorruptedRouteInactive</c> (Refused): another route writes; <c>ConnectionStatusUnknown</c>: whether one does is not known.
    /// </exception>
    public static StreamPlace Choose(CorruptedPartition partition, IReadOnlyList<RouteReading> routes)
    {
        if (routes.FirstOrDefault(r => r.Route.Status == ConnectionStatus.Unknown && (r.Connection is not null || r.Problem is not null)) is { } untold)
        {
            throw TargetChoice.Untold(untold);
        }

        RouteReading[] active = [.. routes.Where(r => r.Route.IsActive)];
        if (active.Length > 1)
        {
            throw new AcodeException("TwoActiveRoutes", FailureClass.Conflict, $"{active.Length} routes are active, and only one may be: {string.Join(", ", active.Select(r => r.Route.Name))}.")
            {
                Advice = "Find out which of them is to write, and switch the others off in Airbyte.",
                Subject = partition.Prefix,
            };
        }

        if (active.Length == 0)
        {
            return partition.Places[0];
        }

        return partition.Places.FirstOrDefault(place => place.Route.Route.Name == active[0].Route.Name) ?? throw new AcodeException(
            "CorruptedRouteInactive", FailureClass.Refused,
            $"Route '{active[0].Route.Name}' writes, and does not land at {partition.Prefix}: {string.Join(" and ", partition.Places.Select(place => $"'{place.Route}'"))} would have to load anew.")
        {
            Advice = $"Switch to it first (Invoke-AcodeFailover {partition.Places[0].Route}) and repeat, or only move the objects: Move-AcodeData.",
            Subject = partition.Prefix,
        };
    }
}
