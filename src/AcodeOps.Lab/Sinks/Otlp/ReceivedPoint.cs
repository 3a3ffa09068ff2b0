namespace AcodeOps.Lab.Sinks.Otlp;

/// <summary>One data point of a metric as it came by OTLP.</summary>
/// <param name="Name">The metric's name.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Description">What it says.</param>
/// <param name="Kind"><c>gauge</c>, or <c>sum</c> with <c>delta</c> or <c>cumulative</c> and, where it never falls, <c>monotonic</c>.</param>
/// <param name="Value">The figure.</param>
/// <param name="Attributes">What tells it from others.</param>
public sealed record ReceivedPoint(string Name, string Unit, string Description, string Kind, double Value, IReadOnlyDictionary<string, string> Attributes)
{
    /// <summary>What is told of whoever sent it.</summary>
    public required IReadOnlyDictionary<string, string> Resource { get; init; }

    /// <summary>The instrumentation's name and version.</summary>
    public required string Scope { get; init; }
}
