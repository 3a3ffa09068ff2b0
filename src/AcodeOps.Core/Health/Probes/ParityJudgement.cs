using AcodeOps.Syncs;

namespace AcodeOps.Health.Probes;

/// <summary>Judges a route against the preferred one: what readers would find changed after a switch.</summary>
internal static class ParityJudgement
{
    public static Observation Judge(RouteReading preferred, RouteReading other)
    {
        foreach (RouteReading reading in (RouteReading[])[preferred, other])
        {
            if (reading.Connection is null)
            {
                return new Observation(Verdict.Degraded, $"Route '{reading.Route.Name}' has no connection in Airbyte: there is nothing to switch to or from.")
                {
                    Cause = FailureClass.NotFound,
                    ErrorId = "RouteMissing",
                    Remedy = RouteMatch.MissingRemedy(reading.Definition),
                };
            }

            if (reading.Destination is null)
            {
                return new Observation(Verdict.Unknown, $"Airbyte does not tell where route '{reading.Route.Name}' writes.")
                {
                    Cause = FailureClass.NotFound,
                    ErrorId = "DestinationUnknown",
                    Remedy = $"Look at the destination of '{reading.Connection.Name}' in Airbyte.",
                };
            }
        }

        IReadOnlyList<RouteDifference> all = RouteDifference.Between(preferred, other);
        RouteDifference[] differences = [.. all.Where(d => !d.IsHarmless)];
        string place = preferred.Route.Location == other.Route.Location
            ? $"both land in {other.Route.Location}" : $"lands in {other.Route.Location} instead of {preferred.Route.Location}";
        return differences.Length == 0
            ? new Observation(Verdict.Healthy, $"Like '{preferred.Route.Name}'; {place}.") { Evidence = [.. all.Select(d => d.ToString()), place] }
            : new Observation(Verdict.Degraded, Summary(differences))
            {
                ErrorId = differences.Any(d => d.IsLoss) ? "StreamMissing" : "RoutesDiffer",
                Value = differences.Length,
                Threshold = 0,
                Evidence = [.. all.Select(d => d.ToString()), place],
                Remedy = $"Mend '{other.Connection!.Name}' in Airbyte before the night it is needed, or tell the readers: "
                    + $"`Get-AcodeConnection -Id {other.Connection.ConnectionId}` shows its streams.",
            };
    }

    private static string Summary(RouteDifference[] differences)
    {
        string first = differences.OrderByDescending(d => d.IsLoss).First().What;
        return differences.Length == 1 ? $"After a switch: {first}." : $"After a switch: {first}, and {differences.Length - 1} more.";
    }
}
