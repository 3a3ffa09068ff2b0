using AcodeOps.Syncs;

namespace AcodeOps.Routing;

/// <summary>Which routes come into question for a switch, and what to say when none does.</summary>
internal static class TargetChoice
{
    /// <summary>The routes that were asked for, in the environment's order.</summary>
    /// <exception cref="AcodeException"><c>RouteNotFound</c>.</exception>
    public static IReadOnlyList<RouteReading> Candidates(AcodeEnvironment environment, IReadOnlyList<RouteReading> routes, FailoverRequest request)
    {
        foreach (string name in request.Candidates)
        {
            if (!routes.Any(r => IsNamed(r, name)))
            {
                throw NotFound(environment, $"'{name}'", name);
            }
        }

        RouteReading[] asked =
        [
            .. routes.Where(r => request.Candidates.Count == 0 || request.Candidates.Any(name => IsNamed(r, name)))
                .Where(r => request.Source is not { } source || r.Route.Source == source)
                .Where(r => request.Storage is not { } storage || r.Route.Storage == storage),
        ];
        return asked.Length > 0 ? asked : throw NotFound(environment, $"from the {request.Source?.ToString() ?? "given"} source to the {request.Storage?.ToString() ?? "given"} storage", environment);
    }

    /// <summary>A route that Airbyte has no usable connection for.</summary>
    public static AcodeException Missing(RouteReading reading) => reading.Problem ?? new AcodeException(
        "RouteMissing", FailureClass.NotFound, reading.Connection is null
            ? $"Route '{reading.Route.Name}' has no connection in Airbyte: there is nothing to switch to."
            : $"Airbyte does not tell where route '{reading.Route.Name}' writes.")
    {
        Advice = reading.Route.Remedy ?? RouteMatch.MissingRemedy(reading.Definition),
        Subject = reading.Route,
    };

    /// <summary>A route that may write and of which too little is known to switch it off safely.</summary>
    public static AcodeException Untold(RouteReading reading) => reading.Problem ?? new AcodeException(
        "ConnectionStatusUnknown", FailureClass.Unknown, $"Whether route '{reading.Route.Name}' may write is not known: there might be two writers after a switch.")
    {
        Advice = "Look at its connection in Airbyte, and repeat.",
        Subject = reading.Route,
    };

    /// <summary>None of several routes passes its conditions.</summary>
    public static AcodeException NoneUsable(IReadOnlyList<RouteReading> candidates, IReadOnlyList<FailoverPlan> refused)
    {
        IEnumerable<string> reasons = candidates.Select(c => refused.FirstOrDefault(p => p.To.Route.Name == c.Route.Name) is { } plan
            ? $"{c.Route.Name}: {string.Join(" ", plan.Gates.Where(g => !g.IsPassed).Select(g => g.Summary))}"
            : $"{c.Route.Name}: no connection in Airbyte.");
        return new AcodeException("NoUsableRoute", FailureClass.Refused, $"No route can be switched to. {string.Join(" ", reasons)}")
        {
            Advice = "`Invoke-AcodeFailover -To NAME -WhatIf` shows the conditions of one route; Test-AcodeHealth the state of everything.",
            Subject = refused.Count > 0 ? refused[0] : null,
        };
    }

    private static bool IsNamed(RouteReading reading, string name) => reading.Route.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static AcodeException NotFound(AcodeEnvironment environment, string what, object subject) =>
        new("RouteNotFound", FailureClass.NotFound, $"The environment '{environment}' has no route {what}.")
        {
            Advice = $"It has {string.Join(", ", environment.Routes)}.",
            Subject = subject,
        };
}
