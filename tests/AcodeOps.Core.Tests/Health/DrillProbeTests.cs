using AcodeOps.Core.Tests.Audit;
using AcodeOps.Core.Tests.Syncs;
using AcodeOps.Health;
using AcodeOps.Health.Probes;
using AcodeOps.Runbooks;

namespace AcodeOps.Core.Tests.Health;

/// <summary>How long a rehearsal counts, and what it costs to ask.</summary>
public sealed class DrillProbeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private static readonly AcodeEnvironment Environment = Installed.Environment with { Objectives = new Objectives { DrillDays = 30 } };

    private static readonly LastDrill Last = new() { Environment = "test", RunId = "01KAT5Z3V8Q7M2N4P6R8S0T2W4", Route = "backup_mysql+backup_s3", At = Now.AddDays(-3), Rows = 12_345, Objects = 3, RtoSeconds = 41, IsComplete = true };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0.0, true, "backup_mysql+backup_s3", Verdict.Healthy, "within the last day")]
    [InlineData(3.0, true, "backup_mysql+backup_s3", Verdict.Healthy, "backup_mysql+backup_s3 was rehearsed 3 days ago: 12,345 rows landed, complete.")]
    [InlineData(30.1, true, "backup_mysql+backup_s3", Verdict.Degraded, "at most 30 days are allowed")]
    [InlineData(3.0, null, "backup_mysql+backup_s3", Verdict.Degraded, "could not be counted")]
    [InlineData(3.0, true, "backup_s3", Verdict.Degraded, "no route of this environment any more")]
    [InlineData(-1.0, true, "backup_mysql+backup_s3", Verdict.Unknown, "of the future")]
    public void A_drill_counts_while_it_is_young_and_of_a_route_that_is_there(double days, bool? isComplete, string route, Verdict verdict, string summary)
    {
        Observation seen = DrillProbe.Judge(Last with { At = Now.AddDays(-days), IsComplete = isComplete, Route = route }, Environment, Now);

        Assert.Equal(verdict, seen.Verdict);
        Assert.Contains(summary, seen.Summary, StringComparison.Ordinal);
        Assert.Equal((verdict == Verdict.Healthy, 30.0), (seen.Remedy is null, seen.Threshold));
    }

    [Fact]
    public async Task It_is_one_question_and_no_drill_is_no_health()
    {
        MemoryStore audit = new("logs/");
        HealthCheck never = await LookAsync(audit);
        Assert.Equal((Verdict.Degraded, "No recovery has been rehearsed yet."), (never.Verdict, never.Summary));
        Assert.Equal(["get logs/acode_runbooks/last_drill/test.json"], audit.Asked);

        await LastDrill.WriteAsync(audit, "test", Last, Cancel);
        Assert.Equal(Verdict.Healthy, (await LookAsync(audit)).Verdict);
        Assert.Equal(Last, await LastDrill.ReadAsync(audit, "test", Cancel));
        Assert.Null(await LastDrill.ReadAsync(audit, "staging", Cancel));

        await LastDrill.WriteAsync(audit, "test", null, Cancel);
        // The mark stays, as nothing is deleted there, and says that there is none.
        Assert.Null(await LastDrill.ReadAsync(audit, "test", Cancel));
    }

    [Fact]
    public async Task What_cannot_be_read_is_unknown()
    {
        MemoryStore audit = new("logs/");
        audit.Set("logs/acode_runbooks/last_drill/test.json", "{ \"rows\": "u8.ToArray());
        Assert.Equal((Verdict.Unknown, "LastDrillUnreadable"), Shape(await LookAsync(audit)));
        audit.Fault = new AcodeException("StorageUnreachable", FailureClass.Unreachable, "Away.");
        Assert.Equal((Verdict.Unknown, "StorageUnreachable"), Shape(await LookAsync(audit)));
    }

    [Fact]
    public void Where_there_is_one_route_there_is_nothing_to_rehearse()
    {
        Assert.Empty(new DrillProbe().Targets(TestInstallation.Definition));
        Assert.Equal(["standby"], new DrillProbe().Targets(Environment));
    }

    private static (Verdict Verdict, string? ErrorId) Shape(HealthCheck check) => (check.Verdict, check.ErrorId);

    private static Task<HealthCheck> LookAsync(MemoryStore audit)
    {
        TestInstallation installation = new() { Environment = Environment, Clock = new ManualClock(Now), Storages = { [StorageRole.Audit] = audit } };
        return HealthRunner.LookAsync(new DrillProbe(), "standby", new HealthContext(installation, Cancel), TimeSpan.FromSeconds(5), Cancel);
    }
}
