namespace AcodeOps;

/// <summary>What a rule of data quality found in a table.</summary>
public sealed record QualityRuleResult
{
    /// <summary>The table.</summary>
    public required string Table { get; init; }

    /// <summary>The column; null for a rule of the table's days.</summary>
    public string? Column { get; init; }

    /// <summary>The check: <c>cnpj</c>, <c>notNull</c>, <c>weekday</c>.</summary>
    public required string Check { get; init; }

    /// <summary>What the rule is known by: <c>sales.CNPJ.cnpj</c>.</summary>
    public string Rule => Column is null ? $"{Table}.{Check}" : $"{Table}.{Column}.{Check}";

    /// <summary>What it demands, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>Healthy within its limit; Degraded or Failed, as its severity is, beyond it; Unknown where nothing was measured.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>How much breaking it matters.</summary>
    public required FindingSeverity Severity { get; init; }

    /// <summary>Who sees to it; null for nobody in particular.</summary>
    public string? Owner { get; init; }

    /// <summary>What was measured, in <see cref="Unit"/>; null where nothing was.</summary>
    public double? Value { get; init; }

    /// <summary>The most of it that is tolerated, or for what must be there the least.</summary>
    public required double Limit { get; init; }

    /// <summary>What both are counted in: <c>% of rows</c>, <c>rows</c>, <c>% of the usual</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>How much of the rule is kept, from 0 to 1: the share of good rows, or of what must be there. Null where nothing was measured.</summary>
    public double? Share { get; init; }

    /// <summary>The rows that break it; null for a rule of days.</summary>
    public long? BadRows { get; init; }

    /// <summary>What is wrong with them, and with how many.</summary>
    public IReadOnlyDictionary<string, long> Faults { get; init; } = new Dictionary<string, long>();

    /// <summary>The keys of rows that break it: all of them, or the first thousand. Keys only, as rows may be personal data.</summary>
    public IReadOnlyList<string> Keys { get; init => field = value.ToArray(); } = [];

    /// <summary>When the earliest of the rows that break it was processed, as the source writes it: what a sync that is to read them again must begin at. Null where the table does not tell.</summary>
    public DateTime? ReplayFrom { get; init; }

    /// <summary>It in a sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>How it was found.</summary>
    public IReadOnlyList<string> Evidence { get; init => field = value.ToArray(); } = [];

    /// <summary>The id of what is wrong; null when healthy.</summary>
    public string? ErrorId { get; init; }

    /// <summary>What to do; null when healthy.</summary>
    public string? Remedy { get; init; }

    /// <inheritdoc />
    public override string ToString() => $"{Verdict} {Rule}: {Summary}";
}
