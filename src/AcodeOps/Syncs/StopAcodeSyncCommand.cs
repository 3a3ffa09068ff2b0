using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Syncs;

namespace AcodeOps.Commands;

/// <summary>
/// Cancels syncs, waits until they have ended, and gives them as they ended: one may have succeeded by then. What a
/// cancelled full refresh has written stays in the storage. One that has ended already is given as it is.
/// </summary>
[Needs(AccessRole.Operator, Need.AskAirbyte, Need.WriteAudit)]
[Cmdlet(VerbsLifecycle.Stop, "AcodeSync", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = "Job")]
[OutputType(typeof(Sync))]
public sealed class StopAcodeSyncCommand : SyncCmdlet
{
    /// <summary>Airbyte's job ids, or syncs from the pipeline.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Job", ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public long[] JobId { get; set; } = [];

    /// <summary>The connections whose running syncs are meant, by name (wildcards are allowed) or id.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Connection")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    public string[] Connection { get; set; } = [];

    /// <summary>The longest wait for the end of one sync, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 86_400)]
    public int TimeoutSeconds { get; set; } = 300;

    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        if (ParameterSetName == "Job")
        {
            await ForEachAsync(JobId, async id => await StopAsync(await ReadSyncAsync(id, cancel), cancel));
        }
        else
        {
            await ForEachAsync(
                await ConnectionSelector.SelectAsync(Installation.Airbyte, Connection, WriteFailure, cancel), id => StopNewestAsync(id, cancel));
        }
    }

    private async Task StopNewestAsync(Guid connection, CancellationToken cancel)
    {
        // Airbyte runs one job of a connection at a time: the newest.
        await foreach (Sync sync in Installation.Airbyte.ListSyncsAsync(connection, cancel))
        {
            if (!sync.IsTerminal)
            {
                await StopAsync(sync, cancel);
                return;
            }

            break;
        }

        WriteVerbose($"No sync of the connection {connection} is running.");
    }

    private async Task StopAsync(Sync sync, CancellationToken cancel)
    {
        if (!sync.IsTerminal)
        {
            Connection connection = await ReadConnectionAsync(sync.ConnectionId, cancel);
            if (!ShouldProcess($"{sync} of connection '{connection.Name}'", "Cancel"))
            {
                return;
            }

            sync = await ActAsync(connection, $"cancel job {sync.JobId}", token => CancelAsync(sync.JobId, token), cancel);
        }

        WriteObject(sync);
    }

    private async Task<Sync> CancelAsync(long jobId, CancellationToken cancel) =>
        await WaitAsync(await Installation.Airbyte.CancelSyncAsync(jobId, cancel), TimeSpan.FromSeconds(TimeoutSeconds), cancel);
}
