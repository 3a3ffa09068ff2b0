using System.Runtime.CompilerServices;

namespace AcodeOps.Runbooks;

/// <summary>Reads the runs of an environment from this machine's journals and from the audit storage, wherever they were begun.</summary>
public sealed class JournalReader
{
    /// <summary>How many days back runs are looked for where nobody says otherwise.</summary>
    public const int Days = 30;

    private const int ListingsAtOnce = 8;
    private readonly IInstallation _installation;
    private readonly IReadOnlyDictionary<string, RunbookKind> _kinds;

    /// <param name="installation">The installation.</param>
    public JournalReader(IInstallation installation)
        : this(installation, RunbookCatalog.All)
    {
    }

    internal JournalReader(IInstallation installation, IReadOnlyDictionary<string, RunbookKind> kinds) => (_installation, _kinds) = (installation, kinds);

    private JournalStorage Storage => new(_installation.Storage(StorageRole.Audit));

    /// <summary>The runs of the last days, newest first, each as it is read.</summary>
    /// <param name="days">How many days back.</param>
    /// <param name="unfinishedOnly">Only runs of which something is left to do: the others are not even read.</param>
    /// <param name="cancel">Stops the reading.</param>
    /// <exception cref="AcodeException">The audit storage could not be read. Thrown after the runs of this machine were handed out.</exception>
    public IAsyncEnumerable<RunReading> ReadAsync(int days, bool unfinishedOnly, CancellationToken cancel) => ReadAsync(days, unfinishedOnly, _ => false, cancel);

    /// <summary>The runs of the last days, newest first, but for those that the caller knows already.</summary>
    internal IAsyncEnumerable<RunReading> ReadAsync(int days, Func<string, bool> isKnown, CancellationToken cancel) => ReadAsync(days, unfinishedOnly: false, isKnown, cancel);

    private async IAsyncEnumerable<RunReading> ReadAsync(int days, bool unfinishedOnly, Func<string, bool> isKnown, [EnumeratorCancellation] CancellationToken cancel)
    {
        (List<string> here, AcodeException? unreadable) = await ListHereAsync(cancel).ConfigureAwait(false);
        if (unreadable is not null)
        {
            yield return new RunReading(null, unreadable);
        }

        // Other machines' clocks may be a little ahead: the day that is next may have begun there. This machine's may have been
        // set back since a run began.
        DateOnly tomorrow = DateOnly.FromDateTime(_installation.Clock.GetUtcNow().UtcDateTime).AddDays(1);
        IEnumerable<DateOnly> all = here.Select(DayOf).OfType<DateOnly>().Where(day => day > tomorrow).Distinct().OrderDescending()
            .Concat(Enumerable.Range(0, days + 1).Select(back => tomorrow.AddDays(-back)));
        JournalStorage storage = Storage;
        AcodeException? away = null;
        await foreach ((DateOnly day, ILookup<string, JournalKey> stored, AcodeException? failure) in ReadAhead.SelectAsync(
            all, ListingsAtOnce, (day, stop) => ListAsync(storage, day, stop), cancel).ConfigureAwait(false))
        {
            away ??= failure;
            IEnumerable<string> runs = here.Where(run => DayOf(run) == day).Union(stored.Select(keys => keys.Key));
            foreach (string runId in runs.Where(run => !isKnown(run)).OrderDescending(StringComparer.Ordinal))
            {
                RunReading reading = await ReadRunAsync(storage, runId, here.Contains(runId), [.. stored[runId]], unfinishedOnly, cancel).ConfigureAwait(false);
                if (reading != default)
                {
                    yield return reading;
                }
            }
        }

        if (away is not null)
        {
            throw away;
        }
    }

    /// <summary>One run.</summary>
    /// <exception cref="AcodeException"><c>RunNotFound</c>, <c>JournalDamaged</c>, or why the audit storage could not be read where this machine has nothing.</exception>
    public async Task<RunbookRun> FindAsync(string runId, CancellationToken cancel) =>
        ToRun((await Journal.ReadAsync(_installation, runId, cancel).ConfigureAwait(false)).Record);

    /// <summary>A run that changed the environment after another began, and was not taken back; null when there is none.</summary>
    internal async Task<RunbookRun?> FindLaterAsync(string runId, string runbook, CancellationToken cancel)
    {
        int days = Math.Max(0, (int)(_installation.Clock.GetUtcNow() - JournalKey.TimeOf(runId)!.Value).TotalDays + 1);
        await foreach (RunReading reading in ReadAsync(days + 1, unfinishedOnly: false, cancel).ConfigureAwait(false))
        {
            if (reading.Run is { Mutates: true } run && run.Status is not (RunbookStatus.Undone or RunbookStatus.Escalated)
                && _kinds.GetValueOrDefault(run.Runbook)?.IsInTheWayOf(runbook) != false && string.CompareOrdinal(run.RunId, runId) > 0)
            {
                return run;
            }
        }

        return null;
    }

    private static DateOnly? DayOf(string runId) => JournalKey.TimeOf(runId) is { } time ? DateOnly.FromDateTime(time.UtcDateTime) : null;

    private static async Task<(DateOnly Day, ILookup<string, JournalKey> Keys, AcodeException? Failure)> ListAsync(
        JournalStorage storage, DateOnly day, CancellationToken cancel)
    {
        try
        {
            return (day, await storage.ListDayAsync(day, cancel).ConfigureAwait(false), null);
        }
        catch (AcodeException e)
        {
            return (day, Array.Empty<JournalKey>().ToLookup(key => key.RunId), e);
        }
    }

    private async Task<(List<string> Runs, AcodeException? Failure)> ListHereAsync(CancellationToken cancel)
    {
        List<string> runs = [];
        try
        {
            await foreach (string runId in _installation.Journals.ListAsync(cancel).ConfigureAwait(false))
            {
                runs.Add(runId);
            }

            return (runs, null);
        }
        catch (AcodeException e)
        {
            return ([], new AcodeException(e.Id, e.Cause, $"{e.Message} Runs that only this machine knows are not shown.") { Advice = e.Advice, Subject = e.Subject, IsFatal = false });
        }
    }

    private async Task<RunReading> ReadRunAsync(
        JournalStorage storage, string runId, bool isHere, JournalKey[] stored, bool unfinishedOnly, CancellationToken cancel)
    {
        try
        {
            JournalLines lines = isHere ? JournalLines.Of(await _installation.Journals.ReadAsync(runId, cancel).ConfigureAwait(false)) : new JournalLines();
            if (unfinishedOnly && RunRecord.HasEnded(RunRecord.StatusOf(LastOf(lines, stored))))
            {
                return default;
            }

            lines.Follow(await storage.ReadAsync(stored, cancel).ConfigureAwait(false));
            RunRecord record = RunRecord.Of(runId, lines.Entries);
            return record.Start.Environment == _installation.Environment.Name ? new RunReading(ToRun(record), null) : default;
        }
        catch (FormatException e)
        {
            return new RunReading(null, Journal.Damaged(runId, e));
        }
    }

    private static JournalEntryKind LastOf(JournalLines lines, JournalKey[] stored)
    {
        JournalKey? last = stored.MaxBy(key => key.Sequence);
        return last is not null && last.Sequence >= lines.Count ? last.Kind : lines[^1].Entry.Kind;
    }

    private RunbookRun ToRun(RunRecord record)
    {
        try
        {
            return record.ToRun(record.Start.Plan is { } plan ? _kinds.GetValueOrDefault(record.Start.Runbook)?.Rebuild(plan) : null);
        }
        catch (FormatException)
        {
            // A plan of another version: what else the journal says is as good.
            return record.ToRun(null);
        }
    }
}
