namespace AcodeOps.Recovery;

/// <summary>What one look at the parts that a recovery turns on has found.</summary>
/// <param name="At">When it ended, UTC.</param>
/// <param name="Checks">What was found of each part that the environment has.</param>
/// <param name="ReplicationCheck">Whether the replica replicates; null without a replica.</param>
/// <param name="Replication">The replica's channels; empty where they could not be read.</param>
internal sealed record RecoveryLook(
    DateTimeOffset At, IReadOnlyDictionary<RecoveryPart, HealthCheck> Checks, HealthCheck? ReplicationCheck, IReadOnlyList<ReplicationStatus> Replication)
{
    /// <summary>Everything that was checked, the replication last.</summary>
    public IEnumerable<HealthCheck> All => Checks.OrderBy(check => check.Key).Select(check => check.Value).Append(ReplicationCheck).OfType<HealthCheck>();
}
