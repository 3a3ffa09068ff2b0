namespace AcodeOps;

/// <summary>What the rules of data quality found in the closed days of a table.</summary>
public sealed record DataQualityResult
{
    /// <summary>The environment.</summary>
    public required string Environment { get; init; }

    /// <summary>The table.</summary>
    public required string Table { get; init; }

    /// <summary>What was read: <c>Backup source 10.0.0.7:3306</c>, <c>s3://lake/…</c>.</summary>
    public required string ReadFrom { get; init; }

    /// <summary>The first day, by the rows' event date; null for a table that has none, of which the newest rows were read.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day.</summary>
    public DateOnly? To { get; init; }

    /// <summary>The rows that were judged.</summary>
    public long Rows { get; init; }

    /// <summary>False where the reading ended at its limit before the end of the days.</summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>The worst of the rules' verdicts.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>
    /// From 0 to 100: the mean of the rules' shares times 100, an error's rule weighing three times a warning's. Rules that are
    /// Unknown are left out. Null where none was measured.
    /// </summary>
    public double? Score { get; init; }

    /// <summary>Each rule, the worst first.</summary>
    public IReadOnlyList<QualityRuleResult> Rules { get; init => field = value.ToArray(); } = [];

    /// <summary>How it was read.</summary>
    public IReadOnlyList<string> Evidence { get; init => field = value.ToArray(); } = [];

    /// <summary>Where it is on record, with the keys of the rows and how to read them again; null where it was not recorded.</summary>
    public string? Manifest { get; init; }

    /// <summary>When it was measured, UTC.</summary>
    public required DateTimeOffset TestedAt { get; init; }

    /// <summary>The rules that are not Healthy.</summary>
    public IEnumerable<QualityRuleResult> Broken => Rules.Where(rule => rule.Verdict != Verdict.Healthy);

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"{Verdict} {Table}: {(Score is { } score ? $"score {score:0.0}, " : "")}{Rows:N0} rows, {Broken.Count()} of {Rules.Count} rules not kept");
}
