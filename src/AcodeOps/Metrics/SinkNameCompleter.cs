using AcodeOps.Shell;

namespace AcodeOps.Metrics;

/// <summary>Completes the names of sinks of metrics.</summary>
public sealed class SinkNameCompleter : ConnectedNameCompleter
{
    /// <inheritdoc />
    protected override IEnumerable<(string Name, string? Tip)> Names(AcodeEnvironment environment) =>
        environment.Metrics.Sinks.Select(sink => (sink.Name, (string?)sink.Kind.ToString()));
}
