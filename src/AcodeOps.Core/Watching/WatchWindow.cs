using AcodeOps.Recovery;

namespace AcodeOps.Watching;

/// <summary>
/// The last looks of a watch, and what they say together; and what a single look cannot tell: since when a part has failed
/// without a break, and how far the replica was behind when it could last say so. Its size never grows.
/// </summary>
internal sealed class WatchWindow(WatchDefinition rules)
{
    private readonly Queue<RecoveryLook> _looks = new();
    private readonly Dictionary<RecoveryPart, DateTimeOffset> _failedSince = [];
    private KnownLag? _lag;

    /// <summary>True once there are as many looks as count.</summary>
    public bool IsFull => _looks.Count >= rules.Probes;

    /// <summary>Takes a look into account; the oldest one falls out.</summary>
    public void Add(RecoveryLook look)
    {
        _looks.Enqueue(look);
        while (_looks.Count > rules.Probes)
        {
            _looks.Dequeue();
        }

        foreach ((RecoveryPart part, HealthCheck check) in look.Checks)
        {
            if (IsUsable(check))
            {
                _failedSince.Remove(part);
            }
            else if (check.Verdict == Verdict.Failed)
            {
                _failedSince.TryAdd(part, check.CheckedAt);
            }
        }

        _lag = LagOf(look) ?? _lag;
    }

    /// <summary>How far the replica was behind at a look; null where it did not tell.</summary>
    public static KnownLag? LagOf(RecoveryLook look) =>
        look.Replication.Count > 0 && look.Replication.All(channel => channel is { Receiver: ReplicationThread.Running, LagSeconds: not null })
            ? new KnownLag(look.Replication.Max(channel => channel.LagSeconds!.Value), look.At)
            : null;

    /// <summary>What the looks say together.</summary>
    /// <param name="routes">The routes; null where it is not known which of them is active.</param>
    /// <param name="now">The time, UTC.</param>
    public RecoveryAssessment Judge(IReadOnlyList<Route>? routes, DateTimeOffset now)
    {
        RecoveryAssessment seen = AssessmentJudgement.Judge([.. _looks], Math.Min(rules.FailedProbes, rules.Probes), routes, now);
        return seen with
        {
            LastKnownLag = _lag,
            Parts = [.. seen.Parts.Select(part => part.FailedSince is not null && _failedSince.TryGetValue(part.Part, out DateTimeOffset since) ? part with { FailedSince = since } : part)],
            Evidence = _lag is null ? seen.Evidence : [.. seen.Evidence, $"the replica was {_lag}, the last time it could tell"],
        };
    }

    /// <summary>True when one of the last looks, as many as must fail, has found the part well: it comes and goes.</summary>
    public bool WasUsableLately(RecoveryPart part) =>
        _looks.Reverse().Take(rules.FailedProbes).Any(look => look.Checks.TryGetValue(part, out HealthCheck? check) && IsUsable(check));

    private static bool IsUsable(HealthCheck check) => check.Verdict is Verdict.Healthy or Verdict.Degraded;
}
