using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using AcodeOps.Adapters.Notifications;
using AcodeOps.Adapters.Tests.Airbyte;
using AcodeOps.Lab.Sinks;
using AcodeOps.Notifications;

namespace AcodeOps.Adapters.Tests.Notifications;

/// <summary>The real sender against the lab's webhook sink, well and ill. No failure repeats the channel's address or key.</summary>
public sealed class HttpNotifierTests
{
    private const string Canary = "canary5f1ecanary5f1ecanary5f1e00";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(NotificationChannelKind.Slack)]
    [InlineData(NotificationChannelKind.Teams)]
    [InlineData(NotificationChannelKind.PagerDuty)]
    [InlineData(NotificationChannelKind.Webhook)]
    public async Task Each_kind_arrives_at_its_address(NotificationChannelKind kind)
    {
        await using WebhookServer server = await WebhookServer.StartAsync(Cancel);
        bool isPage = kind == NotificationChannelKind.PagerDuty;
        using HttpNotifier notifier = new(new HeldCredential(isPage ? Canary : Secret(server.Url)), TimeProvider.System);

        await notifier.SendAsync(Channel(kind, isPage ? new Uri(server.Url, "/v2/enqueue") : null), ChannelFormTests.News(), Cancel);

        ReceivedWebhook received = Assert.Single(server.Received);
        Assert.Equal(("POST", isPage ? "/v2/enqueue" : $"/services/T0/{Canary}?sig={Canary}"), (received.Method, received.Path));
        Assert.StartsWith("application/json", received.Headers["content-type"], StringComparison.Ordinal);
        Assert.StartsWith("AcodeOps/", received.Headers["user-agent"], StringComparison.Ordinal);
        Assert.Equal(kind == NotificationChannelKind.Webhook ? "opened" : null, received.Headers.GetValueOrDefault("x-acodeops-event"));
        Assert.Equal(isPage, received.Body.Contains(Canary, StringComparison.Ordinal));
        Assert.NotEmpty(JsonNode.Parse(received.Body)!.AsObject());
    }

    [Fact]
    public async Task A_webhook_that_is_no_secret_needs_no_credential()
    {
        await using WebhookServer server = await WebhookServer.StartAsync(Cancel);
        using HttpNotifier notifier = new(new HeldCredential { Fails = FailureClass.NotFound }, TimeProvider.System);
        await notifier.SendAsync(new() { Name = "a", Kind = NotificationChannelKind.Webhook, Url = new Uri(server.Url, "/open") }, ChannelFormTests.News(), Cancel);
        Assert.Equal("/open", Assert.Single(server.Received).Path);
    }

    [Theory]
    [InlineData(400, "NotificationRejected", FailureClass.InvalidInput)]
    [InlineData(401, "NotificationAuthenticationFailed", FailureClass.Authentication)]
    [InlineData(403, "NotificationAccessDenied", FailureClass.Permission)]
    [InlineData(404, "NotificationTargetNotFound", FailureClass.NotFound)]
    [InlineData(410, "NotificationTargetNotFound", FailureClass.NotFound)]
    [InlineData(429, "NotificationThrottled", FailureClass.Throttled)]
    [InlineData(500, "NotificationServerFault", FailureClass.ServerFault)]
    [InlineData(503, "NotificationServerFault", FailureClass.ServerFault)]
    public async Task A_refusal_has_its_class(int status, string id, FailureClass cause)
    {
        await using WebhookServer server = await WebhookServer.StartAsync(Cancel);
        server.Sink.Behavior = new WebhookBehavior(status);
        AcodeException failure = await FailureAsync(server.Url);
        Assert.Equal((id, cause), (failure.Id, failure.Cause));
        Assert.Contains("the sink was told to refuse", failure.Message, StringComparison.Ordinal);
        Assert.Single(server.Received);
    }

    [Fact]
    public async Task A_slow_channel_is_a_timeout()
    {
        await using WebhookServer server = await WebhookServer.StartAsync(Cancel);
        server.Sink.Behavior = new WebhookBehavior(200, 60_000);
        Stopwatch watch = Stopwatch.StartNew();
        AcodeException failure = await FailureAsync(server.Url);
        Assert.Equal(("NotificationTimedOut", FailureClass.Timeout), (failure.Id, failure.Cause));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Nothing_that_listens_and_nothing_that_speaks_HTTP_are_told_apart()
    {
        using TcpListener free = new(IPAddress.Loopback, 0);
        free.Start();
        int port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        Assert.Equal(FailureClass.ConnectionRefused, (await FailureAsync(new Uri($"http://127.0.0.1:{port}"))).Cause);
        Assert.Equal(FailureClass.NameNotResolved, (await FailureAsync(new Uri("https://no-such-host.invalid"))).Cause);

        using RawServer babble = new(_ => "SSH-2.0-OpenSSH\r\n\r\n");
        Assert.Equal(FailureClass.Protocol, (await FailureAsync(babble.Url)).Cause);
        using RawServer broken = new(_ => "");
        Assert.Equal(FailureClass.Unreachable, (await FailureAsync(broken.Url)).Cause);
        using RawServer tls = new(_ => "");
        Assert.Equal(FailureClass.Tls, (await FailureAsync(new Uri($"https://127.0.0.1:{tls.Port}"))).Cause);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using WebhookServer elsewhere = await WebhookServer.StartAsync(Cancel);
        using RawServer server = new(_ => RawServer.Http(307, "", headers: $"Location: {elsewhere.Url}login\r\n"));
        Assert.Equal(FailureClass.Protocol, (await FailureAsync(server.Url)).Cause);
        Assert.Empty(elsewhere.Received);
    }

    [Fact]
    public async Task What_a_server_repeats_of_the_secret_is_not_shown()
    {
        using RawServer server = new(request => RawServer.Http(404, $"No workflow at /services/T0/{Canary}?sig={Canary} ({Canary.ToUpperInvariant()}) here\u001b[31m", "text/plain"));
        AcodeException failure = await FailureAsync(server.Url);
        Assert.Contains("No workflow at", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(failure.Message, char.IsControl);
    }

    [Theory]
    [InlineData("Retry-After: 7\r\n")]
    [InlineData("Retry-After: Sun, 01 Mar 2026 03:00:07 GMT\r\n")]
    public async Task How_long_to_wait_is_told(string header)
    {
        using RawServer server = new(_ => RawServer.Http(429, "slow down", "text/plain", header));
        using HttpNotifier notifier = new(new HeldCredential(Secret(server.Url)), new MovableClock { Now = new(2026, 3, 1, 3, 0, 0, TimeSpan.Zero) });
        AcodeException failure = await Assert.ThrowsAsync<AcodeException>(() => notifier.SendAsync(Channel(NotificationChannelKind.Slack), ChannelFormTests.News(), Cancel));
        Assert.Equal(TimeSpan.FromSeconds(7), failure.RetryAfter);
    }

    [Fact]
    public async Task An_address_that_has_been_changed_is_read_again()
    {
        await using WebhookServer server = await WebhookServer.StartAsync(Cancel);
        using RawServer gone = new(_ => RawServer.Http(404, "no_service", "text/plain"));
        using HttpNotifier notifier = new(new HeldCredential(Secret(gone.Url)) { Rotated = Secret(server.Url) }, TimeProvider.System);
        await notifier.SendAsync(Channel(NotificationChannelKind.Slack), ChannelFormTests.News(), Cancel);
        Assert.Single(gone.Requests);
        Assert.Single(server.Received);
    }

    [Theory]
    [InlineData("not an address " + Canary, NotificationChannelKind.Slack, "NotificationAddressInvalid")]
    [InlineData("file:///etc/" + Canary, NotificationChannelKind.Webhook, "NotificationAddressInvalid")]
    [InlineData("http://hooks.example.com/" + Canary, NotificationChannelKind.Teams, "NotificationNotEncrypted")]
    public async Task What_is_no_address_or_not_encrypted_is_not_used(string secret, NotificationChannelKind kind, string id)
    {
        using HttpNotifier notifier = new(new HeldCredential(secret), TimeProvider.System);
        AcodeException failure = await Assert.ThrowsAsync<AcodeException>(() => notifier.SendAsync(Channel(kind), ChannelFormTests.News(), Cancel));
        Assert.Equal(id, failure.Id);
        AssertHidden(failure);
    }

    [Fact]
    public async Task Whoever_gives_up_hears_that_and_no_failure()
    {
        await using WebhookServer server = await WebhookServer.StartAsync(Cancel);
        server.Sink.Behavior = new WebhookBehavior(200, 60_000);
        using CancellationTokenSource impatient = new(TimeSpan.FromMilliseconds(200));
        using HttpNotifier notifier = new(new HeldCredential(Secret(server.Url)), TimeProvider.System);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => notifier.SendAsync(Channel(NotificationChannelKind.Slack), ChannelFormTests.News(), impatient.Token));
    }

    [Fact]
    public async Task A_fault_that_passes_is_survived_by_the_dispatcher()
    {
        int asked = 0;
        using RawServer server = new(_ => RawServer.Http(Interlocked.Increment(ref asked) == 1 ? 500 : 202, ""));
        using HttpNotifier notifier = new(new HeldCredential(Secret(server.Url)), TimeProvider.System);
        NotificationResult result = Assert.Single(await new NotificationDispatcher(notifier, TimeProvider.System).SendAsync(
            ChannelFormTests.News(), [Channel(NotificationChannelKind.Teams)], Cancel));
        Assert.Equal((true, 2), (result.Delivered, result.Attempts));
    }

    private static string Secret(Uri server) => new Uri(server, $"/services/T0/{Canary}?sig={Canary}").AbsoluteUri;

    private static NotificationDefinition Channel(NotificationChannelKind kind, Uri? url = null) =>
        new() { Name = "team", Kind = kind, Url = url, Credential = HeldCredential.Reference };

    private static async Task<AcodeException> FailureAsync(Uri server)
    {
        using HttpNotifier notifier = new(new HeldCredential(Secret(server)), TimeProvider.System) { Limit = TimeSpan.FromSeconds(2) };
        AcodeException failure = await Assert.ThrowsAsync<AcodeException>(() => notifier.SendAsync(Channel(NotificationChannelKind.Slack), ChannelFormTests.News(), Cancel));
        Assert.Contains(server.Host, failure.Message, StringComparison.Ordinal);
        AssertHidden(failure);
        return failure;
    }

    private static void AssertHidden(AcodeException failure) =>
        Assert.DoesNotContain(Canary, $"{failure} {failure.Advice} {failure.Subject} {failure.Data.Count}", StringComparison.OrdinalIgnoreCase);
}
