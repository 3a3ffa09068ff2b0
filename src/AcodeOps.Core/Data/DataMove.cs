using System.Runtime.CompilerServices;
using AcodeOps.Audit;

namespace AcodeOps;

/// <summary>
/// Moves objects from one storage to another within the server, and back. The manifest is written first; then each object
/// is copied, the copy is verified, and the original is deleted. Killed anywhere and run again, it ends the same: an object
/// is always at its old place, at its new place, or at both.
/// </summary>
public static class DataMove
{
    /// <summary>The objects to move that a storage holds under a prefix, in key order. What is in the other storage already is left out.</summary>
    /// <param name="from">The storage.</param>
    /// <param name="to">The storage that they would be moved to.</param>
    /// <param name="prefix">What their keys start with, below the storage's own prefix.</param>
    /// <param name="after">Only objects that were written at this instant or later.</param>
    /// <param name="before">Only objects that were written before this instant.</param>
    /// <param name="cancel">Ends it.</param>
    public static async IAsyncEnumerable<StoredObject> ListAsync(
        IObjectStore from, IObjectStore to, string prefix, DateTimeOffset? after, DateTimeOffset? before, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        bool isOneBucket = from.Definition.Bucket == to.Definition.Bucket;
        await foreach (StoredObject found in from.ListAsync(from.Definition.Prefix + prefix, cancel: cancel).ConfigureAwait(false))
        {
            bool isThere = isOneBucket && found.Key.StartsWith(to.Definition.Prefix, StringComparison.Ordinal);
            if (!isThere && !(found.ModifiedAt < after) && !(found.ModifiedAt >= before))
            {
                yield return found;
            }
        }
    }

    /// <summary>Moves objects, or goes on with a move of this id.</summary>
    /// <param name="from">Where they are.</param>
    /// <param name="to">Where they go: <c>{prefix}{yyyyMMdd}/{id}/{key}</c>.</param>
    /// <param name="id">The move's id: a ULID. The same id is the same move.</param>
    /// <param name="objects">The objects as they were listed; one that is another by now is left, and told.</param>
    /// <param name="reason">Why.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="progress">Told after each object.</param>
    /// <param name="cancel">Ends it; running it again goes on.</param>
    /// <exception cref="AcodeException">
    /// <c>DataMoveExists</c>: there is a move of this id with other objects; <c>DataMoveReturned</c>: it was taken back;
    /// <c>DataMoveEmpty</c>, <c>DataMoveKeyReserved</c>, <c>DataMoveIdInvalid</c>; or a storage's failure.
    /// </exception>
    public static async Task<DataMoveResult> RunAsync(
        IObjectStore from, IObjectStore to, string id, IReadOnlyList<StoredObject> objects, string reason,
        TimeProvider clock, IProgress<DataMoveProgress>? progress, CancellationToken cancel)
    {
        MoveFolder folder = new(to, id);
        MoveManifest manifest = Plan(from.Definition, folder, objects, reason, clock.GetUtcNow());
        bool isNew = await folder.TryWriteAsync(MoveFolder.ManifestName, manifest.ToBytes(), cancel).ConfigureAwait(false);
        if (!isNew)
        {
            manifest = await GoOnAsync(folder, manifest, cancel).ConfigureAwait(false);
        }

        DataMoveRun run = new(manifest, from.Definition, to.Definition, DataMoveStatus.Moved);
        return !isNew && await folder.HasAsync(MoveFolder.MovedName, cancel).ConfigureAwait(false)
            ? run.ResultOf([])
            : await run.EachAsync(new ObjectMove(from, to).MoveAsync, folder, clock, progress, cancel).ConfigureAwait(false);
    }

    /// <summary>Moves the objects of a move back. An object that meanwhile stands at the old place is never written over: it is told.</summary>
    /// <param name="from">Where the objects were before the move.</param>
    /// <param name="to">Where they were moved to, and where the manifest is.</param>
    /// <param name="manifest">The manifest.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="progress">Told after each object.</param>
    /// <param name="cancel">Ends it; running it again goes on.</param>
    /// <exception cref="AcodeException"><c>DataMoveOfAnotherBucket</c>: <paramref name="from"/> is not where the objects were; or a storage's failure.</exception>
    public static async Task<DataMoveResult> ReturnAsync(
        IObjectStore from, IObjectStore to, MoveManifest manifest, TimeProvider clock, IProgress<DataMoveProgress>? progress, CancellationToken cancel)
    {
        if (manifest.Items.FirstOrDefault(item => item.Bucket != from.Definition.Bucket) is { } other)
        {
            throw new AcodeException("DataMoveOfAnotherBucket", FailureClass.InvalidInput,
                $"Move {manifest.Id} took objects from bucket '{other.Bucket}', and the {from.Definition} is another: nothing was moved back.")
            {
                Advice = "Use an environment file with the bucket of that time.",
                Subject = manifest,
            };
        }

        MoveFolder folder = new(to, manifest.Id);
        DataMoveRun run = new(manifest, to.Definition, from.Definition, DataMoveStatus.Returned);
        return await folder.HasAsync(MoveFolder.ReturnedName, cancel).ConfigureAwait(false)
            ? run.ResultOf([])
            : await run.EachAsync(new ObjectMove(from, to).ReturnAsync, folder, clock, progress, cancel).ConfigureAwait(false);
    }

    /// <summary>The manifest of a move; null when there is none of this id.</summary>
    /// <param name="to">Where the objects were moved to.</param>
    /// <param name="id">The move's id.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="AcodeException"><c>MoveManifestUnreadable</c>: it is damaged, or tells of another move; <c>DataMoveIdInvalid</c>; or the storage's failure.</exception>
    public static Task<MoveManifest?> FindAsync(IObjectStore to, string id, CancellationToken cancel) => new MoveFolder(to, id).ReadManifestAsync(cancel);

    /// <summary>The manifest of a move that a person names.</summary>
    /// <param name="to">Where the objects were moved to.</param>
    /// <param name="name">The move's id, or where its manifest is: <c>s3://quarantine/20261124/{id}/manifest.json</c>.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="AcodeException"><c>DataMoveNotFound</c>: there is none, or it is in another storage; or as <see cref="FindAsync"/>.</exception>
    public static async Task<MoveManifest> ReadAsync(IObjectStore to, string name, CancellationToken cancel)
    {
        string[] parts = name.Split('/');
        bool isPlace = parts is ["s3:", "", _, .., _, MoveFolder.ManifestName];
        MoveFolder folder = new(to, isPlace ? parts[^2] : name);
        bool isHere = !isPlace || name == $"s3://{folder.Bucket}/{folder.Path}{MoveFolder.ManifestName}";
        return isHere && await folder.ReadManifestAsync(cancel).ConfigureAwait(false) is { } manifest ? manifest : throw folder.NotFound();
    }

    private static MoveManifest Plan(StorageDefinition from, MoveFolder folder, IReadOnlyList<StoredObject> objects, string reason, DateTimeOffset now)
    {
        if (objects.Count == 0)
        {
            throw new AcodeException("DataMoveEmpty", FailureClass.InvalidInput, "There is nothing to move.") { Subject = from };
        }

        if (objects.FirstOrDefault(o => MoveFolder.IsReserved(o.Key)) is { } reserved)
        {
            throw new AcodeException("DataMoveKeyReserved", FailureClass.InvalidInput,
                $"The object '{reserved.Key}' of bucket '{from.Bucket}' has a name that moves use themselves: nothing was moved.")
            {
                Subject = reserved,
            };
        }

        return new MoveManifest
        {
            Id = folder.Id,
            CreatedAt = now.ToUniversalTime(),
            Reason = AuditDetails.Clean(reason)!,
            From = from.Role,
            TargetBucket = folder.Bucket,
            Items = [.. objects.Select(o => new DataMoveItem(from.Bucket, o.Key, o.SizeBytes, o.ETag, o.ModifiedAt, folder.Path + o.Key))],
        };
    }

    // The manifest that is there is the one to follow: a run that was cut off lists less when it lists anew.
    private static async Task<MoveManifest> GoOnAsync(MoveFolder folder, MoveManifest planned, CancellationToken cancel)
    {
        MoveManifest written = await folder.ReadManifestAsync(cancel).ConfigureAwait(false) ?? throw folder.NotFound();
        if (planned.Items.Except(written.Items).Any())
        {
            throw new AcodeException("DataMoveExists", FailureClass.Conflict, $"There is a move {folder.Id} already, of other objects: nothing was moved.")
            {
                Advice = "Use a new id.",
                Subject = written,
            };
        }

        return await folder.HasAsync(MoveFolder.ReturnedName, cancel).ConfigureAwait(false)
            ? throw new AcodeException("DataMoveReturned", FailureClass.Conflict, $"Move {folder.Id} was taken back: nothing was moved.")
            {
                Advice = "Start another move.",
                Subject = written,
            }
            : written;
    }
}
