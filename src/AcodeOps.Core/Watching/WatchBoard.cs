using System.Globalization;
using AcodeOps.Health;

namespace AcodeOps.Watching;

/// <summary>What the readings of a watch add up to for whoever looks at it: the view, and what has changed. Its size never grows.</summary>
/// <param name="environment">What is watched.</param>
/// <param name="maySwitch">True for a watch that switches by itself.</param>
public sealed class WatchBoard(AcodeEnvironment environment, bool maySwitch)
{
    private const int Remembered = 48;
    private const int EventsKept = 50;
    private static readonly HealthComponent[] Always = [HealthComponent.Source, HealthComponent.Replication, HealthComponent.Storage, HealthComponent.Airbyte];

    private readonly Dictionary<(HealthComponent Component, string Target), (HealthCheck Last, Queue<Verdict> History)> _checks = [];
    private readonly Queue<WatchEvent> _events = new();
    private WatchReading? _last;
    private string? _route;
    private string? _unknownLag;

    /// <summary>The last events, the newest last.</summary>
    public IReadOnlyCollection<WatchEvent> Events => _events;

    /// <summary>Takes a reading into account.</summary>
    /// <returns>What has changed with it.</returns>
    public IReadOnlyList<WatchEvent> Add(WatchReading reading)
    {
        WatchEvent[] news = [.. WatchChanges.Between(_last, reading, _route), .. reading.Checks.Select(Take).OfType<WatchEvent>()];
        (_last, _route) = (reading, WatchChanges.RouteAfter(reading) ?? _route);
        _unknownLag = reading.Assessment.LastKnownLag is { } lag ? $"not known ({lag})" : "not known";
        foreach (WatchEvent happened in news)
        {
            _events.Enqueue(happened);
            if (_events.Count > EventsKept)
            {
                _events.Dequeue();
            }
        }

        return news;
    }

    /// <summary>The view now; null before the first reading.</summary>
    public WatchFrame? Frame()
    {
        if (_last is not { } last)
        {
            return null;
        }

        WatchRow[] rows = [.. _checks.Values.Select(seen => new WatchRow(seen.Last.Component, seen.Last.Target, seen.Last.Verdict, seen.Last.Summary, [.. seen.History]))];
        WatchRow[] shown = [.. rows.Where(row => Always.Contains(row.Component) || row.Verdict != Verdict.Healthy)
            .OrderBy(row => Array.IndexOf(Always, row.Component) is >= 0 and int place ? place : Always.Length + (int)row.Component).ThenBy(row => row.Target, StringComparer.Ordinal)];
        Route? active = last.Assessment.ActiveRoute;
        return new WatchFrame
        {
            Environment = environment.Name,
            At = last.At,
            Looks = last.Number,
            ActiveRoute = active?.Name,
            Location = active?.Location,
            Lag = environment.FindSource(SourceRole.Backup) is null ? "no replica"
                : last.LagSeconds is { } lag ? string.Create(CultureInfo.InvariantCulture, $"{lag:0.#} s") : _unknownLag!,
            Freshness = FreshnessOf(),
            Strategy = last.Decision.Strategy,
            Reason = last.Decision.Reason,
            Mode = last.Hold is { } hold ? $"does nothing by itself: {hold.Message}" : maySwitch ? "switches by itself" : "watches only",
            Verdict = VerdictOf(last),
            Rows = shown,
            HealthyBesides = rows.Length - shown.Length,
            Events = [.. _events],
        };
    }

    // What the last looks say together is told by WatchChanges: a single look of these parts is no news.
    private WatchEvent? Take(HealthCheck check)
    {
        (HealthComponent Component, string Target) key = (check.Component, check.Target);
        bool isKnown = _checks.TryGetValue(key, out (HealthCheck Last, Queue<Verdict> History) before);
        Queue<Verdict> history = isKnown ? before.History : new Queue<Verdict>();
        history.Enqueue(check.Verdict);
        if (history.Count > Remembered)
        {
            history.Dequeue();
        }

        _checks[key] = (check, history);
        bool isNews = !Always.Contains(check.Component) && (isKnown ? before.Last.Verdict != check.Verdict : check.Verdict != Verdict.Healthy);
        return isNews ? new WatchEvent(check.CheckedAt, check.Verdict, $"{check.Component} {check.Target}: {check.Summary}") : null;
    }

    private string FreshnessOf() =>
        _checks.Values.Select(seen => seen.Last).Where(check => check.Component == HealthComponent.Freshness).OrderByDescending(check => check.Verdict.Severity()).ThenByDescending(check => check.Value ?? 0).FirstOrDefault() is { } worst
            ? worst.Summary
            : "not looked at yet";

    private static Verdict VerdictOf(WatchReading last) => last.Decision.Strategy switch
    {
        RecoveryStrategy.None => last.Decision.RedundancyLost.Count > 0 ? Verdict.Degraded : Verdict.Healthy,
        RecoveryStrategy.Unknown => Verdict.Unknown,
        _ => Verdict.Failed,
    };
}
