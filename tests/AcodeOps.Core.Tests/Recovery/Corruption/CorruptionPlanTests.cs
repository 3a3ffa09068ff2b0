using System.Text.Json;
using AcodeOps.Core.Tests.Reports;
using AcodeOps.Core.Tests.Routing;
using AcodeOps.Recovery;
using AcodeOps.Recovery.Corruption;
using AcodeOps.Runbooks;

namespace AcodeOps.Core.Tests.Recovery.Corruption;

/// <summary>The plan as it is consented to, refused, kept by the journal, and reported.</summary>
public sealed class CorruptionPlanTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 9, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_route_is_off_before_anything_is_moved_and_on_only_after_the_other_side_was_asked()
    {
        Assert.Equal(
            ["probe_again", "switch_off_old_route", "stop_old_syncs", "quarantine_corrupted", "validate_other_side", "set_cursor_back", "switch_on_new_route", "start_sync", "prove_landing", "prove_reload", "keep_one_copy"],
            new CorruptionRunbook(Plan()).Steps.Select(step => step.Name));
        Assert.Equal(
            ["probe_again", "switch_off_old_route", "stop_old_syncs", "quarantine_half_written", "quarantine_corrupted", "validate_other_side", "switch_on_new_route", "start_sync", "prove_landing", "prove_reload", "keep_one_snapshot"],
            new CorruptionRunbook(Plan("full_refresh_append")).Steps.Select(step => step.Name));
    }

    [Fact]
    public void Any_machine_builds_the_same_run_from_the_journal()
    {
        Runbook rebuilt = RunbookCatalog.All[CorruptionRunbook.Kind].Rebuild(JsonSerializer.SerializeToNode(Plan(), StepFacts.Json)!);

        RecoveryPlan plan = Assert.IsType<RecoveryPlan>(rebuilt.Plan);
        Assert.Equal(new CorruptionRunbook(Plan()).Steps.Select(s => (s.Name, s.Title)), rebuilt.Steps.Select(s => (s.Name, s.Title)));
        Assert.Equal((Plan().Reload!.Location, Plan().Reload!.Keys), (plan.Reload!.Location, plan.Reload.Keys));
        Assert.Equal([new DateOnly(2026, 3, 8)], plan.Reload.Days);
        Assert.Throws<FormatException>(() => RunbookCatalog.All[CorruptionRunbook.Kind].Rebuild(JsonSerializer.SerializeToNode(Plan() with { Reload = null }, StepFacts.Json)!));
    }

    [Fact]
    public void The_question_tells_what_is_moved_and_what_is_loaded()
    {
        string question = new RecoveryExecution(Plan()).Question;

        Assert.Contains("quarantine: 3 objects, 4.5 MB, 120 rows in those that can be read, 1 objects that cannot, at s3://lake/bronze/sales/dt=2026-03-08/", question, StringComparison.Ordinal);
        Assert.Contains("reload:     sales from the Primary source by 'Primary-Primary', from 2026-03-08T01:00:00, where it stands at 2026-03-09T11:00:00", question, StringComparison.Ordinal);
        Assert.Contains("source has: 118 rows of it", question, StringComparison.Ordinal);
        Assert.Contains("at risk:    not known in rows", question, StringComparison.Ordinal);
        Assert.Contains("validated:  other source's rows: They agree.", question, StringComparison.Ordinal);
        Assert.EndsWith("Do it?", question, StringComparison.Ordinal);
        Assert.Equal(2, (Plan() with { Reload = Plan().Reload! with { UnreadableObjects = 0 } }).RowsAtRisk);
    }

    [Theory]
    [InlineData(Verdict.Failed, false, "OtherSideDiffers")]
    [InlineData(Verdict.Unknown, false, "OtherSideUnknown")]
    [InlineData(Verdict.Unknown, true, null)]
    public void What_stands_against_it_refuses_it(Verdict verdict, bool isPassed, string? id)
    {
        FailoverGate check = new() { Name = "other source's rows", Verdict = verdict, Summary = "Seen.", IsPassed = isPassed, ErrorId = $"OtherSide{(verdict == Verdict.Failed ? "Differs" : "Unknown")}", Remedy = "Look." };
        RecoveryPlan plan = Plan() with { Reload = Plan().Reload! with { Checks = [check] } };

        Assert.Equal(id is null, plan.IsExecutable);
        Assert.Equal(id, (Record.Exception(() => new RecoveryExecution(plan).Runbook(Noon)) as AcodeException)?.Id);
        Assert.Equal("RecoveryPlanExpired", Assert.Throws<AcodeException>(() => new RecoveryExecution(plan).Runbook(Noon.AddHours(1))).Id);
    }

    [Theory]
    [InlineData(RunbookStatus.Completed, 0L, Verdict.Healthy, Verdict.Healthy)]
    [InlineData(RunbookStatus.Completed, 2L, Verdict.Healthy, Verdict.Degraded)]
    [InlineData(RunbookStatus.Completed, null, Verdict.Healthy, Verdict.Degraded)]
    [InlineData(RunbookStatus.Completed, 0L, Verdict.Unknown, Verdict.Degraded)]
    [InlineData(RunbookStatus.Undone, 0L, Verdict.Healthy, Verdict.Failed)]
    [InlineData(RunbookStatus.AwaitingProof, null, Verdict.Healthy, Verdict.Degraded)]
    [InlineData(RunbookStatus.Planned, null, Verdict.Unknown, Verdict.Unknown)]
    public void Its_report_is_healthy_only_where_nothing_is_lost_or_unknown(RunbookStatus status, long? lost, Verdict validation, Verdict expected)
    {
        RunbookRun run = new()
        {
            RunId = "01KAT5Z3V8Q7M2N4P6R8S0T2W4",
            Runbook = CorruptionRunbook.Kind,
            Title = "Replace corrupted data of sales",
            Environment = "test",
            Status = status,
            StartedAt = Noon,
            EndedAt = Noon.AddMinutes(2),
            ErrorId = status == RunbookStatus.Undone ? "OtherSideDiffers" : null,
            Plan = Plan(),
            Result = new CorruptionResult
            {
                Route = "primary",
                Stream = "sales",
                Location = "s3://lake/x",
                IsProven = status is RunbookStatus.Completed or RunbookStatus.Undone,
                RowsReloaded = 118,
                RowsLost = lost,
                Validation = validation,
                ObjectsQuarantined = 3,
                RtoSeconds = 90,
                Quarantined = ["s3://quarantine/m.json"],
            },
        };

        RecoveryReport report = RecoveryReport.Of(run);

        Assert.Equal((expected, RecoveryStrategy.CorruptedData, "readers fail on it"), (report.Verdict, report.Strategy, report.Reason));
        Assert.Equal(status is RunbookStatus.Undone or RunbookStatus.Planned ? null : 90, report.RtoSeconds);
        Assert.Contains("were taken for corrupted (readers fail on it)", report.Summary, StringComparison.Ordinal);
        Assert.Contains("s3://quarantine/m.json", Written.Html(report), StringComparison.Ordinal);
        Assert.Contains(report.Headline, Written.Markdown(report), StringComparison.Ordinal);
    }

    private static RecoveryPlan Plan(string mode = "incremental_append")
    {
        PlannedRoute route = Routes.Of(SourceRole.Primary, StorageRole.Primary, mode);
        return new RecoveryPlan
        {
            Environment = "test",
            PlannedAt = Noon,
            ExpiresAt = Noon.AddMinutes(10),
            Assessment = new RecoveryAssessment { AssessedAt = Noon, Parts = [] },
            Decision = new RecoveryDecision { Strategy = RecoveryStrategy.CorruptedData, Reason = "It is taken for corrupted." },
            Reload = new ReloadPlan
            {
                Storage = StorageRole.Primary,
                Prefix = "bronze/sales/dt=2026-03-08/",
                Location = "s3://lake/bronze/sales/dt=2026-03-08/",
                Stream = "sales",
                Reason = "readers fail on it",
                Days = [new DateOnly(2026, 3, 8)],
                Objects = 3,
                Bytes = 4_500_000,
                Rows = 120,
                UnreadableObjects = 1,
                Unreadable = ["bronze/sales/dt=2026-03-08/1.parquet"],
                Keys = new ColumnRange("1", "120"),
                OldCursor = mode.StartsWith("incremental", StringComparison.Ordinal) ? "2026-03-09T11:00:00" : null,
                NewCursor = mode.StartsWith("incremental", StringComparison.Ordinal) ? "2026-03-08T01:00:00" : null,
                SourceRows = 118,
                Switch = new FailoverPlan { Environment = "test", PlannedAt = Noon, From = [route], Origin = route, To = route },
                Checks = [new FailoverGate { Name = "other source's rows", Verdict = Verdict.Healthy, Summary = "They agree.", IsPassed = true }],
            },
        };
    }
}
