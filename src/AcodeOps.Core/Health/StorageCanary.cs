using System.Globalization;
using System.Text;

namespace AcodeOps.Health;

/// <summary>
/// One small object that is written, read back, compared, and deleted with all its versions. Where nothing is ever deleted it is one
/// object for each machine, which is written over and stays.
/// </summary>
/// <param name="store">The storage.</param>
/// <param name="traits">What its bucket does by itself.</param>
/// <param name="now">The instant.</param>
/// <param name="host">This machine.</param>
internal sealed class StorageCanary(IObjectStore store, BucketTraits traits, DateTimeOffset now, string host)
{
    // So old another canary of this machine may be that was written over ours: by another process, at the same time.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);

    // What may be spent on taking the canary away when the round is over.
    private static readonly TimeSpan Farewell = TimeSpan.FromMilliseconds(500);

    private readonly bool _stays = store.Definition.Role.IsKept();

    // Sorts by time, and is never used twice.
    private readonly string _name = string.Create(CultureInfo.InvariantCulture, $"{now.UtcDateTime:yyyyMMdd'T'HHmmssfff}-{Guid.NewGuid():N}");

    /// <summary>Its key.</summary>
    public string Key => $"{store.Definition.Prefix}acode_canary/{(_stays ? Uri.EscapeDataString(host) : _name)}";

    /// <summary>Flies, and tells what was seen.</summary>
    public async Task<Observation> FlyAsync(StorageSighting sighting, CancellationToken cancel)
    {
        byte[] content = Encoding.UTF8.GetBytes(_name);
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
            delete = _stays ? null : await DeletionFailureAsync(async () => isPurged = await DeleteAsync(cancel).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or AcodeException)
        {
            // A write that failed half-way may have been done all the same.
            using CancellationTokenSource limit = new(Farewell);
            await (_stays ? Task.CompletedTask : DeleteAsync(limit.Token)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        return sighting.Judge(Key, read, delete, found?.Encryption, read is null && !IsOurs(found, content), isPurged);
    }

    private bool IsOurs(ObjectContent? found, byte[] content)
    {
        if (found is null || found.Content.Span.SequenceEqual(content))
        {
            return found is not null;
        }

        string time = Encoding.UTF8.GetString(found.Content.Span).Split('-')[0];
        return _stays
            && DateTimeOffset.TryParseExact(time, "yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at)
            && (at - now).Duration() < Overlap;
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
