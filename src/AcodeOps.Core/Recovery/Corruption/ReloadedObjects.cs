using AcodeOps.Routing;
using AcodeOps.Routing.Steps;
using AcodeOps.Runbooks;

namespace AcodeOps.Recovery.Corruption;

/// <summary>Finds what was landed of the corrupted stream since it was switched on again.</summary>
internal static class ReloadedObjects
{
    /// <summary>The stream's objects of the run's own sync, and of later ones.</summary>
    /// <exception cref="AcodeException"><c>SyncLost</c>: Airbyte does not know the sync any more.</exception>
    public static async Task<LandedStream> ReadAsync(StepContext context, ReloadPlan reload, CancellationToken cancel)
    {
        long job = context.Facts.Get<long>(StartSyncStep.Job);
        Sync sync = await context.PersistAsync(c => context.Installation.Airbyte.ReadSyncAsync(job, c), cancel).ConfigureAwait(false)
            ?? throw new AcodeException("SyncLost", FailureClass.NotFound, $"Airbyte does not know job {job} any more.");
        LandedStream found = (await LandedStreams.FindAsync(context, reload.Switch.To, sync, cancel).ConfigureAwait(false)).First(stream => stream.Stream.Name == reload.Stream);
        return await LandedStreams.ReadAsync(context, reload.Switch.To, found, [context.Installation.Environment.TableOf(found.Stream).Key], cancel).ConfigureAwait(false);
    }
}
