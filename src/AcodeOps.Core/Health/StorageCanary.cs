using System.Globalization;
using System.Text;

namespace AcodeOps.Health;

/// <summary>One small object that is written, read back, compared, and deleted with all its versions.</summary>
internal sealed class StorageCanary(IObjectStore store, BucketTraits traits, DateTimeOffset now)
{
    // What may be spent on taking the canary away when the round is over.
    private static readonly TimeSpan Farewell = TimeSpan.FromMilliseconds(500);

    /// <summary>Its key: sorts by time, and is never used twice.</summary>
    public string Key { get; } = string.Create(
        CultureInfo.InvariantCulture, $"{store.Definition.Prefix}acode_canary/{now.UtcDateTime:yyyyMMdd'T'HHmmssfff}-{Guid.NewGuid():N}");

    /// <summary>Flies, and tells what was seen.</summary>
    public async Task<Observation> FlyAsync(StorageSighting sighting, CancellationToken cancel)
    {
        byte[] content = Encoding.UTF8.GetBytes(Key);
        AcodeException? read = null, delete = null;
        ObjectContent? found = null;
        bool isPurged = true;
        try
        {
            // Written as Airbyte writes: what the bucket encrypts by itself is to be seen, not what was asked for.
            PutOptions options = new() { Encrypt = store.Definition.KmsKey is not null, ContentType = "text/plain" };
            if (await StorageProbe.RefusalAsync(() => store.PutAsync(Key, content, options, cancel)).ConfigureAwait(false) is { } write)
            {
                return sighting.Unwritable(write);
            }

            read = await StorageProbe.RefusalAsync(async () => found = await store.GetAsync(Key, cancel).ConfigureAwait(false)).ConfigureAwait(false);
            delete = await DeletionFailureAsync(async () => isPurged = await DeleteAsync(cancel).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or AcodeException)
        {
            // A write that failed half-way may have been done all the same.
            using CancellationTokenSource limit = new(Farewell);
            await ((Task)DeleteAsync(limit.Token)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        return sighting.Judge(Key, read, delete, found?.Encryption, read is null && (found is null || !found.Content.Span.SequenceEqual(content)), isPurged);
    }

    private async Task<bool> DeleteAsync(CancellationToken cancel)
    {
        if (traits.HasVersioning != false)
        {
            return await store.PurgeAsync(Key, cancel).ConfigureAwait(false);
        }

        await store.DeleteAsync(Key, cancel).ConfigureAwait(false);
        return true;
    }

    // Whatever keeps it from being deleted: what counts is that it stays.
    private static async Task<AcodeException?> DeletionFailureAsync(Func<Task> delete)
    {
        try
        {
            await delete().ConfigureAwait(false);
            return null;
        }
        catch (AcodeException failure)
        {
            return failure;
        }
    }
}
