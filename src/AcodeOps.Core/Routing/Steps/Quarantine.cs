using System.Globalization;
using AcodeOps.Runbooks;

namespace AcodeOps.Routing.Steps;

/// <summary>
/// Moves objects that must not stay in the lake to the quarantine storage. The id of each move is in the journal before its
/// first object is touched, so that a run that was cut off finishes the same move.
/// </summary>
/// <param name="context">The step.</param>
/// <param name="from">Where they are.</param>
/// <param name="fact">The fact that keeps the ids of the moves.</param>
/// <param name="reason">Why they are moved, for the manifest.</param>
internal sealed class Quarantine(StepContext context, IObjectStore from, string fact, string reason)
{
    // An object may land late: one whose upload was under way when its job ended.
    private const int MostRounds = 3;

    private readonly IObjectStore _to = context.Installation.Storage(StorageRole.Quarantine);

    /// <summary>Moves everything that <paramref name="find"/> finds, until it finds nothing.</summary>
    /// <returns>The manifests.</returns>
    public async Task<IReadOnlyList<string>> EmptyAsync(Func<CancellationToken, Task<List<StoredObject>>> find, CancellationToken cancel)
    {
        List<string> ids = context.Facts.Get<List<string>>(fact) ?? [];
        List<string> manifests = [];
        foreach (string id in ids)
        {
            if (await context.PersistAsync(c => DataMove.FindAsync(_to, id, c), cancel).ConfigureAwait(false) is { } begun)
            {
                manifests.Add(await MoveAsync(id, [.. begun.Items.Select(i => new StoredObject(i.Key, i.SizeBytes, i.ModifiedAt, i.ETag))], cancel).ConfigureAwait(false));
            }
        }

        for (int round = 0; round < MostRounds && await find(cancel).ConfigureAwait(false) is { Count: > 0 } found; round++)
        {
            ids.Add(context.Installation.Identifiers.Next(context.Now));
            context.Facts.Set(fact, ids);
            await context.SaveAsync(cancel).ConfigureAwait(false);
            manifests.Add(await MoveAsync(ids[^1], found, cancel).ConfigureAwait(false));
        }

        return manifests;
    }

    /// <summary>Moves everything back where it was. What comes back is younger than the sync that it made room for, and is remembered to be none of that sync's.</summary>
    public async Task ReturnAsync(CancellationToken cancel)
    {
        foreach (string id in context.Facts.Get<List<string>>(fact) ?? [])
        {
            if (await context.PersistAsync(c => DataMove.FindAsync(_to, id, c), cancel).ConfigureAwait(false) is { } manifest)
            {
                await LandedStreams.ExceptAsync(context, manifest.Items.Select(item => item.Key), cancel).ConfigureAwait(false);
                DataMoveResult back = await context.PersistAsync(
                    c => DataMove.ReturnAsync(from, _to, manifest, context.Installation.Clock, progress: null, c), cancel).ConfigureAwait(false);
                context.Tell(string.Create(CultureInfo.InvariantCulture, $"{back.Objects:N0} objects are back in the lake"));
                Tell(back.Left);
            }
        }
    }

    private async Task<string> MoveAsync(string id, IReadOnlyList<StoredObject> objects, CancellationToken cancel)
    {
        DataMoveResult moved = await context.PersistAsync(
            c => DataMove.RunAsync(from, _to, id, objects, reason, context.Installation.Clock, progress: null, c), cancel).ConfigureAwait(false);
        context.Tell(string.Create(CultureInfo.InvariantCulture, $"{moved.Objects:N0} objects, {moved.Bytes / 1e6:N1} MB are in quarantine: {moved.Manifest}"));
        Tell(moved.Left);
        return moved.Manifest;
    }

    private void Tell(IEnumerable<DataMoveLeft> objects)
    {
        foreach (DataMoveLeft left in objects)
        {
            context.Tell($"left where it was: {left.Key} ({left.Message})");
        }
    }
}
