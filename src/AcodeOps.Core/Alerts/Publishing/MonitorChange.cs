namespace AcodeOps;

/// <summary>What is to be done with a monitor, or was.</summary>
public enum MonitorAction
{
    /// <summary>It is as it is to be.</summary>
    None,

    /// <summary>It is not there.</summary>
    Create,

    /// <summary>It is there, and differs.</summary>
    Update,

    /// <summary>It is of a rule that there is no more, or the second of its rule.</summary>
    Delete,
}

/// <summary>A monitor, and what is to be done with it or was.</summary>
public sealed record MonitorChange
{
    /// <summary>The rule that it is of.</summary>
    public required string Rule { get; init; }

    /// <summary>Its name at Datadog.</summary>
    public required string Name { get; init; }

    /// <summary>Its id at Datadog; null while there is none.</summary>
    public long? MonitorId { get; init; }

    /// <summary>What is to be done.</summary>
    public required MonitorAction Action { get; init; }

    /// <summary>The fields that differ: <c>query</c>, <c>options.thresholds</c>.</summary>
    public IReadOnlyList<string> Differences { get; init => field = value.ToArray(); } = [];

    /// <summary>True where somebody has changed it at Datadog since it was written.</summary>
    public bool EditedAtDatadog { get; init; }

    /// <summary>True once it was done; false while it is a plan, or where it failed.</summary>
    public bool Applied { get; init; }

    /// <summary>The stable id of what failed; null when nothing did.</summary>
    public string? ErrorId { get; init; }

    /// <summary>What failed, in a sentence; null when nothing did.</summary>
    public string? Error { get; init; }

    /// <summary>Why it failed, as a class; null when nothing did.</summary>
    public FailureClass? Cause { get; init; }

    /// <summary>What to do next; null when nothing failed, or nobody knows.</summary>
    public string? Remedy { get; init; }

    /// <inheritdoc />
    public override string ToString() => $"{Action} {Rule}{(Differences.Count == 0 ? "" : $" ({string.Join(", ", Differences)})")}{(ErrorId is null ? "" : $": {ErrorId}")}";
}
