namespace AcodeOps.Audit;

/// <summary>Puts the bytes of records into the audit storage: never over another object, encrypted, locked where asked for and possible.</summary>
internal sealed class AuditUploader(IObjectStore storage, AuditDefinition definition, TimeProvider clock)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private const int MaxTries = 5;

    /// <summary>What became of an upload.</summary>
    /// <param name="IsNew">False when the storage had the very same object already.</param>
    /// <param name="LockedUntilAt">Until when it is locked by this upload; null for not.</param>
    public readonly record struct Result(bool IsNew, DateTimeOffset? LockedUntilAt);

    private bool? _canLock;

    /// <summary>Where a record is in the storage.</summary>
    public string KeyOf(string relativeKey) => storage.Definition.Prefix + relativeKey;

    /// <summary>A record's place in full.</summary>
    public string LocationOf(string relativeKey) => $"s3://{storage.Definition.Bucket}/{KeyOf(relativeKey)}";

    /// <summary>Stores a record. Doing it again changes nothing.</summary>
    /// <exception cref="AcodeException"><c>AuditRecordConflict</c>: another object is there under its key; or why the storage did not take it.</exception>
    public async Task<Result> PutAsync(string relativeKey, ReadOnlyMemory<byte> content, DateTimeOffset at, CancellationToken cancel)
    {
        using CancellationTokenSource limit = new(Limit, clock);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            return await PutOnceAsync(relativeKey, content, at, both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new AcodeException("AuditStorageTimeout", FailureClass.Timeout, $"The {storage.Definition} did not answer within {Limit.TotalSeconds:0} s.")
            {
                Subject = storage.Definition,
            };
        }
    }

    private async Task<Result> PutOnceAsync(string relativeKey, ReadOnlyMemory<byte> content, DateTimeOffset at, CancellationToken cancel)
    {
        DateTimeOffset? retainUntil = await IsToBeLockedAsync(cancel).ConfigureAwait(false) ? at.AddDays(definition.RetentionDays) : null;
        PutOptions options = new()
        {
            IfAbsent = true,
            Encrypt = true,
            RetainUntilAt = retainUntil,
            Compliance = definition.Lock == AuditLock.Compliance,
            ContentType = "application/json",
        };
        for (int tries = 1; ; tries++)
        {
            try
            {
                await storage.PutAsync(KeyOf(relativeKey), content, options, cancel).ConfigureAwait(false);
                return new Result(IsNew: true, retainUntil);
            }
            catch (AcodeException e) when (e.Cause == FailureClass.Conflict)
            {
                // An earlier try whose answer was lost, or another process that drains the same spool, may have stored it.
                ObjectContent? there = await storage.GetAsync(KeyOf(relativeKey), cancel).ConfigureAwait(false);
                if (there is not null && there.Content.Span.SequenceEqual(content.Span))
                {
                    return new Result(IsNew: false, null);
                }

                if (there is not null || tries == MaxTries)
                {
                    throw Conflict(relativeKey, e);
                }
            }

            // Another writer is at it in this moment, and has not finished.
            await Task.Delay(Pause, clock, cancel).ConfigureAwait(false);
        }
    }

    // Not told whether the bucket can lock: try. A refusal then says so, and the record waits rather than lie unlocked.
    private async Task<bool> IsToBeLockedAsync(CancellationToken cancel)
    {
        if (definition.Lock == AuditLock.None)
        {
            return false;
        }

        // Asked for once: what a bucket can do does not change under a trail that is being written.
        _canLock ??= (await storage.ReadTraitsAsync(cancel).ConfigureAwait(false)).HasObjectLock;
        return _canLock != false;
    }

    private AcodeException Conflict(string relativeKey, AcodeException inner) => new(
        "AuditRecordConflict", FailureClass.Conflict, $"{LocationOf(relativeKey)} holds something else than the record of that name.", inner)
    {
        Advice = "Nothing was overwritten. Find out who wrote that object: the record waits in the spool until its name is free.",
        Subject = LocationOf(relativeKey),
        IsFatal = false,
    };
}
