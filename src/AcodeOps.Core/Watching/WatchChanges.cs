namespace AcodeOps.Watching;

/// <summary>What is news between one reading of a watch and the next.</summary>
internal static class WatchChanges
{
    /// <summary>The news, in the order in which they are to be read.</summary>
    /// <param name="before">The reading before; null for the first.</param>
    /// <param name="now">The reading.</param>
    public static IEnumerable<WatchEvent> Between(WatchReading? before, WatchReading now)
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

        string? route = now.Assessment.ActiveRoute?.Name;
        if (before is null ? route is not null : route is not null && route != LastRoute(before) && now.Run is null)
        {
            yield return new WatchEvent(now.At, Verdict.Healthy, before is null ? $"Route '{route}' writes." : $"Route '{route}' writes now: another has switched.");
        }

        bool isDecisionNews = before is null ? now.Decision.Strategy is not (RecoveryStrategy.None or RecoveryStrategy.Unknown) : now.Decision.Strategy != before.Decision.Strategy;
        if (isDecisionNews)
        {
            yield return new WatchEvent(now.At, VerdictOf(now.Decision), now.Decision.Strategy == RecoveryStrategy.None ? now.Decision.Reason : $"To be done: {now.Decision.Strategy}. {now.Decision.Reason}");
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

    private static Verdict VerdictOf(RecoveryDecision decision) => decision.Strategy switch
    {
        RecoveryStrategy.None => Verdict.Healthy,
        RecoveryStrategy.Unknown => Verdict.Unknown,
        _ => Verdict.Failed,
    };

    private static string? LastRoute(WatchReading reading) =>
        reading.Run is { Status: RunbookStatus.Completed or RunbookStatus.AwaitingProof, Plan: FailoverPlan plan } ? plan.To.Route.Name : reading.Assessment.ActiveRoute?.Name;
}
