namespace AcodeOps.Runbooks;

/// <summary>
/// The write-ahead record of one run: an entry is on this machine's disk when <see cref="AppendAsync"/> returns, and in the
/// audit storage too, unless that is away. What it lacks is copied in order with the next entry that it takes.
/// </summary>
internal sealed class Journal : IDisposable
{
    private static readonly TimeSpan CopyLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RestAfterSilence = TimeSpan.FromSeconds(30);
    private readonly IJournalFolder _folder;
    private readonly JournalStorage _storage;
    private readonly TimeProvider _clock;
    private readonly JournalLines _lines;
    private readonly SemaphoreSlim _gate = new(1);
    private AcodeException? _fault;
    private int _copied;
    private long? _restsSince;

    private Journal(IInstallation installation, string runId, JournalLines lines, int copied)
    {
        RunId = runId;
        _folder = installation.Journals;
        _storage = new JournalStorage(installation.Storage(StorageRole.Audit));
        _clock = installation.Clock;
        _lines = lines;
        _copied = copied;
    }

    /// <summary>What is known of a run.</summary>
    /// <param name="Lines">Its entries.</param>
    /// <param name="Record">What they add up to.</param>
    /// <param name="News">The entries that this machine lacked.</param>
    /// <param name="Stored">How many of them the audit storage has.</param>
    /// <param name="Away">Why the audit storage could not be asked; null when it was.</param>
    public sealed record Reading(JournalLines Lines, RunRecord Record, IReadOnlyList<byte[]> News, int Stored, AcodeException? Away);

    /// <summary>The run.</summary>
    public string RunId { get; }

    /// <summary>Why the audit storage lacks entries that this machine has; null when it has them all.</summary>
    public AcodeException? NotCopiedBecause { get; private set; }

    /// <summary>The journal of a run that is to begin.</summary>
    public static Journal New(IInstallation installation, string runId) => new(installation, runId, new JournalLines(), 0);

    /// <summary>
    /// The journal of a run that has begun, on this machine or on another. What the audit storage has counts, and what this
    /// machine lacks of it is added to its own. While the storage is away, this machine's journal is all that is known.
    /// </summary>
    /// <exception cref="AcodeException"><c>RunNotFound</c>, <c>JournalDamaged</c>, <c>JournalUnavailable</c>, or why the storage could not be read where this machine has nothing.</exception>
    public static async Task<Journal> OpenAsync(IInstallation installation, string runId, CancellationToken cancel)
    {
        Reading reading = await ReadAsync(installation, runId, cancel).ConfigureAwait(false);
        foreach (byte[] content in reading.News)
        {
            await installation.Journals.AppendAsync(runId, content, cancel).ConfigureAwait(false);
        }

        return new Journal(installation, runId, reading.Lines, reading.Stored) { NotCopiedBecause = reading.Away };
    }

    /// <summary>What is known of a run that has begun, on this machine or on another. Changes nothing.</summary>
    /// <exception cref="AcodeException">As for opening it.</exception>
    public static async Task<Reading> ReadAsync(IInstallation installation, string runId, CancellationToken cancel)
    {
        if (JournalKey.TimeOf(runId) is null)
        {
            throw NotFound(runId);
        }

        try
        {
            JournalLines lines = JournalLines.Of(await installation.Journals.ReadAsync(runId, cancel).ConfigureAwait(false));
            try
            {
                JournalLines stored = await new JournalStorage(installation.Storage(StorageRole.Audit)).ReadAsync(runId, cancel).ConfigureAwait(false);
                IReadOnlyList<byte[]> news = lines.Follow(stored);
                return lines.Count == 0 ? throw NotFound(runId) : new Reading(lines, RunRecord.Of(runId, lines.Entries), news, stored.Count, null);
            }
            catch (AcodeException away) when (lines.Count > 0)
            {
                return new Reading(lines, RunRecord.Of(runId, lines.Entries), [], 0, away);
            }
        }
        catch (FormatException e)
        {
            throw Damaged(runId, e);
        }
    }

    /// <summary>What the entries add up to.</summary>
    /// <exception cref="FormatException">The first does not say what the run is.</exception>
    public RunRecord ToRecord() => RunRecord.Of(RunId, _lines.Entries);

    /// <summary>Adds an entry; its number and time are set here.</summary>
    /// <returns>The entry as it stands.</returns>
    /// <exception cref="AcodeException">
    /// <c>JournalUnavailable</c>: this machine's disk did not take it; <c>RunTaken</c>: another process has gone on with the
    /// run. From then on nothing can be added.
    /// </exception>
    public async Task<JournalEntry> AppendAsync(JournalEntry entry, CancellationToken cancel)
    {
        await _gate.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            if (_fault is not null)
            {
                throw _fault;
            }

            entry = entry with { Sequence = _lines.Count + 1, At = _clock.GetUtcNow() };
            byte[] content = JournalSerializer.Write(entry);
            await _folder.AppendAsync(RunId, content, CancellationToken.None).ConfigureAwait(false);
            _lines.Add(entry, content);
            await CopyAsync(cancel).ConfigureAwait(false);
            return entry;
        }
        catch (AcodeException e)
        {
            _fault = e;
            throw;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _gate.Dispose();

    /// <summary>Copies to the audit storage what it lacks.</summary>
    /// <exception cref="AcodeException">Why it did not take it; <c>RunTaken</c>.</exception>
    public async Task CatchUpAsync(CancellationToken cancel)
    {
        if (NotCopiedBecause is null)
        {
            await CopyAsync(cancel).ConfigureAwait(false);
        }

        if (NotCopiedBecause is not null)
        {
            throw NotCopiedBecause;
        }
    }

    /// <summary>What is wrong with a journal that cannot be read.</summary>
    public static AcodeException Damaged(string runId, FormatException inner) => new(
        "JournalDamaged", FailureClass.Protocol, $"The journal of run {runId} cannot be read. {inner.Message}", inner)
    {
        Advice = "It may be of a newer version of the module. Look at its entries in the audit storage under acode_runbooks.",
        Subject = runId,
        IsFatal = false,
    };

    private async Task CopyAsync(CancellationToken cancel)
    {
        // A storage that keeps silent costs the whole limit each time: left alone for a while.
        if (_restsSince is { } since && _clock.GetElapsedTime(since) < RestAfterSilence)
        {
            return;
        }

        using CancellationTokenSource limit = new(CopyLimit, _clock);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            for (; _copied < _lines.Count; _copied++)
            {
                (JournalEntry entry, byte[] content) = _lines[_copied];
                await _storage.PutAsync(new JournalKey(RunId, entry.Sequence, entry.Kind), content, both.Token).ConfigureAwait(false);
            }

            (NotCopiedBecause, _restsSince) = (null, null);
        }
        catch (AcodeException e) when (e.Id != "RunTaken")
        {
            NotCopiedBecause = e;
        }
        catch (OperationCanceledException) when (both.IsCancellationRequested)
        {
            NotCopiedBecause ??= new("JournalStorageTimeout", FailureClass.Timeout, $"The audit storage did not take the journal within {CopyLimit.TotalSeconds:0} s.");
            _restsSince = limit.IsCancellationRequested ? _clock.GetTimestamp() : null;
        }
    }

    private static AcodeException NotFound(string runId) => new("RunNotFound", FailureClass.NotFound, $"There is no run {runId}.")
    {
        Advice = "Get-AcodeRunbook shows the runs of the last 30 days.",
        Subject = runId,
        IsFatal = false,
    };
}
