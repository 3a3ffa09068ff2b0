namespace AcodeOps.Health;

/// <summary>
/// Can the storage be listed, written, read and deleted, and is what lands there encrypted? Listing alone proves little:
/// a full or read-only bucket lists well. So a canary goes in and comes out again, in a folder of its own; where nothing is ever
/// deleted, it stays and is written over.
/// </summary>
public sealed class StorageProbe : HealthProbe
{
    /// <summary>False to write no canary: whether the storage can be written is not known then.</summary>
    internal bool MayWrite { get; init; } = true;

    /// <inheritdoc />
    public override HealthComponent Component => HealthComponent.Storage;

    /// <inheritdoc />
    public override IEnumerable<string> Targets(AcodeEnvironment environment) => environment.Storages.Select(storage => Name(storage.Role));

    /// <inheritdoc />
    public override async Task<Observation> ObserveAsync(HealthContext context, string target, CancellationToken cancel)
    {
        StorageDefinition definition = context.Environment.Storages.First(storage => Name(storage.Role) == target);
        IObjectStore store = context.Installation.Storage(definition.Role);
        Task<BucketTraits> asking = TraitsAsync(context, definition.Role).WaitAsync(cancel);
        AcodeException? list = await RefusalAsync(() => ListAsync(store, cancel)).ConfigureAwait(false);
        BucketTraits traits = await asking.ConfigureAwait(false);
        StorageSighting sighting = new(definition, list) { Traits = traits };
        return MayLock(definition, traits) ? sighting.WithoutCanary()
            : !MayWrite ? sighting.Unwritten()
            : await new StorageCanary(store, traits, context.Now, context.Installation.Machine.ThisProcess.Host).FlyAsync(sighting, cancel).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public override Verdict OnFailure(FailureClass failure) => failure.ReachabilityVerdict();

    /// <summary>The traits of a storage, asked for once a round.</summary>
    internal static Task<BucketTraits> TraitsAsync(HealthContext context, StorageRole role) =>
        context.OnceAsync((typeof(BucketTraits), role), cancel => context.Installation.Storage(role).ReadTraitsAsync(cancel));

    /// <summary>Does something; a refusal for want of permission is a result, every other failure ends the check.</summary>
    internal static async Task<AcodeException?> RefusalAsync(Func<Task> act)
    {
        try
        {
            await act().ConfigureAwait(false);
            return null;
        }
        catch (AcodeException failure) when (failure.Cause == FailureClass.Permission)
        {
            return failure;
        }
    }

    // A canary that the bucket locks would stay for years. Where the audit storage does not tell, it is taken to lock.
    private static bool MayLock(StorageDefinition definition, BucketTraits traits) =>
        traits.LocksByDefault ?? (definition.Role == StorageRole.Audit && traits.HasObjectLock != false);

    private static async Task ListAsync(IObjectStore store, CancellationToken cancel)
    {
        await foreach (StoredObject _ in store.ListAsync(store.Definition.Prefix, cancel: cancel).ConfigureAwait(false))
        {
            // One object, or none: it could be listed.
            return;
        }
    }

    /// <summary>The target's name of a storage: <c>primary</c>.</summary>
    internal static string Name(StorageRole role) => role.ToString().ToLowerInvariant();
}
