using AcodeOps.Runbooks;

namespace AcodeOps.Exporting;

/// <summary>A step of a copy: a failure of it leaves what the others have copied.</summary>
/// <param name="plan">What was consented to.</param>
internal abstract class ExportStep(ExportPlan plan) : RunbookStep
{
    /// <summary>What was consented to.</summary>
    protected ExportPlan Copy { get; } = plan;

    /// <inheritdoc />
    public override TimeSpan Timeout => TimeSpan.FromHours(12);

    /// <inheritdoc />
    public override bool UndoesOnFailure => false;

    /// <summary>The source that is read.</summary>
    protected ISource Source(StepContext context) => context.Installation.Source(Copy.Source);

    /// <summary>The storage that is written to.</summary>
    protected IObjectStore Store(StepContext context) => context.Installation.Storage(Copy.Storage);

    /// <summary>Deletes every object under a prefix of the run's own, for good.</summary>
    protected async Task RemoveAsync(StepContext context, string prefix, CancellationToken cancel)
    {
        IObjectStore store = Store(context);
        (int removed, bool isForGood) = (0, true);
        await foreach (StoredObject stored in store.ListAsync(prefix, cancel: cancel).ConfigureAwait(false))
        {
            isForGood &= await store.PurgeAsync(stored.Key, cancel).ConfigureAwait(false);
            removed++;
        }

        if (removed > 0)
        {
            context.Tell($"{removed} objects are deleted{(isForGood ? "" : "; the bucket keeps old versions of them, which may not be deleted from here")}");
        }
    }
}
