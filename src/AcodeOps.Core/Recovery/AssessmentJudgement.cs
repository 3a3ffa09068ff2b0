using AcodeOps.Health;

namespace AcodeOps.Recovery;

/// <summary>Draws several looks together to an assessment. Asks nobody.</summary>
internal static class AssessmentJudgement
{
    /// <summary>The assessment.</summary>
    /// <param name="looks">The looks, the oldest first; one at least.</param>
    /// <param name="needed">How many of them must have failed for a part to count as failed.</param>
    /// <param name="routes">The routes; null where it is not known which of them is active.</param>
    /// <param name="now">The time, UTC.</param>
    public static RecoveryAssessment Judge(IReadOnlyList<RecoveryLook> looks, int needed, IReadOnlyList<Route>? routes, DateTimeOffset now)
    {
        PartAssessment[] parts =
        [
            .. Enum.GetValues<RecoveryPart>().Where(part => looks[0].Checks.ContainsKey(part))
                .Select(part => ProbeVote.Count(part, [.. looks.Select(look => look.Checks[part])], needed)),
        ];
        string? witness = null;
        for (int i = 0; i < parts.Length; i++)
        {
            if (parts[i] is { Part: RecoveryPart.PrimarySource, Verdict: Verdict.Failed, FailedSince: { } since } primary)
            {
                witness = PrimaryWitness.Hear(since, looks.Select(look => look.Replication));
                parts[i] = witness is null ? primary : primary with { Verdict = Verdict.Unknown, Summary = $"{primary.Summary} {witness}" };
            }
            else if (parts[i] is { Part: RecoveryPart.BackupSource, Verdict: Verdict.Healthy or Verdict.Degraded } backup)
            {
                parts[i] = WithReplication(backup, [.. looks.Select(look => look.ReplicationCheck).OfType<HealthCheck>()], needed);
            }
            else if (parts[i] is { Part: RecoveryPart.Airbyte, Verdict: Verdict.Healthy or Verdict.Degraded } airbyte && routes is null)
            {
                parts[i] = airbyte with { Verdict = Verdict.Unknown, Summary = $"{airbyte.Summary} But it does not tell which route is active." };
            }
        }

        RecoveryLook last = looks[^1];
        return new RecoveryAssessment
        {
            AssessedAt = now,
            Parts = parts,
            Routes = routes ?? [],
            Witness = witness,
            Evidence = FrozenEvidence.Of(routes ?? [], last.Checks.OrderBy(check => check.Key).Select(check => check.Value).Prepend(last.ReplicationCheck).OfType<HealthCheck>()),
        };
    }

    /// <summary>A replica that answers and does not replicate feeds the lake nothing new: it cannot be used, and that is no outage of it.</summary>
    private static PartAssessment WithReplication(PartAssessment backup, IReadOnlyList<HealthCheck> looks, int needed)
    {
        PartAssessment replication = ProbeVote.Count(RecoveryPart.BackupSource, looks, Math.Min(needed, looks.Count));
        return looks.Count == 0 || replication.Verdict.Severity() <= backup.Verdict.Severity()
            ? backup with { Evidence = [.. backup.Evidence, .. replication.Evidence] }
            : replication with { Evidence = [.. backup.Evidence, .. replication.Evidence] };
    }
}
