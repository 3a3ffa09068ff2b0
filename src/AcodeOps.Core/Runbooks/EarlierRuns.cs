namespace AcodeOps.Runbooks;

/// <summary>The unfinished runs that a new one meets: they must be dealt with first, and one that only awaits its proof gives way.</summary>
/// <param name="kinds">The kinds of runbooks.</param>
/// <param name="awaiting">Those that await their proof.</param>
/// <param name="unseen">What could not be seen, or is left by others, in sentences.</param>
internal sealed class EarlierRuns(IReadOnlyDictionary<string, RunbookKind> kinds, IReadOnlyList<RunbookRun> awaiting, IReadOnlyList<string> unseen)
{
    /// <summary>None, for a run that changes nothing.</summary>
    public static EarlierRuns None { get; } = new(new Dictionary<string, RunbookKind>(), [], []);

    /// <summary>What the operator should know of them.</summary>
    public IReadOnlyList<string> Unseen => unseen;

    /// <summary>Finds those that a run of a kind meets. Under the lease, or another process may begin one at the same time.</summary>
    /// <exception cref="AcodeException"><c>RunUnfinished</c>: one of them has to be resumed or undone first.</exception>
    public static async Task<EarlierRuns> FindAsync(
        IInstallation installation, JournalReader reader, IReadOnlyDictionary<string, RunbookKind> kinds, string runbook, CancellationToken cancel)
    {
        List<RunbookRun> awaiting = [];
        List<string> unseen = [];
        try
        {
            await foreach (RunReading reading in reader.ReadAsync(JournalReader.Days, unfinishedOnly: true, cancel).ConfigureAwait(false))
            {
                if (reading.Run is not { } run)
                {
                    unseen.Add($"Whether an earlier run is unfinished could not be seen. {reading.Failure!.Message}");
                }
                else if (!IsInTheWay(kinds, run.Runbook, runbook))
                {
                    unseen.Add($"Run {run.RunId} ({run.Title}) is not finished: {run.Status}. It is not in this one's way; resume it, or take it back with Undo-AcodeRunbook {run.RunId}.");
                }
                else if (run.Mutates)
                {
                    awaiting.Add(run.Status == RunbookStatus.AwaitingProof ? run : throw RunFailures.Unfinished(run));
                }
            }
        }
        catch (AcodeException e) when (e.Id != "RunUnfinished")
        {
            unseen.Add($"Whether runs of other machines are unfinished could not be seen. {e.Message}");
        }

        return new EarlierRuns(kinds, awaiting, unseen);
    }

    /// <summary>Those that await their proof give way to a run that takes their place; a rehearsal takes nobody's.</summary>
    /// <param name="installation">The installation.</param>
    /// <param name="runbook">What the new run does.</param>
    /// <param name="runId">The new run.</param>
    /// <returns>Those that could not be told, in sentences.</returns>
    public async Task<List<string>> GiveWayAsync(IInstallation installation, Runbook runbook, string runId)
    {
        List<string> failures = [];
        foreach (RunbookRun run in awaiting.Where(run => IsInTheWay(kinds, runbook.Name, run.Runbook)))
        {
            try
            {
                using Journal journal = await Journal.OpenAsync(installation, run.RunId, CancellationToken.None).ConfigureAwait(false);
                await journal.AppendAsync(
                    new JournalEntry { Kind = JournalEntryKind.RunSuperseded, Evidence = [$"Run {runId} has taken its place."] }, CancellationToken.None).ConfigureAwait(false);
            }
            catch (AcodeException e)
            {
                failures.Add($"Run {run.RunId} still awaits its proof, although this run took its place: {e.Message}");
            }
        }

        return failures;
    }

    private static bool IsInTheWay(IReadOnlyDictionary<string, RunbookKind> kinds, string one, string other) => kinds.GetValueOrDefault(one)?.IsInTheWayOf(other) != false;
}
