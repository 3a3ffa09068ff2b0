using AcodeOps.Core.Tests.Notifications;
using AcodeOps.Core.Tests.Reports;
using AcodeOps.Recovery.Drill;
using AcodeOps.Reports;

namespace AcodeOps.Core.Tests.Recovery.Drill;

/// <summary>Whom a rehearsal wakes, and what its report says.</summary>
public sealed class DrillNoticesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(RunbookStatus.Completed, null, false)]
    [InlineData(RunbookStatus.Undone, "RunStopped", false)]
    [InlineData(RunbookStatus.Undone, "SyncFailed", true)]
    [InlineData(RunbookStatus.Failed, "RunStopped", true)]
    public async Task Only_a_failure_is_told_as_a_warning_that_says_that_it_was_a_drill(RunbookStatus status, string? errorId, bool isTold)
    {
        RecordingNotifier notifier = new();

        await Of(notifier).AfterAsync(() => Task.FromResult(DrillRuns.Completed() with { Status = status, ErrorId = errorId, Error = errorId is null ? null : "It failed." }), Cancel);

        Assert.Equal(isTold ? 1 : 0, notifier.Sent.Count);
        Assert.All(notifier.Sent, sent =>
        {
            Assert.Equal((NotificationSeverity.Warning, NotificationPhase.Failed, DrillRuns.RunId), (sent.Notification.Severity, sent.Notification.Phase, sent.Notification.IncidentId));
            Assert.Equal("Drill of test, a rehearsal, has failed: Drill: rehearse route backup_mysql", sent.Notification.Title);
            Assert.Contains(sent.Notification.Facts, fact => fact is { Name: "Drill", Value: "a rehearsal: ingestion was not touched" });
        });
    }

    [Fact]
    public async Task What_is_left_and_who_was_not_told_are_warnings_of_the_run()
    {
        RecordingNotifier notifier = new() { Act = (_, _, _) => throw new AcodeException("NotificationRefused", FailureClass.Permission, "it refuses.") };
        RunbookRun failed = DrillRuns.Completed() with { Status = RunbookStatus.Failed, ErrorId = "DrillObjectsLeft", Error = "One is left.", Result = DrillRuns.Result() with { IsCleanedUp = false, Left = ["bronze/a.parquet"] } };

        RunbookRun run = await Of(notifier).AfterAsync(() => Task.FromResult(failed), Cancel);

        Assert.Equal(["Left by the drill: bronze/a.parquet", "Channel 'team' was not told: it refuses."], run.Warnings);
    }

    [Fact]
    public async Task One_that_was_refused_was_none()
    {
        RecordingNotifier notifier = new();
        await Assert.ThrowsAsync<AcodeException>(() => Of(notifier).AfterAsync(() => throw new AcodeException("LeaseHeld", FailureClass.Conflict, "bob works on it."), Cancel));
        Assert.Empty(notifier.Sent);
    }

    [Fact]
    public void The_report_of_a_green_drill_claims_a_rehearsal_and_no_recovery()
    {
        var report = RecoveryReport.Of(DrillRuns.Completed());

        Assert.Equal((Verdict.Healthy, "Rehearsed: the standby works", 41.0), (report.Verdict, report.Headline, report.RtoSeconds));
        Assert.Equal("Route backup_mysql was rehearsed: 12,345 rows landed, complete against the source, the first after 41 s; ingestion was not touched, and nothing of the drill is left.", report.Summary);
        Assert.Null(report.Location);
        string page = Written.Html(report);
        Assert.Contains("Rehearsed time to recover", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Data missing", page, StringComparison.Ordinal);
        Assert.Contains("Drill report", page, StringComparison.Ordinal);
        Assert.Contains("| Left over | nothing |", Written.Markdown(report), StringComparison.Ordinal);
        Assert.Contains("12345", JsonReport.Write(report), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RunbookStatus.Completed, null, null, Verdict.Degraded)]
    [InlineData(RunbookStatus.Undone, "SyncFailed", false, Verdict.Failed)]
    [InlineData(RunbookStatus.Undone, "RunStopped", null, Verdict.Unknown)]
    [InlineData(RunbookStatus.Undone, null, true, Verdict.Unknown)]
    [InlineData(RunbookStatus.Failed, "DrillObjectsLeft", true, Verdict.Failed)]
    [InlineData(RunbookStatus.Running, null, null, Verdict.Unknown)]
    public void Nothing_but_a_counted_and_cleaned_up_drill_reads_as_healthy(RunbookStatus status, string? errorId, bool? isComplete, Verdict verdict) =>
        Assert.Equal(verdict, RecoveryReport.Of(DrillRuns.Completed() with { Status = status, ErrorId = errorId, Result = DrillRuns.Result() with { IsComplete = isComplete } }).Verdict);

    private static DrillNotices Of(RecordingNotifier notifier) => new(new TestInstallation
    {
        Clock = new ManualClock(DrillRuns.Noon),
        ChannelNotifier = notifier,
        Environment = TestInstallation.Definition with
        {
            Notifications = [new NotificationDefinition { Name = "team", Kind = NotificationChannelKind.Slack, Credential = new(CredentialHolder.EnvironmentVariable, "TEAM") }],
        },
    });
}
