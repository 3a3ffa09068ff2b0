using System.Text.Json;

namespace AcodeOps;

/// <summary>One run over the objects of a move, in one of its two directions.</summary>
/// <param name="manifest">The objects.</param>
/// <param name="origin">Where they are taken from in this run.</param>
/// <param name="target">Where they go in this run.</param>
/// <param name="goal">What it has come to when none is left.</param>
internal sealed class DataMoveRun(MoveManifest manifest, StorageDefinition origin, StorageDefinition target, DataMoveStatus goal)
{
    private const int AtOnce = 8;

    private readonly object _gate = new();
    private DataMoveProgress _done = new(0, manifest.Items.Count, 0, manifest.Items.Sum(item => item.SizeBytes));

    /// <summary>Deals with each object, a few at a time, and marks the move as complete when none is left.</summary>
    public async Task<DataMoveResult> EachAsync(
        Func<DataMoveItem, CancellationToken, Task<DataMoveLeft?>> move, MoveFolder folder,
        TimeProvider clock, IProgress<DataMoveProgress>? progress, CancellationToken cancel)
    {
        DataMoveLeft?[] left = new DataMoveLeft?[manifest.Items.Count];
        ParallelOptions options = new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel };
        await Parallel.ForAsync(0, left.Length, options, async (i, c) =>
        {
            left[i] = await move(manifest.Items[i], c).ConfigureAwait(false);
            Report(manifest.Items[i], progress);
        }).ConfigureAwait(false);
        DataMoveResult result = ResultOf([.. left.OfType<DataMoveLeft>()]);
        if (result.Status == goal)
        {
            byte[] content = JsonSerializer.SerializeToUtf8Bytes(new { id = manifest.Id, at = clock.GetUtcNow(), objects = result.Objects, bytes = result.Bytes });
            await folder.TryWriteAsync(goal == DataMoveStatus.Moved ? MoveFolder.MovedName : MoveFolder.ReturnedName, content, cancel).ConfigureAwait(false);
        }

        return result;
    }

    /// <summary>The result, when these objects were left.</summary>
    public DataMoveResult ResultOf(IReadOnlyList<DataMoveLeft> left)
    {
        HashSet<string> stayed = [.. left.Select(l => l.Key)];
        DataMoveItem[] moved = [.. manifest.Items.Where(item => !stayed.Contains(item.Key))];
        return new DataMoveResult
        {
            Id = manifest.Id,
            From = $"s3://{origin.Bucket}",
            To = $"s3://{target.Bucket}",
            Objects = moved.Length,
            Bytes = moved.Sum(item => item.SizeBytes),
            Status = left.Count == 0 ? goal : DataMoveStatus.Incomplete,
            Left = left,
            Manifest = manifest.Location,
        };
    }

    private void Report(DataMoveItem item, IProgress<DataMoveProgress>? progress)
    {
        lock (_gate)
        {
            _done = _done with { ObjectsDone = _done.ObjectsDone + 1, BytesDone = _done.BytesDone + item.SizeBytes };
            progress?.Report(_done);
        }
    }
}
