using AcodeOps.Runbooks;

namespace AcodeOps.Configuration.Publishing;

/// <summary>Deletes what no file has any more. It is done last, and not taken back: the backup that was made first has it.</summary>
internal sealed class DeleteStep(PublicationPlan plan, PlannedResource resource) : ResourceStep(plan, resource)
{
    /// <inheritdoc />
    public override bool UndoesOnFailure => false;

    /// <inheritdoc />
    public override Task ActAsync(StepContext context, CancellationToken cancel) =>
        context.PersistAsync(c => Airbyte(context).DeleteAsync(Resource.Kind, Resource.Before!.Id, c), cancel);

    /// <inheritdoc />
    public override async Task<bool> VerifyAsync(StepContext context, CancellationToken cancel) =>
        await context.PersistAsync(c => Airbyte(context).ReadAsync(Resource.Kind, Resource.Before!.Id, c), cancel).ConfigureAwait(false) is null;

    /// <inheritdoc />
    public override Task UndoAsync(StepContext context, CancellationToken cancel)
    {
        context.Tell($"What was deleted stays deleted: Restore-AcodeConfiguration brings it back from {context.Facts.Get<string>(ArchiveStep.Key)}.");
        return Task.CompletedTask;
    }
}
