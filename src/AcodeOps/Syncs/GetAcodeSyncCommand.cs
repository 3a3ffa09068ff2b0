using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Shell;
using AcodeOps.Syncs;

namespace AcodeOps.Commands;

/// <summary>Gets the syncs of connections, newest first: of all the environment's routes, or of those that are named or piped in.</summary>
[Needs(AccessRole.Viewer, Need.AskAirbyte)]
[Cmdlet(VerbsCommon.Get, "AcodeSync")]
[OutputType(typeof(Sync))]
public sealed class GetAcodeSyncCommand : EnvironmentCmdlet
{
    /// <summary>The connections, by name (wildcards are allowed) or id, or routes and connections from the pipeline. Those of all routes without it.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("ConnectionId")]
    [AllowNull]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    public string[]? Connection { get; set; }

    /// <summary>At most so many of each connection, the newest.</summary>
    [Parameter]
    [Alias("First")]
    [ValidateRange(1, int.MaxValue)]
    public int Newest { get; set; } = 20;

    /// <summary>Only syncs in one of these states.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public SyncStatus[]? Status { get; set; }

    /// <summary>Only syncs that started at this time or later.</summary>
    [Parameter]
    public DateTime? Since { get; set; }

    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        if (Connection is null && MyInvocation.ExpectingInput)
        {
            // A route without a connection came down the pipeline: it has no syncs, and must not stand for all routes.
            return;
        }

        IReadOnlyList<Guid> connections = Connection is null
            ? OfRoutes(await ConnectionsAsync(cancel))
            : await ConnectionSelector.SelectAsync(Installation.Airbyte, Connection, WriteFailure, cancel);
        foreach (Guid connection in connections)
        {
            await WriteSyncsAsync(connection, cancel);
        }
    }

    private async Task WriteSyncsAsync(Guid connection, CancellationToken cancel)
    {
        DateTimeOffset? since = Since is { } time ? new DateTimeOffset(time.ToUniversalTime()) : null;
        int count = 0;
        await foreach (Sync sync in Installation.Airbyte.ListSyncsAsync(connection, cancel))
        {
            if (count == Newest || sync.StartedAt < since)
            {
                break;
            }

            if (Status is null || Status.Contains(sync.Status))
            {
                count++;
                WriteObject(sync);
            }
        }
    }

    private async Task<List<Connection>> ConnectionsAsync(CancellationToken cancel)
    {
        List<Connection> connections = [];
        await foreach (Connection connection in Installation.Airbyte.ListConnectionsAsync(cancel))
        {
            connections.Add(connection);
        }

        return connections;
    }

    private IReadOnlyList<Guid> OfRoutes(List<Connection> connections)
    {
        List<Guid> found = [];
        foreach (RouteDefinition route in Installation.Environment.Routes)
        {
            try
            {
                if (RouteMatch.Find(route, connections) is { } connection)
                {
                    found.Add(connection.ConnectionId);
                }
            }
            catch (AcodeException ambiguous)
            {
                WriteFailure(ambiguous);
            }
        }

        return [.. found.Distinct()];
    }
}
