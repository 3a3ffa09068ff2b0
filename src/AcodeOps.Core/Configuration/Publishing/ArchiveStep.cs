using AcodeOps.Configuration.Archiving;
using AcodeOps.Runbooks;

namespace AcodeOps.Configuration.Publishing;

/// <summary>Keeps the whole configuration as it is, with how far each stream was read, before anything of it is changed.</summary>
internal sealed class ArchiveStep(PublicationPlan plan) : PublicationStep(plan)
{
    /// <summary>The fact that keeps the archive's key.</summary>
    public const string Key = "archive";

    /// <inheritdoc />
    public override string Name => "archive";

    /// <inheritdoc />
    public override string Title => "Keep what Airbyte has now";

    /// <inheritdoc />
    public override async Task ActAsync(StepContext context, CancellationToken cancel)
    {
        ConfigurationArchive archive = await context.PersistAsync(c => new ArchiveReader(context.Installation).ReadAsync(c), cancel).ConfigureAwait(false);
        ArchivedState? lost = archive.States.FirstOrDefault(state => state.State is null && Plan.Resources.Any(planned => planned.ResetsState && planned.Before?.Id == state.ConnectionId));
        if (lost is not null)
        {
            throw new AcodeException("SyncStateUnavailable", FailureClass.Refused, $"How far the streams of the connection {lost.ConnectionId} were read would be lost, and cannot be kept. {lost.Failure}")
            {
                Advice = "Give the application's user the editor role in the workspace and let /api/v1/state through to Airbyte.",
                Subject = lost.ConnectionId,
            };
        }

        context.Facts.Set(Key, await Storage(context).WriteAsync(archive, cancel).ConfigureAwait(false));
        context.Tell($"Backup {archive.Id}: {archive.Resources.Count} resources, {archive.States.Count(state => state.State is not null)} states.");
    }

    /// <inheritdoc />
    public override async Task<bool> VerifyAsync(StepContext context, CancellationToken cancel) =>
        context.Facts.Get<string>(Key) is { } key && (await Storage(context).ReadAsync(key, cancel).ConfigureAwait(false)).Resources.Count >= 0;

    private static ArchiveStorage Storage(StepContext context) => new(context.Installation.Storage(StorageRole.Audit), context.Installation.Environment.Name);
}
