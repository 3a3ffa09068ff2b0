namespace AcodeOps.Runbooks;

/// <summary>The lease as it is in its storage: read, judged by the server's clock alone, and written only over what was read.</summary>
internal sealed class LeaseObject(IObjectStore storage, TimeProvider clock)
{
    // Servers tell times to the second, at both ends.
    private static readonly TimeSpan Rounding = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(5);

    /// <summary>The lease as it was read.</summary>
    /// <param name="Record">What it says.</param>
    /// <param name="Tag">The object's entity tag.</param>
    /// <param name="ExpiresAt">When it ends by the server's clock, UTC; null where the server told no times.</param>
    /// <param name="IsExpired">True when it has ended for certain.</param>
    public sealed record Reading(LeaseRecord Record, string Tag, DateTimeOffset? ExpiresAt, bool IsExpired);

    private string Key { get; } = storage.Definition.Prefix + "acode_lease.json";

    /// <summary>The lease; null when there has never been one.</summary>
    /// <exception cref="AcodeException"><c>LeaseUnreadable</c>: something else is in its place; or why the storage does not answer.</exception>
    public async Task<Reading?> ReadAsync(CancellationToken cancel)
    {
        ObjectContent? found;
        try
        {
            found = await LimitAsync(stop => storage.GetAsync(Key, stop), cancel).ConfigureAwait(false);
        }
        catch (AcodeException e) when (e.Cause.IsOutage() || e.Cause == FailureClass.Throttled)
        {
            // Reading changes nothing, and one lost answer must not end a run.
            found = await LimitAsync(stop => storage.GetAsync(Key, stop), cancel).ConfigureAwait(false);
        }

        if (found is null)
        {
            return null;
        }

        try
        {
            LeaseRecord record = JournalSerializer.Read<LeaseRecord>(found.Content.Span);
            DateTimeOffset? expiresAt = found.ModifiedAt?.AddSeconds(record.Seconds);
            return new Reading(record, found.ETag, expiresAt, found.ServerTimeAt > expiresAt + Rounding);
        }
        catch (FormatException e)
        {
            throw new AcodeException("LeaseUnreadable", FailureClass.Protocol, $"The lease s3://{storage.Definition.Bucket}/{Key} cannot be read. {e.Message}", e)
            {
                Advice = "It may be of a newer version of the module. Look at it; delete it only when nobody works on the installation.",
                Subject = storage.Definition,
            };
        }
    }

    /// <summary>Writes the lease over what was read; with no tag, only where there is none.</summary>
    /// <returns>The new tag; null when another writer was first.</returns>
    /// <exception cref="AcodeException">Why the storage did not answer: it is then unknown whether it was written.</exception>
    public async Task<string?> WriteAsync(LeaseRecord record, string? over, CancellationToken cancel)
    {
        PutOptions options = new() { IfAbsent = over is null, IfMatch = over, Encrypt = true, ContentType = "application/json" };
        try
        {
            return await LimitAsync(stop => storage.PutAsync(Key, JournalSerializer.Write(record), options, stop), cancel).ConfigureAwait(false);
        }
        catch (AcodeException e) when (e.Cause == FailureClass.Conflict)
        {
            return null;
        }
    }

    /// <summary>Why nothing can be said of the lease.</summary>
    public AcodeException Unavailable(AcodeException inner) => new(
        "LeaseStoreUnavailable", inner.Cause, $"The lease in the {storage.Definition} cannot be had. {inner.Message}", inner)
    {
        Advice = "Wait until the storage answers, or repeat with -WithoutLease when you know that nobody else works on the installation.",
        Subject = storage.Definition,
    };

    private async Task<T> LimitAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancel)
    {
        using CancellationTokenSource limit = new(CallLimit, clock);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            return await ask(both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new AcodeException("StorageTimeout", FailureClass.Timeout, $"The {storage.Definition} did not answer within {CallLimit.TotalSeconds:0} s.")
            {
                Subject = storage.Definition,
            };
        }
    }
}
