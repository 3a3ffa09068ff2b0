namespace AcodeOps;

/// <summary>What a task of the maintenance found or did.</summary>
public sealed record MaintenanceOutcome
{
    /// <summary>The task.</summary>
    public required MaintenanceTask Task { get; init; }

    /// <summary>The whole in one word. A task that is Failed or Unknown makes the run fail.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The whole in a sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>What needs attention, the worst first.</summary>
    public IReadOnlyList<Finding> Findings { get; init => field = value.ToArray(); } = [];

    /// <summary>The figures that are held against those of other weeks.</summary>
    public IReadOnlyList<MaintenanceFigure> Figures { get; init => field = value.ToArray(); } = [];

    /// <summary>What was seen, one fact a line.</summary>
    public IReadOnlyList<string> Evidence { get; init => field = value.ToArray(); } = [];

    /// <inheritdoc />
    public override string ToString() => $"{Task}: {Verdict} ({Summary})";
}

/// <summary>A figure of one run of the maintenance.</summary>
/// <param name="Name">What it is: a metric's name with its tags, or the findings of a task.</param>
/// <param name="Value">Its value.</param>
/// <param name="Unit">Its unit; empty for none.</param>
public sealed record MaintenanceFigure(string Name, double Value, string Unit);
