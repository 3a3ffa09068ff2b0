namespace AcodeOps;

/// <summary>What came of evaluating a rule: now, over a recording, or in outages.</summary>
public sealed record AlertEvaluation
{
    /// <summary>The rule: its id, or the name of a monitor that was read from a file.</summary>
    public required string Rule { get; init; }

    /// <summary>What has happened when it fires; of a monitor from a file, its query.</summary>
    public required string Title { get; init; }

    /// <summary>How much it matters; null where a file does not say.</summary>
    public NotificationSeverity? Severity { get; init; }

    /// <summary>What it says at the end of what was looked at; null where it was only tried in outages.</summary>
    public AlertState? State { get; init; }

    /// <summary>The worst figure of its groups, in <see cref="Unit"/>; null where there is none.</summary>
    public double? Value { get; init; }

    /// <summary>What it is held against; null where the query was not understood.</summary>
    public double? Threshold { get; init; }

    /// <summary>The unit of both; empty for a pure number.</summary>
    public string Unit { get; init; } = "";

    /// <summary>What it says of each of its groups.</summary>
    public IReadOnlyList<AlertGroup> Groups { get; init => field = value.ToArray(); } = [];

    /// <summary>When it fired first in a recording, UTC; null where it did not.</summary>
    public DateTimeOffset? FiredAt { get; init; }

    /// <summary>When it was known to be well again after it had fired last in a recording, UTC; null where it was not, or had not fired.</summary>
    public DateTimeOffset? RecoveredAt { get; init; }

    /// <summary>What it did in each outage that it was tried in.</summary>
    public IReadOnlyList<AlertTrial> Outages { get; init => field = value.ToArray(); } = [];

    /// <summary>What is wrong with it.</summary>
    public IReadOnlyList<Finding> Findings { get; init => field = value.ToArray(); } = [];

    /// <summary>What to do when it fires; null where a file does not say.</summary>
    public string? Advice { get; init; }

    /// <inheritdoc />
    public override string ToString() => $"{Rule}: {(State is { } state ? state : $"fires in {Outages.Count(trial => trial.HasFired)} of {Outages.Count} outages")}{(Findings.Count == 0 ? "" : $", {Findings.Count} findings")}";
}
