using AcodeOps.Lab.Airbyte.Api;
using AcodeOps.Lab.Airbyte.Store;

namespace AcodeOps.Lab.Airbyte.Sync;

/// <summary>One attempt of a job: moves rows from the source to the destination.</summary>
internal sealed class Replication(FaultBoard faults)
{
    public Task RunAsync(Job job, CancellationToken cancel)
    {
        _ = faults.TakeJob(job.ConnectionId);
        cancel.ThrowIfCancellationRequested();
        throw new SyncFailure("replication", JobFailure.ConfigError, "This stand-in does not move rows yet.");
    }
}
