using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Syncs;

namespace AcodeOps.Commands;

/// <summary>
/// Starts a sync: of the active route, or of the connections that are named or piped in. It gives the sync that was
/// started; with <c>-Wait</c> the sync as it ended.
/// </summary>
[Needs(AccessRole.Operator, Need.AskAirbyte, Need.WriteAudit)]
[Cmdlet(VerbsLifecycle.Start, "AcodeSync", SupportsShouldProcess = true)]
[OutputType(typeof(Sync))]
public sealed class StartAcodeSyncCommand : SyncCmdlet
{
    /// <summary>The connections, by name (wildcards are allowed) or id, or routes and connections from the pipeline. The active route's without it.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("ConnectionId")]
    [AllowNull]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    public string[]? Connection { get; set; }

    /// <summary>Waits for the end of each sync before the next one is started. A sync that does not succeed is written and is an error.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>The longest wait for one sync, in minutes.</summary>
    [Parameter]
    [ValidateRange(1, 10_080)]
    public int TimeoutMinutes { get; set; } = 1_440;

    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        if (Connection is null && MyInvocation.ExpectingInput)
        {
            // A route without a connection came down the pipeline: it must not stand for the active one.
            return;
        }

        IReadOnlyList<Guid> connections = Connection is null
            ? [(await RouteMatch.FindActiveAsync(Installation, cancel)).ConnectionId]
            : await ConnectionSelector.SelectAsync(Installation.Airbyte, Connection, WriteFailure, cancel);
        await ForEachAsync(connections, id => StartAsync(id, cancel));
    }

    private async Task StartAsync(Guid id, CancellationToken cancel)
    {
        Connection connection = await ReadConnectionAsync(id, cancel);
        if (!ShouldProcess($"connection '{connection.Name}'", "Start a sync"))
        {
            return;
        }

        Sync sync = await ActAsync(connection, "start a sync", token => Installation.Airbyte.StartSyncAsync(id, token), cancel);
        if (Wait)
        {
            WriteEnded(await WaitAsync(sync, TimeSpan.FromMinutes(TimeoutMinutes), cancel));
        }
        else
        {
            WriteObject(sync);
        }
    }
}
