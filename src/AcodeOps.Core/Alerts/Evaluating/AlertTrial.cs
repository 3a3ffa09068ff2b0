namespace AcodeOps;

/// <summary>What a rule did in one outage.</summary>
public sealed record AlertTrial
{
    /// <summary>The outage.</summary>
    public required string Outage { get; init; }

    /// <summary>Whether the catalogue says that this rule has to fire in it.</summary>
    public bool IsExpected { get; init; }

    /// <summary>Whether it fired.</summary>
    public required bool HasFired { get; init; }

    /// <summary>How long after the first collection that saw the outage it fired, in minutes; null where it did not.</summary>
    public double? FiredAfterMinutes { get; init; }

    /// <summary>How long after the first collection that did not see it any more it was known to be well again, in minutes; null where it was not, or had not fired.</summary>
    public double? RecoveredAfterMinutes { get; init; }

    /// <summary>The figure that went furthest towards the threshold or beyond it; null where there was none.</summary>
    public double? Extreme { get; init; }

    /// <summary>The groups that fired.</summary>
    public IReadOnlyList<string> Groups { get; init => field = value.ToArray(); } = [];

    /// <inheritdoc />
    public override string ToString() => !HasFired ? $"{Outage}: silent"
        : FormattableString.Invariant($"{Outage}: after {FiredAfterMinutes:0} min, {(RecoveredAfterMinutes is { } over ? $"until {over:0} min after its end" : "for ever")}");
}
