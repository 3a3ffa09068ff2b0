using System.Globalization;

namespace AcodeOps.Recovery;

/// <summary>Draws several looks at one part together: N of M, so that neither one lost answer nor one lucky one decides.</summary>
internal static class ProbeVote
{
    /// <summary>The assessment of a part.</summary>
    /// <param name="part">The part.</param>
    /// <param name="looks">Its looks, the oldest first.</param>
    /// <param name="needed">How many of them must have failed for it to count as failed.</param>
    public static PartAssessment Count(RecoveryPart part, IReadOnlyList<HealthCheck> looks, int needed)
    {
        HealthCheck[] failed = [.. looks.Where(look => look.Verdict == Verdict.Failed)];
        HealthCheck[] usable = [.. looks.Where(look => look.Verdict is Verdict.Healthy or Verdict.Degraded)];

        // As many as would, failed, have been too few: so every count of looks is decided, and at most one way.
        int enough = Math.Max(1, looks.Count - needed + 1);
        (Verdict verdict, HealthCheck? spokesman) = (failed.Length, usable.Length) switch
        {
            var (f, _) when f >= needed => (Verdict.Failed, failed.LastOrDefault(look => look.IsOutage) ?? failed[^1]),
            var (_, u) when u >= enough => u == looks.Count && usable.All(look => look.Verdict == Verdict.Healthy)
                ? (Verdict.Healthy, usable[^1])
                : (Verdict.Degraded, looks.Last(look => look.Verdict != Verdict.Healthy)),
            _ => (Verdict.Unknown, looks.LastOrDefault(look => look.Verdict == Verdict.Unknown) ?? looks.LastOrDefault(look => look.Verdict == Verdict.Failed) ?? (looks.Count > 0 ? looks[^1] : null)),
        };
        string count = string.Create(CultureInfo.InvariantCulture, $"{failed.Length} of {looks.Count} looks failed");
        return new PartAssessment
        {
            Part = part,
            Verdict = verdict,
            Summary = spokesman is null ? "It was not looked at." : verdict == Verdict.Healthy ? spokesman.Summary : $"{spokesman.Summary} ({count})",
            Probes = looks.Count,
            FailedProbes = failed.Length,
            Cause = spokesman?.Cause,
            ErrorId = spokesman?.ErrorId,
            FailedSince = failed.FirstOrDefault()?.CheckedAt,
            Remedy = spokesman?.Remedy,
            Evidence = [.. looks.Select(look => string.Create(CultureInfo.InvariantCulture, $"{look.CheckedAt.UtcDateTime:HH:mm:ss}Z {look.Verdict}: {look.Summary}")).Distinct()],
        };
    }
}
