namespace AcodeOps;

/// <summary>What a section of a measurement is about.</summary>
public enum PerformancePart
{
    /// <summary>The machine that AcodeOps runs on.</summary>
    Machine,

    /// <summary>The pods that run Airbyte.</summary>
    Pods,

    /// <summary>A MySQL or MariaDB server.</summary>
    Source,
}

/// <summary>What was measured of one machine, server or namespace.</summary>
public sealed record PerformanceSection
{
    /// <summary>What it is about.</summary>
    public required PerformancePart Part { get; init; }

    /// <summary>Which one: <c>machine</c>, <c>primary</c>, a namespace.</summary>
    public required string Target { get; init; }

    /// <summary>The figures.</summary>
    public required IReadOnlyList<PerformanceReading> Readings { get; init => field = value.ToArray(); }

    /// <summary>The statements that cost the most in the time, without their literals; empty where there are none or they are not known.</summary>
    public IReadOnlyList<SlowQuery> Statements { get; init => field = value.ToArray(); } = [];

    /// <inheritdoc />
    public override string ToString() => $"{Target}: {Readings.Count} readings";
}
