using AcodeOps.Core.Tests.Audit.Verification;
using AcodeOps.Health;
using AcodeOps.Health.Probes;

namespace AcodeOps.Core.Tests.Audit;

public sealed class AuditProbeTests
{
    [Theory]
    [InlineData(AuditLock.Compliance, 2555, AuditLock.Compliance, 2555, Verdict.Healthy)]
    [InlineData(AuditLock.Governance, 2555, AuditLock.Governance, 2555, Verdict.Healthy)]
    [InlineData(AuditLock.Compliance, 2555, AuditLock.Governance, 2555, Verdict.Healthy)]
    [InlineData(AuditLock.Governance, 2555, AuditLock.Compliance, 2555, Verdict.Degraded)]
    [InlineData(AuditLock.Governance, 30, AuditLock.Governance, 2555, Verdict.Degraded)]
    [InlineData(AuditLock.None, 2555, AuditLock.Governance, 2555, Verdict.Failed)]
    public async Task The_lock_is_judged_by_the_newest_record_itself(AuditLock written, int writtenDays, AuditLock asked, int askedDays, Verdict expected)
    {
        TrailSite site = new() { Audit = new() { Lock = written, RetentionDays = writtenDays } };
        await site.WriteAsync("a");

        Observation seen = await ObserveAsync(new AuditRetentionProbe(), site, new AuditDefinition { Lock = asked, RetentionDays = askedDays });

        Assert.Equal(expected, seen.Verdict);
        Assert.Equal(expected == Verdict.Healthy, seen.Remedy is null);
    }

    [Theory]
    [InlineData(true, Verdict.Healthy)]
    [InlineData(null, Verdict.Unknown)]
    [InlineData(false, Verdict.Failed)]
    public async Task Without_a_record_the_bucket_is_asked(bool? canLock, Verdict expected)
    {
        TrailSite site = new() { Store = new MemoryStore("logs/") { HasObjectLock = canLock } };

        Assert.Equal(expected, (await ObserveAsync(new AuditRetentionProbe(), site, new AuditDefinition { Lock = AuditLock.Governance })).Verdict);
    }

    [Fact]
    public void A_trail_that_is_not_to_be_locked_has_no_such_check() =>
        Assert.Empty(new AuditRetentionProbe().Targets(new TrailSite().Installation.Environment));

    [Fact]
    public async Task Days_may_go_without_a_digest_for_two_days()
    {
        TrailSite site = new();
        Assert.Equal(Verdict.Healthy, (await ObserveAsync(new AuditDigestProbe(), site)).Verdict);
        await site.WriteAsync("a");
        site.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(Verdict.Healthy, (await ObserveAsync(new AuditDigestProbe(), site)).Verdict);

        site.Clock.Advance(TimeSpan.FromDays(1));
        Observation overdue = await ObserveAsync(new AuditDigestProbe(), site);
        Assert.Equal((Verdict.Degraded, 3d), (overdue.Verdict, overdue.Value!.Value));

        await site.DigestAsync();
        Assert.Equal(Verdict.Healthy, (await ObserveAsync(new AuditDigestProbe(), site)).Verdict);
        site.Clock.Advance(TimeSpan.FromDays(9));
        Assert.Equal(Verdict.Healthy, (await ObserveAsync(new AuditDigestProbe(), site)).Verdict);
    }

    private static Task<Observation> ObserveAsync(HealthProbe probe, TrailSite site, AuditDefinition? asked = null)
    {
        TestInstallation installation = new()
        {
            Environment = site.Installation.Environment with { Audit = asked ?? site.Installation.Environment.Audit },
            Clock = site.Clock,
            Storages = { [StorageRole.Audit] = site.Store },
        };
        string target = Assert.Single(probe.Targets(installation.Environment));
        return probe.ObserveAsync(new HealthContext(installation, TestContext.Current.CancellationToken), target, TestContext.Current.CancellationToken);
    }
}
