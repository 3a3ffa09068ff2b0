using AcodeOps.Recovery;

namespace AcodeOps.Core.Tests.Recovery;

public sealed class PrimaryWitnessTests
{
    private static readonly DateTimeOffset Fault = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_replica_that_has_heard_of_the_primary_since_says_so() =>
        Assert.Contains("path from here", PrimaryWitness.Hear(Fault, [[At(3) with { LastContactSeconds = 1 }]]), StringComparison.Ordinal);

    [Fact]
    public void A_replica_that_goes_on_receiving_says_so() =>
        Assert.Contains("goes on receiving", PrimaryWitness.Hear(Fault, [[At(1) with { ReceivedGtid = "0-1-7" }], [At(2) with { ReceivedGtid = "0-1-9" }]]), StringComparison.Ordinal);

    [Fact]
    public void That_it_counts_as_connected_proves_nothing()
    {
        Assert.Null(PrimaryWitness.Hear(Fault, [[At(1) with { ReceivedGtid = "0-1-7" }], [At(2) with { ReceivedGtid = "0-1-7" }]]));
        Assert.Null(PrimaryWitness.Hear(Fault, [[At(3) with { LastContactSeconds = 4 }]]));
        Assert.Null(PrimaryWitness.Hear(Fault, [[At(3) with { LastContactSeconds = 1, Receiver = ReplicationThread.Connecting }]]));
        Assert.Null(PrimaryWitness.Hear(Fault, [[], []]));
    }

    [Fact]
    public void What_it_heard_before_the_fault_proves_nothing() =>
        Assert.Null(PrimaryWitness.Hear(Fault, [[At(-2) with { ReceivedGtid = "0-1-7" }], [At(1) with { ReceivedGtid = "0-1-9" }]]));

    private static ReplicationStatus At(double second) => new()
    {
        Source = SourceRole.Backup,
        Channel = "",
        ReplicatesFrom = "10.0.0.5:3306",
        Receiver = ReplicationThread.Running,
        Applier = ReplicationThread.Running,
        ReadAt = Fault.AddSeconds(second),
    };
}
