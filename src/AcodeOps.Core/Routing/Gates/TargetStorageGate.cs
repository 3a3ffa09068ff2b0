using AcodeOps.Health;

namespace AcodeOps.Routing.Gates;

/// <summary>The storage of the new route can be written. While only planning, no more than that it answers is asked.</summary>
internal sealed class TargetStorageGate : Gate
{
    /// <inheritdoc />
    public override string Name => "target storage";

    /// <inheritdoc />
    public override async Task<FailoverGate> JudgeAsync(GateContext context, CancellationToken cancel)
    {
        StorageRole role = context.To.Route.Storage;
        if (context.MayWrite)
        {
            return Of(await context.LookAsync(new StorageProbe(), role.ToString().ToLowerInvariant()).ConfigureAwait(false), Verdict.Healthy, Verdict.Degraded);
        }

        IObjectStore store = context.Installation.Storage(role);
        try
        {
            await foreach (StoredObject _ in store.ListAsync(store.Definition.Prefix, cancel: cancel).ConfigureAwait(false))
            {
                break;
            }
        }
        catch (AcodeException failure)
        {
            return Closed(failure.Cause.ReachabilityVerdict(), failure.Id, failure.Message, failure.Advice);
        }

        return Passed($"{store.Definition} answers; that it can be written is tried right before the switch.");
    }
}
