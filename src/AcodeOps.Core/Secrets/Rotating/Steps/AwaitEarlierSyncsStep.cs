using AcodeOps.Runbooks;

namespace AcodeOps.Secrets.Rotating.Steps;

/// <summary>Waits for the syncs that began with the former password: they may log in with it again until they have ended.</summary>
internal sealed class AwaitEarlierSyncsStep(RotationPlan plan) : RotationStep(plan)
{
    /// <inheritdoc />
    public override string Name => "await_earlier_syncs";

    /// <inheritdoc />
    public override string Title => "Wait for the syncs that began with the former password";

    /// <inheritdoc />
    public override TimeSpan Timeout => TimeSpan.FromMinutes(2 * Plan.SyncMinutes);

    /// <inheritdoc />
    public override bool Mutates => false;

    // The new password is proven by now: a wait that is stopped, or is too short, is gone on with.

    /// <inheritdoc />
    public override bool UndoesOnFailure => false;

    /// <inheritdoc />
    public override async Task ActAsync(StepContext context, CancellationToken cancel)
    {
        await ConnectionJobs.AwaitAsync(context, context.Facts.Get<List<long>>(RotationFacts.EarlierJobs) ?? [], cancel).ConfigureAwait(false);
        context.Tell("no sync uses the former password");
    }

    /// <inheritdoc />
    public override Task<bool> VerifyAsync(StepContext context, CancellationToken cancel) => Task.FromResult(context.Evidence.Count > 0);
}
