namespace AcodeOps;

/// <summary>How an installation stands, as far as a recovery turns on it.</summary>
public sealed record RecoveryAssessment
{
    /// <summary>When the looking ended, UTC.</summary>
    public required DateTimeOffset AssessedAt { get; init; }

    /// <summary>Each part that the environment has.</summary>
    public required IReadOnlyList<PartAssessment> Parts { get; init => field = value.ToArray(); }

    /// <summary>The routes and their connections; empty where Airbyte did not tell.</summary>
    public IReadOnlyList<Route> Routes { get; init => field = value.ToArray(); } = [];

    /// <summary>The route that writes; null where none does, or it is not known.</summary>
    public Route? ActiveRoute => Routes.FirstOrDefault(route => route.IsActive);

    /// <summary>What the replica says of a primary that does not answer here; null where it was not asked or knows nothing.</summary>
    public string? Witness { get; init; }

    /// <summary>How far the replica was behind when it could last tell, where a watch has seen it; null else. A replica whose source is dead tells nothing.</summary>
    public KnownLag? LastKnownLag { get; init; }

    /// <summary>
    /// What else was seen when it was assessed, one fact a line: each route's connection, its status and its last sync, and what
    /// the last looks have told, such as the GTIDs that the replica had received and applied. For the record: nothing is decided by it.
    /// </summary>
    public IReadOnlyList<string> Evidence { get; init => field = value.ToArray(); } = [];

    /// <summary>The verdicts that the decision is made on. A part that the environment does not have is Failed: nothing can use it.</summary>
    public PartVerdicts Verdicts => new(
        VerdictOf(RecoveryPart.PrimarySource), VerdictOf(RecoveryPart.BackupSource), VerdictOf(RecoveryPart.PrimaryStorage),
        VerdictOf(RecoveryPart.BackupStorage), VerdictOf(RecoveryPart.Airbyte));

    /// <summary>When the first of the failed parts was seen to fail, UTC; null when none has failed.</summary>
    public DateTimeOffset? FailedSince => Parts.Where(part => part.Verdict == Verdict.Failed).Min(part => part.FailedSince);

    /// <inheritdoc />
    public override string ToString() => Verdicts.ToString();

    private Verdict VerdictOf(RecoveryPart part) => Parts.FirstOrDefault(p => p.Part == part)?.Verdict ?? Verdict.Failed;
}
