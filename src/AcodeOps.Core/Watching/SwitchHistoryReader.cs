using AcodeOps.Recovery;
using AcodeOps.Routing;
using AcodeOps.Runbooks;

namespace AcodeOps.Watching;

/// <summary>
/// Reads which switches were made. A watch asks again and again: what has ended is read once, and after the first time only
/// the last days are listed.
/// </summary>
internal sealed class SwitchHistoryReader(IInstallation installation)
{
    private const int DaysAfterwards = 2;
    private readonly JournalReader _journals = new(installation);
    private readonly Dictionary<string, RunbookRun> _ended = new(StringComparer.Ordinal);
    private bool _isWhole;

    /// <summary>The switches of the last 30 days.</summary>
    /// <exception cref="AcodeException">The journals could not be read whole: what is missing might be what forbids the next switch.</exception>
    public async Task<SwitchHistory> ReadAsync(CancellationToken cancel)
    {
        List<RunbookRun> going = [];
        await foreach (RunReading reading in _journals.ReadAsync(_isWhole ? DaysAfterwards : JournalReader.Days, _ended.ContainsKey, cancel).ConfigureAwait(false))
        {
            RunbookRun run = reading.Run ?? throw reading.Failure!;
            if (run.Runbook is not (FailoverRunbook.Kind or AcknowledgementRunbook.Kind or FullRecoveryRunbook.Kind))
            {
                _ended.TryAdd(run.RunId, run with { Steps = [], Plan = null, Result = null });
            }
            else if (run.IsUnfinished)
            {
                going.Add(run);
            }
            else
            {
                _ended[run.RunId] = run;
            }
        }

        _isWhole = true;
        DateTimeOffset since = installation.Clock.GetUtcNow().AddDays(-JournalReader.Days);
        foreach (string old in _ended.Where(run => run.Value.StartedAt < since).Select(run => run.Key).ToArray())
        {
            _ended.Remove(old);
        }

        return SwitchHistory.Of([.. going, .. _ended.Values]);
    }
}
