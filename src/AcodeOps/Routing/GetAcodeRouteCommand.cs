using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Routing;
using AcodeOps.Shell;
using AcodeOps.Syncs;

namespace AcodeOps.Commands;

/// <summary>
/// Gets the routes of an installation as they stand: which one writes, where its data lands, and what its last sync did.
/// <c>Get-AcodeRoute -Active</c> answers what readers and schedulers ask.
/// </summary>
[Needs(AccessRole.Viewer, Need.AskAirbyte)]
[Cmdlet(VerbsCommon.Get, "AcodeRoute")]
[OutputType(typeof(Route))]
public sealed class GetAcodeRouteCommand : EnvironmentCmdlet
{
    /// <summary>The routes' names; wildcards are allowed. All of them without it.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RouteNameCompleter))]
    public string[]? Name { get; set; }

    /// <summary>Only routes that may write now.</summary>
    [Parameter]
    public SwitchParameter Active { get; set; }

    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        NameFilter filter = new(Name);
        foreach (RouteReading reading in await RouteReader.ReadAsync(Installation, cancel))
        {
            if (!filter.IsMatch(reading.Route.Name))
            {
                continue;
            }

            if (reading.Problem is { } problem)
            {
                WriteFailure(problem);
            }

            if (!Active || reading.Route.IsActive)
            {
                WriteObject(reading.Route);
            }
        }

        foreach (string missing in filter.Unmatched)
        {
            WriteFailure(new AcodeException("RouteNotFound", FailureClass.NotFound, $"The environment '{Installation.Environment}' has no route '{missing}'.")
            {
                Advice = $"It has {string.Join(", ", Installation.Environment.Routes)}.",
                Subject = missing,
            });
        }
    }
}
