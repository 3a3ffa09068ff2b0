using AcodeOps.Health;
using AcodeOps.Health.Probes;

namespace AcodeOps.Core.Tests.Audit;

public sealed class AuditSpoolProbeTests
{
    private static readonly AcodeEnvironment Audited = TestInstallation.Definition with
    {
        Storages = [new StorageDefinition { Role = StorageRole.Audit, Bucket = "trail" }],
    };

    [Theory]
    [InlineData(0, 0, Verdict.Healthy)]
    [InlineData(3, 59, Verdict.Healthy)]
    [InlineData(3, 61, Verdict.Degraded)]
    public async Task Records_may_wait_an_hour_and_not_longer(int records, int minutes, Verdict expected)
    {
        TestTrail trail = new() { Store = new MemoryStore { Fault = new AcodeException("StorageUnreachable", FailureClass.Unreachable, "Away.") } };
        for (int i = 0; i < records; i++)
        {
            await trail.WriteAsync();
            trail.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        trail.Clock.Advance(TimeSpan.FromMinutes(minutes));
        Observation seen = await ObserveAsync(trail);

        Assert.Equal(expected, seen.Verdict);
        Assert.Equal(expected == Verdict.Healthy, seen.Remedy is null);
        Assert.Equal(records == 0 ? 0 : minutes, seen.Value!.Value, tolerance: 0.1);
    }

    [Fact]
    public async Task A_spool_that_cannot_be_read_is_not_taken_for_an_empty_one()
    {
        TestTrail trail = new();
        trail.Spool.Fault = new AcodeException("AuditSpoolUnavailable", FailureClass.Permission, "No.");

        await Assert.ThrowsAsync<AcodeException>(() => ObserveAsync(trail));
        Assert.Equal(Verdict.Unknown, new AuditSpoolProbe().OnFailure(FailureClass.Permission));
    }

    [Fact]
    public void An_environment_without_audit_storage_has_no_such_check() =>
        Assert.Empty(new AuditSpoolProbe().Targets(TestInstallation.Definition));

    private static Task<Observation> ObserveAsync(TestTrail trail)
    {
        TestInstallation installation = new() { Environment = Audited, Clock = trail.Clock, Spool = trail.Spool };
        AuditSpoolProbe probe = new();
        return probe.ObserveAsync(
            new HealthContext(installation, TestContext.Current.CancellationToken), Assert.Single(probe.Targets(Audited)), TestContext.Current.CancellationToken);
    }
}
