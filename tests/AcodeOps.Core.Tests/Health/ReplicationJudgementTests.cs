using AcodeOps.Health;

namespace AcodeOps.Core.Tests.Health;

public sealed class ReplicationJudgementTests
{
    private const string Server = "3e11fa47-71ca-11e1-9e33-c80aa9429562";
    private static readonly Objectives Promised = new() { LagSeconds = 300 };

    private static ReplicationStatus InStep { get; } = new()
    {
        Source = SourceRole.Backup,
        Channel = "",
        ReplicatesFrom = "db.example:3306",
        Receiver = ReplicationThread.Running,
        Applier = ReplicationThread.Running,
        LagSeconds = 0,
        LastContactSeconds = 1,
        ReceivedGtid = $"{Server}:1-100",
        AppliedGtid = $"{Server}:1-100",
        HasAppliedAllReceived = true,
        UsesGtid = true,
        ReadAt = DateTimeOffset.UnixEpoch,
    };

    public static TheoryData<string, ReplicationStatus, Verdict, string> Cases => new()
    {
        { "in step", InStep, Verdict.Healthy, "In step" },
        { "within the objective", InStep with { LagSeconds = 300 }, Verdict.Healthy, "5 min behind" },
        { "behind", InStep with { LagSeconds = 301, AppliedGtid = $"{Server}:1-90", HasAppliedAllReceived = false }, Verdict.Degraded, "10 transactions received and not yet applied" },
        { "behind on purpose", InStep with { LagSeconds = 3700, ConfiguredDelaySeconds = 3600 }, Verdict.Healthy, "are intended" },
        { "behind more than on purpose", InStep with { LagSeconds = 4000, ConfiguredDelaySeconds = 3600 }, Verdict.Degraded, "are intended" },
        { "lag 0 on a dead connection", InStep with { LastContactSeconds = 900 }, Verdict.Degraded, "heard nothing from the primary for 15 min" },
        { "no lag, and evidence enough", InStep with { LagSeconds = null }, Verdict.Healthy, "everything received is applied" },
        { "no lag and no contact", InStep with { LagSeconds = null, LastContactSeconds = null }, Verdict.Unknown, "does not know its lag" },
        { "no lag, more to apply", InStep with { LagSeconds = null, HasAppliedAllReceived = false }, Verdict.Unknown, "does not know its lag" },
        {
            "primary dead, all applied",
            InStep with { Receiver = ReplicationThread.Connecting, LagSeconds = null, LastContactSeconds = 312, ReceiverError = "2003: Can't connect to MySQL server" },
            Verdict.Degraded, "Has received nothing for 5 min (error 2003); everything received is applied."
        },
        {
            "primary dead, more to apply",
            InStep with { Receiver = ReplicationThread.Connecting, LagSeconds = null, AppliedGtid = $"{Server}:1-99", HasAppliedAllReceived = false },
            Verdict.Degraded, "1 transaction received and not yet applied"
        },
        {
            "primary dead, contact not told",
            InStep with { Receiver = ReplicationThread.Connecting, LagSeconds = null, LastContactSeconds = null },
            Verdict.Degraded, "the replica does not say since when"
        },
        { "applier failed", InStep with { Applier = ReplicationThread.Stopped, LagSeconds = null, ApplierError = "1062: Duplicate entry '100'" }, Verdict.Failed, "stopped by error 1062: Duplicate entry '100'" },
        { "applier stopped", InStep with { Applier = ReplicationThread.Stopped, LagSeconds = null }, Verdict.Failed, "Applying was stopped" },
        {
            "applier failed and primary dead",
            InStep with { Applier = ReplicationThread.Stopped, Receiver = ReplicationThread.Connecting, LagSeconds = null, ApplierError = "1062: Duplicate" },
            Verdict.Failed, "1062"
        },
        { "login refused, gave up", InStep with { Receiver = ReplicationThread.Stopped, LagSeconds = null, ReceiverError = "1045: Access denied" }, Verdict.Failed, "does not let the replication account in" },
        { "login refused, tries on", InStep with { Receiver = ReplicationThread.Connecting, LagSeconds = null, ReceiverError = "1045: Access denied" }, Verdict.Failed, "does not let the replication account in" },
        { "position lost", InStep with { Receiver = ReplicationThread.Stopped, LagSeconds = null, ReceiverError = "1236: purged" }, Verdict.Failed, "no longer has what the backup needs" },
        { "receiver failed", InStep with { Receiver = ReplicationThread.Stopped, LagSeconds = null, ReceiverError = "1593: same server id" }, Verdict.Failed, "stopped by error 1593" },
        { "receiver stopped", InStep with { Receiver = ReplicationThread.Stopped, LagSeconds = null }, Verdict.Failed, "Receiving was stopped" },
        { "threads not told", InStep with { Receiver = ReplicationThread.Unknown }, Verdict.Unknown, "does not say" },
        { "no GTID", InStep with { ReceivedGtid = null, AppliedGtid = null, HasAppliedAllReceived = null }, Verdict.Healthy, "is unknown" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_channel_is_judged(string name, ReplicationStatus status, Verdict verdict, string words)
    {
        Observation seen = ReplicationJudgement.Judge([status], Promised, primaryIsPartners: true);

        Assert.True(verdict == seen.Verdict, $"{name}: {seen}");
        Assert.Contains(words, seen.Summary, StringComparison.Ordinal);
        Assert.True(verdict == Verdict.Healthy || seen.Remedy is { Length: > 0 }, $"{name} has no remedy");
        Assert.True(seen.Summary.Length <= 260, seen.Summary);
        // Whatever replication looks like, it does not say that a server is down.
        Assert.False(seen.Cause is { } cause && cause.IsOutage());
    }

    [Fact]
    public void A_backup_that_replicates_from_nobody_has_failed() =>
        Assert.Equal(Verdict.Failed, ReplicationJudgement.Judge([], Promised, primaryIsPartners: false).Verdict);

    [Fact]
    public void The_worst_channel_decides_and_the_evidence_has_all()
    {
        ReplicationStatus good = InStep with { Channel = "north" };
        ReplicationStatus bad = InStep with { Channel = "south", Applier = ReplicationThread.Stopped };

        Observation seen = ReplicationJudgement.Judge([good, bad], Promised, primaryIsPartners: false);

        Assert.Equal(Verdict.Failed, seen.Verdict);
        Assert.StartsWith("Channel 'south': applying was stopped", seen.Summary, StringComparison.Ordinal);
        Assert.Contains(seen.Evidence, line => line.Contains("north", StringComparison.Ordinal));
    }

    [Fact]
    public void The_partner_is_called_for_the_partners_password()
    {
        ReplicationStatus refused = InStep with { Receiver = ReplicationThread.Connecting, ReceiverError = "1045: Access denied" };

        Assert.Contains("partner", ReplicationJudgement.Judge([refused], Promised, primaryIsPartners: true).Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain("partner", ReplicationJudgement.Judge([refused], Promised, primaryIsPartners: false).Remedy, StringComparison.Ordinal);
    }
}
