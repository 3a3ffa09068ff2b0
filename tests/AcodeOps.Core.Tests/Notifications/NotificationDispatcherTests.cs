using AcodeOps.Notifications;

namespace AcodeOps.Core.Tests.Notifications;

/// <summary>Many channels, each with its own luck, in virtual time.</summary>
public sealed class NotificationDispatcherTests
{
    private const string Canary = "canary-5f1e";

    private static readonly DateTimeOffset Begin = new(2026, 3, 1, 3, 0, 0, TimeSpan.Zero);

    private readonly ManualClock _clock = new(Begin);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_channels_are_told_at_once()
    {
        int entered = 0;
        TaskCompletionSource all = new();
        RecordingNotifier notifier = new()
        {
            Act = (_, _, cancel) =>
            {
                if (Interlocked.Increment(ref entered) == 3)
                {
                    all.SetResult();
                }

                return all.Task.WaitAsync(cancel);
            },
        };

        IReadOnlyList<NotificationResult> results = await Dispatcher(notifier).SendAsync(News(), Channels("a", "b", "c"), Cancel).WaitAsync(TimeSpan.FromSeconds(30), Cancel);

        Assert.Equal(["a: delivered", "b: delivered", "c: delivered"], results.Select(r => r.ToString()));
        Assert.All(results, r => Assert.Equal((1, "incident-1", null), (r.Attempts, r.IncidentId, r.ToFailure())));
    }

    [Theory]
    [InlineData(FailureClass.ConnectionRefused)]
    [InlineData(FailureClass.Unreachable)]
    [InlineData(FailureClass.Timeout)]
    [InlineData(FailureClass.ServerFault)]
    [InlineData(FailureClass.Throttled)]
    public async Task What_passes_is_tried_three_times_with_growing_pauses(FailureClass cause)
    {
        RecordingNotifier notifier = new() { Act = (_, attempt, _) => attempt < 3 ? Failing(cause) : Task.CompletedTask };
        NotificationResult late = Assert.Single(await InTimeAsync(Dispatcher(notifier).SendAsync(News(), Channels("a"), Cancel), 1, 2));
        Assert.Equal((true, 3), (late.Delivered, late.Attempts));

        RecordingNotifier hopeless = new() { Act = (_, _, _) => Failing(cause) };
        NotificationResult never = Assert.Single(await InTimeAsync(Dispatcher(hopeless).SendAsync(News(), Channels("a"), Cancel), 1, 2));
        Assert.Equal((false, 3, "Broken", cause), (never.Delivered, never.Attempts, never.ErrorId, never.ErrorCause));
        Assert.Equal(("NotificationNotDelivered", cause, false), (never.ToFailure()!.Id, never.ToFailure()!.Cause, never.ToFailure()!.IsFatal));
    }

    [Theory]
    [InlineData(FailureClass.Authentication)]
    [InlineData(FailureClass.Permission)]
    [InlineData(FailureClass.NotFound)]
    [InlineData(FailureClass.InvalidInput)]
    [InlineData(FailureClass.NameNotResolved)]
    [InlineData(FailureClass.Tls)]
    public async Task What_does_not_pass_is_not_tried_again(FailureClass cause)
    {
        RecordingNotifier notifier = new() { Act = (_, _, _) => Failing(cause) };
        NotificationResult result = Assert.Single(await Dispatcher(notifier).SendAsync(News(), Channels("a"), Cancel));
        Assert.Equal((false, 1, cause), (result.Delivered, result.Attempts, result.ErrorCause));
    }

    [Fact]
    public async Task A_server_is_not_asked_before_the_time_that_it_told()
    {
        RecordingNotifier notifier = new() { Act = (_, attempt, _) => attempt == 1 ? Failing(FailureClass.Throttled, retryAfter: 4) : Task.CompletedTask };
        Task<IReadOnlyList<NotificationResult>> sending = Dispatcher(notifier).SendAsync(News(), Channels("a"), Cancel);
        await WaitAsync(() => _clock.IsAwaitedFor(TimeSpan.FromSeconds(4)));
        _clock.Advance(TimeSpan.FromSeconds(3.9));
        Assert.Single(notifier.Sent);
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal((true, 2), (Assert.Single(await sending).Delivered, notifier.Sent.Count));
    }

    [Fact]
    public async Task A_server_that_asks_for_more_time_than_there_is_is_given_up_at_once()
    {
        RecordingNotifier notifier = new() { Act = (_, _, _) => Failing(FailureClass.Throttled, retryAfter: 10) };
        NotificationResult result = Assert.Single(await Dispatcher(notifier).SendAsync(News(), Channels("a"), Cancel));
        Assert.Equal((false, 1, FailureClass.Throttled), (result.Delivered, result.Attempts, result.ErrorCause));
    }

    [Fact]
    public async Task A_channel_that_fails_keeps_no_other_from_being_told()
    {
        RecordingNotifier notifier = new()
        {
            Act = (channel, _, cancel) => channel switch
            {
                "refuses" => Failing(FailureClass.Permission),
                "faulty" => throw new InvalidOperationException(Canary),
                "hangs" => Task.Delay(Timeout.Infinite, cancel),
                _ => Task.CompletedTask,
            },
        };

        IReadOnlyList<NotificationResult> results = await InTimeAsync(
            Dispatcher(notifier).SendAsync(News(), Channels("refuses", "faulty", "hangs", "good"), Cancel), 10);

        Assert.Equal(["refuses: Broken", "faulty: NotificationFailed", "hangs: NotificationTimedOut", "good: delivered"], results.Select(r => r.ToString()));
        Assert.All(results, r => Assert.DoesNotContain(Canary, r.Error ?? "", StringComparison.Ordinal));
        Assert.Equal(Begin.AddSeconds(10), _clock.GetUtcNow());
    }

    [Fact]
    public async Task A_caller_that_gives_up_is_no_result()
    {
        using CancellationTokenSource impatient = new();
        RecordingNotifier notifier = new() { Act = (_, _, cancel) => Task.Delay(Timeout.Infinite, cancel) };
        Task sending = Dispatcher(notifier).SendAsync(News(), Channels("a"), impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Fact]
    public async Task Whatever_goes_out_is_free_of_secrets()
    {
        RecordingNotifier notifier = new() { Act = (_, _, _) => Failing(FailureClass.Permission, $"Refused: password={Canary}") };
        Notification news = News() with
        {
            IncidentId = $"token={Canary}",
            Title = $"Login with password={Canary}",
            Text = $"See mysql://reader:{Canary}@db/ and https://hooks.slack.com/services/T0/B0/{Canary}, https://x.webhook.office.com/webhookb2/{Canary}@b/IncomingWebhook/c and https://logic.azure.com/w?sp=x&sig={Canary}",
            Facts = [new("password", Canary), new("url", $"https://user:{Canary}@host/"), new("host", "db")],
            RunId = $"secret={Canary}",
        };

        NotificationResult result = Assert.Single(await Dispatcher(notifier).SendAsync(news, Channels("a"), Cancel));

        (string _, Notification sent) = Assert.Single(notifier.Sent);
        Assert.DoesNotContain(Canary, $"{sent.IncidentId} {sent.Title} {sent.Text} {sent.RunId} {string.Join(' ', sent.Facts)} {result} {result.Error} {result.IncidentId}", StringComparison.Ordinal);
        Assert.Equal(["password=***", "url=https://user:***@host/", "host=db"], sent.Facts.Select(f => $"{f.Name}={f.Value}"));
    }

    [Fact]
    public void A_channel_hears_what_is_severe_enough_and_the_end_of_anything()
    {
        NotificationDefinition[] channels = [.. Enum.GetValues<NotificationSeverity>().Select(s => Channels($"{s}")[0] with { MinSeverity = s })];
        string[] Told(NotificationSeverity severity, NotificationPhase phase) =>
            [.. NotificationChannels.For(News() with { Severity = severity, Phase = phase }, channels).Select(c => c.Name)];
        Assert.Equal(["Information"], Told(NotificationSeverity.Information, NotificationPhase.Opened));
        Assert.Equal(["Information", "Warning", "Error"], Told(NotificationSeverity.Error, NotificationPhase.Failed));
        Assert.Equal(4, Told(NotificationSeverity.Critical, NotificationPhase.Update).Length);
        Assert.Equal(4, Told(NotificationSeverity.Information, NotificationPhase.Resolved).Length);
    }

    [Fact]
    public void An_environment_without_channels_says_what_to_add()
    {
        AcodeException missing = Assert.Throws<AcodeException>(() => NotificationChannels.Of(TestInstallation.Definition));
        Assert.Equal("NotificationChannelMissing", missing.Id);
        Assert.Contains("notifications:", missing.Advice, StringComparison.Ordinal);
        Assert.Contains("acode.yaml", missing.Advice, StringComparison.Ordinal);
    }

    private static Notification News() => new()
    {
        IncidentId = "incident-1",
        Severity = NotificationSeverity.Error,
        Phase = NotificationPhase.Opened,
        Title = "The primary is down",
        Environment = "test",
        At = Begin,
    };

    private static NotificationDefinition[] Channels(params string[] names) =>
        [.. names.Select(name => new NotificationDefinition { Name = name, Kind = NotificationChannelKind.Webhook })];

    private static Task Failing(FailureClass cause, string message = "It broke.", double? retryAfter = null) => Task.FromException(new AcodeException("Broken", cause, message)
    {
        RetryAfter = retryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
    });

    private static async Task WaitAsync(Func<bool> until)
    {
        while (!until())
        {
            await Task.Delay(1, Cancel);
        }
    }

    private NotificationDispatcher Dispatcher(INotifier notifier) => new(notifier, _clock);

    // Lets each of the pauses pass as soon as it is waited for.
    private async Task<IReadOnlyList<NotificationResult>> InTimeAsync(Task<IReadOnlyList<NotificationResult>> sending, params double[] pauses)
    {
        foreach (double pause in pauses)
        {
            await WaitAsync(() => _clock.IsAwaitedFor(TimeSpan.FromSeconds(pause)));
            _clock.Advance(TimeSpan.FromSeconds(pause));
        }

        return await sending;
    }
}
