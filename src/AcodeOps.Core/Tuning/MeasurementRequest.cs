namespace AcodeOps.Tuning;

/// <summary>How long and how often is measured.</summary>
public sealed record MeasurementRequest
{
    /// <summary>The time between the first and the last look.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The time between two looks at what goes up and down.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest that one answer of a server may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many statements are told of each source.</summary>
    public int Statements { get; init; } = 5;
}
