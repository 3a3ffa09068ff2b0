namespace AcodeOps.Health.Probes;

/// <summary>What matters of a connection's last syncs.</summary>
/// <param name="Running">The one that has not ended.</param>
/// <param name="LastEnded">The last that has ended, in whatever way.</param>
/// <param name="LastSuccess">The last that succeeded.</param>
/// <param name="RunningFor">How long the running one has been running; null when its start is not known.</param>
internal sealed record SyncHistory(Sync? Running, Sync? LastEnded, Sync? LastSuccess, TimeSpan? RunningFor)
{
    /// <summary>True when the newest sync has a status that this version does not know.</summary>
    public bool IsUntold { get; private init; }

    /// <param name="syncs">Newest first.</param>
    /// <param name="now">The time.</param>
    public static SyncHistory Of(IReadOnlyList<Sync> syncs, DateTimeOffset now)
    {
        Sync? running = syncs is [{ IsTerminal: false, Status: not SyncStatus.Unknown } newest, ..] ? newest : null;
        return new SyncHistory(
            running, syncs.FirstOrDefault(s => s.IsTerminal), syncs.FirstOrDefault(s => s.Status == SyncStatus.Succeeded), now - running?.StartedAt)
        {
            IsUntold = syncs is [{ Status: SyncStatus.Unknown }, ..],
        };
    }

    /// <summary>When a sync ended, as well as Airbyte tells it.</summary>
    public static DateTimeOffset? EndOf(Sync sync) => sync.UpdatedAt ?? sync.StartedAt?.AddSeconds(sync.DurationSeconds ?? 0);
}
