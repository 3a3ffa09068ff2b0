using AcodeOps.Shell;

namespace AcodeOps.Syncs;

/// <summary>Completes the names of the routes' connections.</summary>
public sealed class ConnectionNameCompleter : ConnectedNameCompleter
{
    /// <inheritdoc />
    protected override IEnumerable<(string Name, string? Tip)> Names(AcodeEnvironment environment) =>
        environment.Routes.DistinctBy(route => route.Connection).Select(route => (route.Connection, (string?)$"route {route.Name}"));
}
