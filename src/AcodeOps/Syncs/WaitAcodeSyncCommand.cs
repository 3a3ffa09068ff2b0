using System.Management.Automation;
using AcodeOps.Access;

namespace AcodeOps.Commands;

/// <summary>
/// Waits until syncs have ended, and gives them as they ended. A sync that failed or was cancelled is written and is an
/// error as well. Ctrl-C ends the wait, not the sync.
/// </summary>
[Needs(AccessRole.Viewer, Need.AskAirbyte)]
[Cmdlet(VerbsLifecycle.Wait, "AcodeSync")]
[OutputType(typeof(Sync))]
public sealed class WaitAcodeSyncCommand : SyncCmdlet
{
    /// <summary>Airbyte's job ids, or syncs from the pipeline.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public long[] JobId { get; set; } = [];

    /// <summary>The longest wait for one sync, in minutes.</summary>
    [Parameter]
    [ValidateRange(1, 10_080)]
    public int TimeoutMinutes { get; set; } = 1_440;

    /// <inheritdoc />
    protected override Task ProcessAsync(CancellationToken cancel) => ForEachAsync(
        JobId, async id => WriteEnded(await WaitAsync(await ReadSyncAsync(id, cancel), TimeSpan.FromMinutes(TimeoutMinutes), cancel)));
}
