using AcodeOps.Health.Probes;
using AcodeOps.Routing.Gates;
using AcodeOps.Syncs;

namespace AcodeOps.Routing;

/// <summary>Plans a switch: chooses the route, judges the conditions, works out what it will cost. Changes nothing.</summary>
public sealed class FailoverPlanner(IInstallation installation)
{
    /// <summary>The plan for what was asked; where several routes are possible, for the first in the environment's order that passes its conditions.</summary>
    /// <exception cref="AcodeException">
    /// <c>RouteNotFound</c>, <c>RouteMissing</c>: there is no such route or connection. <c>NoUsableRoute</c> (Refused): none of several
    /// passes. Whatever Airbyte fails with: without it nothing can be planned.
    /// </exception>
    public async Task<FailoverPlan> PlanAsync(FailoverRequest request, CancellationToken cancel)
    {
        IReadOnlyList<RouteReading> routes = await RouteReader.ReadAsync(installation, cancel).ConfigureAwait(false);
        IReadOnlyList<RouteReading> candidates = TargetChoice.Candidates(installation.Environment, routes, request);
        List<FailoverPlan> refused = [];
        foreach (RouteReading candidate in candidates)
        {
            if (PlannedRoute.Of(candidate) is not { } to)
            {
                if (candidates.Count == 1)
                {
                    throw TargetChoice.Missing(candidate);
                }

                continue;
            }

            FailoverPlan plan = await PlanAsync(request, routes, candidate, to, cancel).ConfigureAwait(false);
            if (plan.IsAllowed || candidates.Count == 1)
            {
                return plan;
            }

            refused.Add(plan);
        }

        throw TargetChoice.NoneUsable(candidates, refused);
    }

    private async Task<FailoverPlan> PlanAsync(
        FailoverRequest request, IReadOnlyList<RouteReading> routes, RouteReading target, PlannedRoute to, CancellationToken cancel)
    {
        List<PlannedRoute> from = [];
        foreach (RouteReading reading in routes.Where(r => r != target && r.Route.Status is (ConnectionStatus.Active or ConnectionStatus.Unknown)))
        {
            if (reading.Connection is null && reading.Problem is null)
            {
                continue;
            }

            from.Add(PlannedRoute.Of(reading) ?? throw TargetChoice.Untold(reading));
        }

        PlannedRoute? origin = OriginOf(routes, target, from);
        using CancellationTokenSource round = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        round.CancelAfter(TimeSpan.FromSeconds(request.TimeoutSeconds) * 2);
        GateContext context = new(installation, request, mayWrite: false, round.Token) { To = to, From = from, Origin = origin };
        IReadOnlyList<FailoverGate> gates = await GateCatalog.JudgeAsync(context, cancel).ConfigureAwait(false);
        FailoverPlan plan = new()
        {
            Environment = installation.Environment.Name,
            PlannedAt = installation.Clock.GetUtcNow(),
            From = from,
            Origin = origin,
            To = to,
            StatePolicy = request.StatePolicy,
            RunningSyncPolicy = request.RunningSyncs,
            SyncMinutes = target.Definition.SyncMinutes ?? installation.Environment.Objectives.SyncMinutes,
            AllowsDataLoss = request.AllowDataLoss,
            RunningSyncs = [.. routes.Where(r => r != target).SelectMany(r => r.Syncs.Take(1)).Where(s => !s.IsTerminal)],
            FaultAt = request.FaultAt,
            Gates = gates,
            Notes = Notes(routes, origin, target),
        };
        return gates.Any(g => !g.IsPassed) ? plan : await new SwitchCost(installation, context).AddAsync(plan, cancel).ConfigureAwait(false);
    }

    /// <summary>The active route; where there is none or more than one, the one that synced last.</summary>
    internal static PlannedRoute? OriginOf(IReadOnlyList<RouteReading> routes, RouteReading target, List<PlannedRoute> from) => from.Count == 1
        ? from[0]
        : routes.Where(r => r != target && r.Syncs.Any(s => s.Status == SyncStatus.Succeeded))
            .OrderByDescending(r => r.Route.IsActive)
            .ThenByDescending(r => r.Syncs.First(s => s.Status == SyncStatus.Succeeded).UpdatedAt)
            .Select(PlannedRoute.Of).FirstOrDefault();

    private static IReadOnlyList<string> Notes(IReadOnlyList<RouteReading> routes, PlannedRoute? origin, RouteReading target) =>
        routes.FirstOrDefault(r => r.Route.Name == origin?.Route.Name) is not { } old || PlannedRoute.Of(old) is null ? []
            : [.. RouteDifference.Between(old, target).Where(d => !d.IsHarmless).OrderByDescending(d => d.IsLoss).Select(d => d.ToString())];
}
