using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Shell;
using AcodeOps.Syncs;

namespace AcodeOps.Commands;

/// <summary>Gets Airbyte's connections with their streams: those of the environment's workspace, whether a route uses them or not.</summary>
[Needs(AccessRole.Viewer, Need.AskAirbyte)]
[Cmdlet(VerbsCommon.Get, "AcodeConnection", DefaultParameterSetName = "Name")]
[OutputType(typeof(Connection))]
public sealed class GetAcodeConnectionCommand : EnvironmentCmdlet
{
    /// <summary>The connections' names; wildcards are allowed. All of them without it.</summary>
    [Parameter(Position = 0, ParameterSetName = "Name")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    public string[]? Name { get; set; }

    /// <summary>The connections' ids.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Id", ValueFromPipelineByPropertyName = true)]
    [Alias("ConnectionId")]
    public Guid[] Id { get; set; } = [];

    /// <inheritdoc />
    protected override Task ProcessAsync(CancellationToken cancel) => ParameterSetName == "Id" ? ReadAsync(cancel) : ListAsync(cancel);

    private async Task ReadAsync(CancellationToken cancel)
    {
        foreach (Guid id in Id)
        {
            if (await Installation.Airbyte.ReadConnectionAsync(id, cancel) is { } connection)
            {
                WriteObject(connection);
            }
            else
            {
                WriteFailure(ConnectionSelector.NotFound(id.ToString()));
            }
        }
    }

    private async Task ListAsync(CancellationToken cancel)
    {
        NameFilter filter = new(Name);
        await foreach (Connection connection in Installation.Airbyte.ListConnectionsAsync(cancel))
        {
            if (filter.IsMatch(connection.Name))
            {
                WriteObject(connection);
            }
        }

        foreach (string missing in filter.Unmatched)
        {
            WriteFailure(ConnectionSelector.NotFound(missing));
        }
    }
}
