namespace AcodeOps.Alerts;

/// <summary>Nothing was counted for the length of a window: a dead man's switch. For counts that every collection sends.</summary>
public sealed record AbsenceCondition : AlertCondition
{
    /// <summary>The count.</summary>
    public required AlertTerm Term { get; init; }

    /// <summary>What the sum over the window has to reach, lest it fire: 1.</summary>
    public override double Threshold { get; init; } = 1;

    /// <inheritdoc />
    public override IReadOnlyList<AlertTerm> Terms => (AlertTerm[])[Term];

    /// <inheritdoc />
    public override int HoldMinutes(int everyMinutes) => WindowMinutes;
}
