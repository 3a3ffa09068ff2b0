using AcodeOps.Core.Tests.Notifications;
using AcodeOps.Recovery;
using AcodeOps.Runbooks;

namespace AcodeOps.Core.Tests.Recovery;

/// <summary>People hear of a recovery twice, under one id, and nothing of it depends on whether they could be told.</summary>
public sealed class RecoveryNoticesTests
{
    private const string Id = "01KAT5Z3V8Q7M2N4P6R8S0T2W4";
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private static readonly RecoveryPlan Plan = new()
    {
        Environment = "test",
        PlannedAt = Noon,
        ExpiresAt = Noon.AddMinutes(10),
        Assessment = new RecoveryAssessment { AssessedAt = Noon, Parts = [] },
        Decision = new RecoveryDecision { Strategy = RecoveryStrategy.BackupMySql, Reason = "The primary has failed." },
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(RunbookStatus.Completed, NotificationPhase.Resolved)]
    [InlineData(RunbookStatus.AwaitingProof, NotificationPhase.Update)]
    [InlineData(RunbookStatus.Undone, NotificationPhase.Failed)]
    [InlineData(RunbookStatus.Failed, NotificationPhase.Failed)]
    [InlineData(RunbookStatus.Interrupted, NotificationPhase.Failed)]
    [InlineData(RunbookStatus.Escalated, NotificationPhase.Failed)]
    public async Task Its_begin_and_its_end_are_told_under_the_run_s_id(RunbookStatus status, NotificationPhase phase)
    {
        RecordingNotifier notifier = new();

        RunbookRun run = await Of(notifier).AroundAsync(Plan, Id, Begun(() => Task.FromResult(Recovery with { Status = status })), null, Cancel);

        Assert.Empty(run.Warnings);
        Assert.Equal([(Id, Id, NotificationPhase.Opened), (Id, Id, phase)], notifier.Sent.Select(sent => (sent.Notification.IncidentId, sent.Notification.RunId, sent.Notification.Phase)));
        Assert.Equal("Recovery of test begins: backup_mysql", notifier.Sent.First().Notification.Title);
    }

    [Fact]
    public async Task A_channel_that_is_slow_or_fails_holds_nothing_up_and_is_a_warning()
    {
        TaskCompletionSource recovered = new();
        RecordingNotifier notifier = new()
        {
            // The first answer comes only when the recovery is done.
            Act = async (_, attempt, _) =>
            {
                await recovered.Task;
                throw new AcodeException("NotificationRefused", FailureClass.Permission, "it refuses.");
            },
        };

        RunbookRun run = await Of(notifier).AroundAsync(Plan, Id, Begun(() =>
        {
            recovered.SetResult();
            return Task.FromResult(Recovery);
        }), null, Cancel);

        Assert.Equal(RunbookStatus.Completed, run.Status);
        Assert.Equal(["Channel 'team' was not told: it refuses.", "Channel 'team' was not told: it refuses."], run.Warnings);
    }

    [Fact]
    public async Task What_is_refused_before_it_begins_is_told_unless_another_is_at_it()
    {
        RecordingNotifier notifier = new();
        AcodeException away = new("LeaseStoreUnavailable", FailureClass.Timeout, "The lease's storage is away.");

        Assert.Same(away, await Assert.ThrowsAsync<AcodeException>(() => Of(notifier).AroundAsync(Plan, Id, _ => throw away, null, Cancel)));

        Notification told = Assert.Single(notifier.Sent).Notification;
        Assert.Equal((Id, NotificationPhase.Failed, "The lease's storage is away."), (told.IncidentId, told.Phase, told.Text));

        AcodeException held = new("LeaseHeld", FailureClass.Conflict, "bob works on it.");
        Assert.Same(held, await Assert.ThrowsAsync<AcodeException>(() => Of(notifier).AroundAsync(Plan, Id, _ => throw held, null, Cancel)));
        Assert.Single(notifier.Sent);
    }

    [Fact]
    public async Task The_end_of_one_that_was_gone_on_with_is_told_and_that_of_an_ordinary_switch_is_not()
    {
        RecordingNotifier notifier = new();

        await Of(notifier).AfterAsync(Recovery, Cancel);
        await Of(notifier).AfterAsync(Recovery with { Plan = ReportRuns.Plan() with { Assessment = null } }, Cancel);

        Assert.Equal(NotificationPhase.Resolved, Assert.Single(notifier.Sent).Notification.Phase);
    }

    [Fact]
    public async Task Without_channels_nobody_is_told_and_nothing_is_missing()
    {
        TestInstallation installation = new() { Clock = new ManualClock(Noon) };

        RunbookRun run = await new RecoveryNotices(installation).AroundAsync(Plan, Id, Begun(() => Task.FromResult(Recovery)), null, Cancel);

        Assert.Empty(run.Warnings);
    }

    private static RunbookRun Recovery => ReportRuns.Completed() with { RunId = Id, Plan = ReportRuns.Plan() with { Assessment = Plan.Assessment } };

    // A run shows that it has begun by its first step.
    private static Func<IProgress<RunProgress>, Task<RunbookRun>> Begun(Func<Task<RunbookRun>> recover) => progress =>
    {
        progress.Report(new RunProgress("Switch", "Look once more", 1, 9, "", null));
        return recover();
    };

    private static RecoveryNotices Of(RecordingNotifier notifier) => new(new TestInstallation
    {
        Clock = new ManualClock(Noon),
        ChannelNotifier = notifier,
        Environment = TestInstallation.Definition with
        {
            Notifications = [new NotificationDefinition { Name = "team", Kind = NotificationChannelKind.Slack, Credential = new(CredentialHolder.EnvironmentVariable, "TEAM") }],
        },
    });
}
