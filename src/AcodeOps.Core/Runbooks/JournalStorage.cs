namespace AcodeOps.Runbooks;

/// <summary>
/// The copies of journals in the audit storage: one object an entry, never overwritten. So two machines that go on with one
/// run at the same time find each other out.
/// </summary>
internal sealed class JournalStorage(IObjectStore storage)
{
    private const int ReadsAtOnce = 16;

    private string Prefix => storage.Definition.Prefix;

    /// <summary>Stores an entry. Doing it again changes nothing.</summary>
    /// <exception cref="AcodeException"><c>RunTaken</c>: another entry has its place; or why the storage did not take it.</exception>
    public async Task PutAsync(JournalKey key, byte[] content, CancellationToken cancel)
    {
        PutOptions options = new() { IfAbsent = true, Encrypt = true, ContentType = "application/json" };
        try
        {
            await storage.PutAsync(Prefix + key, content, options, cancel).ConfigureAwait(false);
        }
        catch (AcodeException e) when (e.Cause == FailureClass.Conflict)
        {
            // An earlier try whose answer was lost may have stored it.
            ObjectContent? there = await storage.GetAsync(Prefix + key, cancel).ConfigureAwait(false);
            if (there is null)
            {
                throw;
            }

            if (!there.Content.Span.SequenceEqual(content))
            {
                throw Taken(key.RunId, e);
            }
        }

        // Another process may have written an entry of another kind, which has another name, at the same place.
        await foreach (StoredObject found in storage.ListAsync(Prefix + key.PlacePrefix, cancel: cancel).ConfigureAwait(false))
        {
            if (found.Key != Prefix + key)
            {
                throw Taken(key.RunId, null);
            }
        }
    }

    /// <summary>The numbers and kinds of the entries that are stored of the runs of a day, run by run.</summary>
    public async Task<ILookup<string, JournalKey>> ListDayAsync(DateOnly day, CancellationToken cancel) =>
        (await KeysAsync(JournalKey.DayPrefix(day), cancel).ConfigureAwait(false)).ToLookup(key => key.RunId);

    /// <summary>What is stored of a run's journal.</summary>
    /// <exception cref="FormatException">An entry cannot be read, or is missing.</exception>
    public async Task<JournalLines> ReadAsync(string runId, CancellationToken cancel) =>
        await ReadAsync(await KeysAsync(JournalKey.RunPrefix(runId), cancel).ConfigureAwait(false), cancel).ConfigureAwait(false);

    /// <summary>The entries of these keys.</summary>
    /// <exception cref="FormatException">An entry cannot be read, or is missing.</exception>
    public async Task<JournalLines> ReadAsync(IEnumerable<JournalKey> keys, CancellationToken cancel)
    {
        List<byte[]> contents = [];
        await foreach (ObjectContent? found in ReadAhead.SelectAsync(
            keys.OrderBy(key => key.Sequence), ReadsAtOnce, (key, stop) => storage.GetAsync(Prefix + key, stop), cancel).ConfigureAwait(false))
        {
            contents.Add(found?.Content.ToArray() ?? throw new FormatException("An entry was listed, and is gone."));
        }

        return JournalLines.Of(contents);
    }

    private async Task<List<JournalKey>> KeysAsync(string prefix, CancellationToken cancel)
    {
        List<JournalKey> keys = [];
        await foreach (StoredObject found in storage.ListAsync(Prefix + prefix, cancel: cancel).ConfigureAwait(false))
        {
            if (JournalKey.TryParse(found.Key[Prefix.Length..]) is { } key)
            {
                keys.Add(key);
            }
        }

        return keys;
    }

    private AcodeException Taken(string runId, AcodeException? inner) => new(
        "RunTaken", FailureClass.Conflict, $"Another process works on run {runId}: what it wrote into the journal in the {storage.Definition} stands, and this process has stopped.", inner)
    {
        Advice = $"Look at it with Get-AcodeRunbook {runId}; resume or undo it when the other has ended.",
        Subject = runId,
    };
}
