using System.Text.Json;
using AcodeOps.Core.Tests.Reports;
using AcodeOps.Recovery;
using AcodeOps.Runbooks;

namespace AcodeOps.Core.Tests.Recovery;

/// <summary>What a report says of a run.</summary>
public sealed class RecoveryReportTests
{
    [Fact]
    public void A_completed_recovery_is_told_in_one_sentence_with_its_figures()
    {
        var report = RecoveryReport.Of(ReportRuns.Completed());

        Assert.Equal(
            "The primary source failed at 2026-03-01 02:58:10Z; since 2026-03-01 03:00:40Z data flows again by route backup_mysql into s3://Primary/bronze, where 12,345 rows landed; no rows are missing.",
            report.Summary);
        Assert.Equal((Verdict.Healthy, "backup_mysql", RunbookStatus.Completed), (report.Verdict, report.Strategy, report.Status));
        Assert.Equal((150.0, 12.0, 12345L, 0L, 88L), (report.RtoSeconds, report.RpoSeconds, report.RowsLanded, report.RowsMissing, report.RowsReadTwice));
        Assert.Equal("s3://Primary/bronze", report.Location);
        Assert.Equal(["primary source: Failed"], report.RedundancyLost);
        Assert.Equal(3, report.Parts.Count);
        Assert.Equal("target source", Assert.Single(report.Gates).Name);
        Assert.Equal(["s3://quarantine/acode/01KAT.json"], report.Quarantined);
    }

    [Fact]
    public void Its_time_line_goes_from_the_fault_to_the_end()
    {
        var report = RecoveryReport.Of(ReportRuns.Completed());

        string[] whole = [.. report.TimeLine.Where(moment => !moment.What.StartsWith("Step", StringComparison.Ordinal)).Select(moment => $"{(moment.At - ReportRuns.Fault).TotalSeconds} {moment.What}: {moment.Detail}")];
        Assert.Equal(
            [
                "0 Fault began: ", "30 Failure first seen: primary source", "48 All parts looked at: ", "50 Decided: Switch from primary to backup_mysql", "62 Run begun: by ana@ops-9: ticket 4711",
                "65 Old route off: ", "86 New route on: s3://Primary/bronze", "150 First row landed: by the storage's clock, to the second", "211 Ended: Completed",
            ], whole);
        Assert.Contains(report.TimeLine, moment => moment is { What: "Step ended", Detail: "Stop the syncs of the old route: completed, 20 s" });
        Assert.Equal(report.TimeLine.OrderBy(moment => moment.At), report.TimeLine);
        Assert.Equal(12, report.TimeLine.Count(moment => moment.What is "Step begun" or "Step ended"));
    }

    [Fact]
    public void What_was_seen_at_the_decision_is_kept()
    {
        IReadOnlyList<string> evidence = RecoveryReport.Of(ReportRuns.Completed()).Evidence;

        Assert.Contains("primary source: 02:58:40Z Failed: It refuses connections.", evidence);
        Assert.Contains("Replication backup: received 3e11fa47-71ca-11e1-9e33-c80aa9429562:1-77", evidence);
        Assert.Contains("route primary: connection 7f (Active); last sync: job 40, Succeeded, 500 rows, 2026-03-01 02:40:00Z", evidence);
        Assert.Contains("running: job 41 (Running), 900 rows", evidence);
        Assert.Contains("cursor at takeover: sales at 2026-03-01T02:57:58", evidence);
        Assert.Contains("cursor at takeover: stock at not known", evidence);
        Assert.Contains("sync of the new route: job 42", evidence);
    }

    [Fact]
    public void A_switch_by_order_tells_the_routes_that_it_was_decided_on()
    {
        RunbookRun run = ReportRuns.Completed();
        var report = RecoveryReport.Of(run with { Plan = (FailoverPlan)run.Plan! with { Assessment = null, FaultAt = null } });

        Assert.StartsWith("Since 2026-03-01 03:00:40Z data flows by route backup_mysql", report.Summary, StringComparison.Ordinal);
        Assert.Empty(report.Parts);
        Assert.Contains(report.Evidence, line => line.StartsWith("route backup_mysql: connection 'Backup-Primary' is not known to Airbyte; no sync is known", StringComparison.Ordinal));
    }

    [Fact]
    public void Missing_rows_are_counted_and_unknown_ones_are_said_to_be()
    {
        RunbookRun run = ReportRuns.Completed();

        var one = RecoveryReport.Of(run with { Result = ReportRuns.Result() with { RowsMissing = 1 } });
        var unknown = RecoveryReport.Of(run with { Result = ReportRuns.Result() with { RowsMissing = null, RowsReadTwice = null, RpoSeconds = null } });

        Assert.EndsWith("; 1 row is missing.", one.Summary, StringComparison.Ordinal);
        Assert.EndsWith("; how many rows are missing is not known.", unknown.Summary, StringComparison.Ordinal);
        Assert.Equal((Verdict.Degraded, Verdict.Degraded), (one.Verdict, unknown.Verdict));
        Assert.Equal((null, null, null), (unknown.RowsMissing, unknown.RowsReadTwice, unknown.RpoSeconds));
    }

    [Fact]
    public void One_that_awaits_its_proof_claims_nothing()
    {
        var report = RecoveryReport.Of(ReportRuns.Awaiting());

        Assert.Equal((Verdict.Degraded, "Switched; the proof is still to come"), (report.Verdict, report.Headline));
        Assert.Contains("it is not proven yet that rows land there; how many rows are missing is not known.", report.Summary, StringComparison.Ordinal);
        Assert.Equal((null, null, null, null), (report.RtoSeconds, report.RowsLanded, report.FirstRowAt, report.EndedAt));
        Assert.Equal("s3://Primary/bronze", report.Location);
        Assert.Equal("Resume-AcodeRunbook waits for the proof.", report.Advice);
    }

    [Fact]
    public void One_that_was_taken_back_has_recovered_nothing()
    {
        var report = RecoveryReport.Of(ReportRuns.Undone());

        Assert.Equal((Verdict.Failed, "SyncFailed"), (report.Verdict, report.ErrorId));
        Assert.Equal(
            "The primary source failed at 2026-03-01 02:58:10Z; the switch to route backup_mysql was taken back at 2026-03-01 03:01:41Z, so ingestion is as it was before it and the failure is not mended by it.",
            report.Summary);
        Assert.Equal((null, null, null, null), (report.Location, report.RtoSeconds, report.RowsLanded, report.RowsMissing));
        Assert.Contains(report.TimeLine, moment => moment.Detail?.Contains("taken back", StringComparison.Ordinal) == true);
        Assert.Equal(Verdict.Degraded, RecoveryReport.Of(ReportRuns.Undone() with { ErrorId = null, Error = null }).Verdict);
    }

    [Fact]
    public void An_escalated_one_never_reads_as_a_success()
    {
        EmergencyCopy copy = new() { Location = "s3://emergency/acode", Objects = 3, Bytes = 2_000_000, WrittenAt = ReportRuns.After(-18000), AgeHours = 5, Watermark = "2026-02-28 21:00:00" };
        var report = RecoveryReport.Of(ReportRuns.Escalated(copy));

        Assert.Equal((Verdict.Failed, "full_dr", "FullDisasterRecovery", null), (report.Verdict, report.Strategy, report.ErrorId, report.Location));
        Assert.Equal(
            "The primary source and the backup source failed, as was first seen at 2026-03-01 02:58:40Z; no route can write, so data does not flow, and nothing was switched; how many rows are missing is not known; 3 objects, 2.0 MB in s3://emergency/acode, written 5.0 h ago, data up to 2026-02-28 21:00:00.",
            report.Summary);
        Assert.Equal(["primary source: Failed", "backup source: Failed"], report.RedundancyLost);
        Assert.EndsWith("whether there is an emergency copy is not known.", RecoveryReport.Of(ReportRuns.Escalated(null)).Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RunbookStatus.Planned)]
    [InlineData(RunbookStatus.Running)]
    [InlineData(RunbookStatus.AwaitingProof)]
    [InlineData(RunbookStatus.Interrupted)]
    [InlineData(RunbookStatus.Failed)]
    [InlineData(RunbookStatus.Completed)]
    [InlineData(RunbookStatus.Escalated)]
    [InlineData(RunbookStatus.Undone)]
    [InlineData(RunbookStatus.Superseded)]
    public void Without_a_result_nothing_is_healthy_and_no_figure_is_made_up(RunbookStatus status)
    {
        var report = RecoveryReport.Of(ReportRuns.Completed() with { Status = status, Result = null });

        Assert.NotEqual(Verdict.Healthy, report.Verdict);
        Assert.Equal((null, null, null, null, null, null), (report.RtoSeconds, report.RpoSeconds, report.RowsLanded, report.RowsMissing, report.RowsReadTwice, report.Location));
        Assert.All(RecoveryReportContent.Of(report).Figures, figure => Assert.Contains(figure.Value, (string[])["not known", "not reached"]));
        Assert.EndsWith(".", report.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("a plan of something else")]
    public void A_run_of_another_kind_has_no_report(object? plan)
    {
        AcodeException refused = Assert.Throws<AcodeException>(() => RecoveryReport.Of(ReportRuns.Completed() with { Plan = plan }));

        Assert.Equal(("ReportNotPossible", FailureClass.InvalidInput, false), (refused.Id, refused.Cause, refused.IsFatal));
    }

    [Fact]
    public void Another_machine_makes_the_same_report_of_the_journal()
    {
        FailoverPlan plan = ReportRuns.Plan();
        FailoverPlan read = JsonSerializer.Deserialize<FailoverPlan>(JsonSerializer.Serialize(plan, StepFacts.Json), StepFacts.Json)!;

        string here = Written.Html(RecoveryReport.Of(ReportRuns.Completed() with { Plan = plan }));
        Assert.Equal(here, Written.Html(RecoveryReport.Of(ReportRuns.Completed() with { Plan = read })));
    }

    [Fact]
    public void What_is_frozen_is_bounded_and_tells_the_replication_and_each_route()
    {
        HealthCheck replication = new()
        {
            Component = HealthComponent.Replication,
            Target = "backup",
            Verdict = Verdict.Healthy,
            Summary = "s",
            LatencyMs = 1,
            CheckedAt = ReportRuns.Fault,
            Evidence = [.. Enumerable.Range(0, 500).Select(i => $"received {i}:{new string('9', 9000)}")],
        };
        Route route = ReportRuns.Plan().To.Route with
        {
            ConnectionId = Guid.Empty,
            LastSync = new Sync { JobId = 40, ConnectionId = Guid.Empty, Status = SyncStatus.Succeeded, JobType = "sync", UpdatedAt = ReportRuns.Fault },
        };

        IReadOnlyList<string> lines = FrozenEvidence.Of([route], [replication]);

        Assert.Equal("route backup_mysql: connection 00000000-0000-0000-0000-000000000000 (Inactive); last sync: job 40, Succeeded, not known rows, 2026-03-01 02:58:10Z", lines[0]);
        Assert.StartsWith("Replication backup: received 0:9", lines[1], StringComparison.Ordinal);
        Assert.Equal(41, lines.Count);
        Assert.All(lines, line => Assert.True(line.Length <= 2002));
    }
}
