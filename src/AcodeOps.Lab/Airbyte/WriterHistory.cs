using System.Text.Json.Nodes;

namespace AcodeOps.Lab.Airbyte;

/// <summary>
/// Reads the stand-in's history as a judge of the single-writer invariant: which connections were active and which jobs
/// had not ended, after each of its lines.
/// </summary>
internal static class WriterHistory
{
    /// <summary>Every moment at which more than one of the connections was active, or jobs of more than one ran; in words.</summary>
    /// <param name="history">All of the history.</param>
    /// <param name="from">The number of the first line that counts: before it, the lab was being set up.</param>
    /// <param name="routes">The connections of one environment's routes.</param>
    public static IReadOnlyList<string> Violations(IReadOnlyList<JsonNode> history, int from, IReadOnlyCollection<Guid> routes)
    {
        HashSet<Guid> active = [];
        Dictionary<long, Guid> running = [];
        List<string> violations = [];
        for (int number = 0; number < history.Count; number++)
        {
            JsonNode line = history[number];
            switch ((string?)line["event"])
            {
                case "connection_status":
                    Guid connection = (Guid)line["connectionId"]!;
                    _ = (string?)line["to"] == "active" ? active.Add(connection) : active.Remove(connection);
                    break;
                case "job":
                    long job = (long)line["jobId"]!;
                    _ = (string?)line["to"] is "succeeded" or "failed" or "cancelled" ? running.Remove(job) : running.TryAdd(job, (Guid)line["connectionId"]!);
                    break;
                default:
                    continue;
            }

            if (number < from)
            {
                continue;
            }

            if (active.Intersect(routes).Count() > 1)
            {
                violations.Add($"{line["at"]}: {active.Intersect(routes).Count()} active routes");
            }

            if (running.Values.Intersect(routes).Distinct().Count() > 1)
            {
                violations.Add($"{line["at"]}: running jobs of {running.Values.Intersect(routes).Distinct().Count()} routes");
            }
        }

        return violations;
    }
}
