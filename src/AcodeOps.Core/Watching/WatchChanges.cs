namespace AcodeOps.Watching;

/// <summary>What is news between one reading of a watch and the next.</summary>
internal static class WatchChanges
{
    /// <summary>The news, in the order in which they are to be read.</summary>
    /// <param name="before">The reading before; null for the first.</param>
    /// <param name="now">The reading.</param>
    /// <param name="lastRoute">The route that was last known to write; null for none so far.</param>
    public static IEnumerable<WatchEvent> Between(WatchReading? before, WatchReading now, string? lastRoute)
    {
        Dictionary<RecoveryPart, Verdict> known = before?.Assessment.Parts.ToDictionary(part => part.Part, part => part.Verdict) ?? [];
        foreach (PartAssessment part in now.Assessment.Parts)
        {
            // Until enough looks were made, not knowing is no news.
            bool isNews = known.TryGetValue(part.Part, out Verdict verdict) ? verdict != part.Verdict : part.Verdict is Verdict.Degraded or Verdict.Failed;
            if (isNews)
            {
                yield return new WatchEvent(now.At, part.Verdict, $"{part.Part}: {part.Summary}");
            }
        }

        if (now.Assessment.ActiveRoute?.Name is { } route && route != lastRoute && now.Run is null)
        {
            yield return new WatchEvent(now.At, Verdict.Healthy, lastRoute is null ? $"Route '{route}' writes." : $"Route '{route}' writes now: another has switched.");
        }

        bool isDecisionNews = before is null ? now.Decision.Strategy is not (RecoveryStrategy.None or RecoveryStrategy.Unknown) : now.Decision.Strategy != before.Decision.Strategy;
        if (isDecisionNews)
        {
            yield return new WatchEvent(now.At, VerdictOf(now.Decision), now.Decision.Strategy switch
            {
                RecoveryStrategy.None => now.Decision.Reason,
                RecoveryStrategy.Unknown => $"What is to be done is not known. {now.Decision.Reason}",
                var needed => $"To be done: {needed}. {now.Decision.Reason}",
            });
        }

        if (now.Hold is { } hold && hold.Id != before?.Hold?.Id)
        {
            yield return new WatchEvent(now.At, Verdict.Degraded, $"Nothing is done by itself ({hold.Id}). {hold.Message} {hold.Advice}".TrimEnd());
        }

        if (now.Run is { } run)
        {
            yield return new WatchEvent(
                run.EndedAt ?? now.At,
                run.Status switch { RunbookStatus.Completed => Verdict.Healthy, RunbookStatus.AwaitingProof => Verdict.Degraded, _ => Verdict.Failed },
                $"{run} (run {run.RunId}). {run.Error}".TrimEnd());
        }
    }

    /// <summary>The route that is known to write after a reading; null where it is not known.</summary>
    public static string? RouteAfter(WatchReading reading) =>
        reading.Run is { Status: RunbookStatus.Completed or RunbookStatus.AwaitingProof, Plan: FailoverPlan plan } ? plan.To.Route.Name : reading.Assessment.ActiveRoute?.Name;

    private static Verdict VerdictOf(RecoveryDecision decision) => decision.Strategy switch
    {
        RecoveryStrategy.None => Verdict.Healthy,
        RecoveryStrategy.Unknown => Verdict.Unknown,
        _ => Verdict.Failed,
    };
}
