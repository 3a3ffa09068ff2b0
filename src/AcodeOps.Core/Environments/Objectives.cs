namespace AcodeOps;

/// <summary>What the installation promises. The defaults are the operations guide's.</summary>
public sealed record Objectives
{
    /// <summary>The oldest that the newest data may be, in hours.</summary>
    public double FreshnessHours { get; init; } = 25;

    /// <summary>From when on ageing data is a warning, in hours.</summary>
    public double FreshnessWarningHours { get; init; } = 20;

    /// <summary>The longest a sync may take, in minutes.</summary>
    public double SyncMinutes { get; init; } = 180;

    /// <summary>The most of a column that may be NULL, in per cent.</summary>
    public double NullPercent { get; init; } = 5;

    /// <summary>The furthest the backup may be behind the primary, in seconds.</summary>
    public double LagSeconds { get; init; } = 300;

    /// <summary>The fewest rows that a closed day must have, as a share of the days before it, in per cent.</summary>
    public double VolumePercent { get; init; } = 50;

    /// <summary>The furthest this machine's clock may be off, in seconds.</summary>
    public double ClockOffsetSeconds { get; init; } = 5;

    /// <summary>The oldest that the last rehearsal of a recovery may be, in days.</summary>
    public double DrillDays { get; init; } = 90;

    /// <summary>The oldest that the present version of a secret may be, in days.</summary>
    public double RotationDays { get; init; } = 90;

    /// <summary>The least score that a table's data may have, from 0 to 100.</summary>
    public double QualityScore { get; init; } = 95;

    /// <inheritdoc />
    public override string ToString() => $"freshness {FreshnessHours} h, sync {SyncMinutes} min";
}
