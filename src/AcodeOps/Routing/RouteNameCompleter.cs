using AcodeOps.Shell;

namespace AcodeOps.Routing;

/// <summary>Completes the names of routes.</summary>
public sealed class RouteNameCompleter : ConnectedNameCompleter
{
    /// <inheritdoc />
    protected override IEnumerable<(string Name, string? Tip)> Names(AcodeEnvironment environment) =>
        environment.Routes.Select(route => (route.Name, (string?)$"{route.Source} source to {route.Storage} storage, by {route.Connection}"));
}
