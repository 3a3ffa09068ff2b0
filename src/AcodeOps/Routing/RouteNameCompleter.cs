using AcodeOps.Environments;
using AcodeOps.Shell;

namespace AcodeOps.Routing;

/// <summary>Completes the names of the connected environment's routes. It connects to nothing.</summary>
public sealed class RouteNameCompleter : NameCompleter
{
    /// <inheritdoc />
    protected override IEnumerable<(string Name, string? Tip)> Names() => ConnectedEnvironment.OfThisRunspace?.Installation.Environment.Routes.Select(route => (route.Name, (string?)null)) ?? [];
}
