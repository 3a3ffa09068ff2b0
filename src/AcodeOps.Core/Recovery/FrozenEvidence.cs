using System.Globalization;
using AcodeOps.Reports;

namespace AcodeOps.Recovery;

/// <summary>
/// What a recovery keeps of the world as it was when it decided, one fact a line: later nobody can look at it any more. Only
/// of what was read for the decision; nothing is asked for it.
/// </summary>
internal static class FrozenEvidence
{
    // A plan is one object of the journal: what it holds must stay small, whatever a server tells.
    private const int Lines = 40;
    private const int Length = 2000;

    /// <summary>The lines.</summary>
    /// <param name="routes">The routes as they were read.</param>
    /// <param name="checks">The last look at each part.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<Route> routes, IEnumerable<HealthCheck> checks) =>
    [
        .. routes.Take(Lines).Select(LineOf).Select(Cut),
        .. checks.SelectMany(check => check.Evidence.Select(fact => $"{check.Component} {check.Target}: {fact}")).Take(Lines).Select(Cut),
    ];

    /// <summary>A route with its connection and its last sync.</summary>
    public static string LineOf(Route route)
    {
        string connection = route.ConnectionId is { } id ? $"connection {id} ({route.Status})" : $"connection '{route.ConnectionName}' is not known to Airbyte";
        string sync = route.LastSync switch
        {
            null => "no sync is known",
            { } last => $"last sync: job {last.JobId.ToString(CultureInfo.InvariantCulture)}, {last.Status}, {ReportText.Count(last.RowsSynced)} rows, {ReportText.At(last.UpdatedAt ?? last.StartedAt)}",
        };
        return $"route {route.Name}: {connection}; {sync}";
    }

    private static string Cut(string line) => line.Length <= Length ? line : line[..Length] + " …";
}
