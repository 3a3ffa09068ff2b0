using System.Net;
using System.Net.Sockets;
using System.Text;
using AcodeOps.Adapters.Airbyte;

namespace AcodeOps.Adapters.Tests.Airbyte;

/// <summary>What the client makes of servers that are not what they should be.</summary>
public sealed class AirbyteFaultTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_web_page_is_never_taken_for_an_answer()
    {
        using RawServer server = new(_ => RawServer.Http(200, "<html>log in</html>", "text/html"));
        AcodeException failure = await FailureOfAsync(server.Url);
        Assert.Equal(("AirbyteAnswersSomethingElse", FailureClass.Protocol), (failure.Id, failure.Cause));
        failure = await Assert.ThrowsAsync<AcodeException>(async () => await Open(server.Url).ReadInstanceAsync(Cancel));
        Assert.Equal("AirbyteAnswersSomethingElse", failure.Id);
    }

    [Theory]
    [InlineData(502, "<html>bad gateway</html>", "text/html", "AirbyteServerFault", FailureClass.ServerFault)]
    [InlineData(503, "", "text/plain", "AirbyteServerFault", FailureClass.ServerFault)]
    [InlineData(404, "<html>nginx</html>", "text/html", "AirbyteAnswersSomethingElse", FailureClass.Protocol)]
    [InlineData(404, "{}", "application/json", "AirbyteNotFound", FailureClass.NotFound)]
    [InlineData(401, "", "text/plain", "AirbyteAuthenticationFailed", FailureClass.Authentication)]
    [InlineData(403, "{\"title\":\"forbidden\"}", "application/json", "AirbyteAccessDenied", FailureClass.Permission)]
    [InlineData(409, "{\"title\":\"try-again-later\"}", "application/json", "AirbyteConflict", FailureClass.Conflict)]
    [InlineData(423, "{}", "application/json", "AirbyteConflict", FailureClass.Conflict)]
    [InlineData(422, "{}", "application/json", "AirbyteRequestRejected", FailureClass.InvalidInput)]
    [InlineData(429, "{\"message\":\"You are being rate limited.\"}", "application/json", "AirbyteThrottled", FailureClass.Throttled)]
    [InlineData(200, "nonsense", "application/json", "AirbyteAnswersSomethingElse", FailureClass.Protocol)]
    [InlineData(200, "{\"data\":7}", "application/json", "AirbyteAnswersSomethingElse", FailureClass.Protocol)]
    [InlineData(200, "{\"data\":[{\"connectionId\":5}]}", "application/json", "AirbyteAnswersSomethingElse", FailureClass.Protocol)]
    public async Task Each_answer_has_its_class(int status, string body, string contentType, string id, FailureClass cause)
    {
        using RawServer server = new(_ => RawServer.Http(status, body, contentType));
        AcodeException failure = await FailureOfAsync(server.Url);
        Assert.Equal((id, cause), (failure.Id, failure.Cause));
    }

    [Fact]
    public async Task A_server_fault_tells_the_servers_words_and_its_error_id_but_no_escapes()
    {
        using RawServer server = new(_ => RawServer.Http(500, """{"title":"unexpected-problem","detail":"it \u001b[31mbroke\r\n##vso[x]","errorId":"e-1"}"""));
        AcodeException failure = await FailureOfAsync(server.Url);
        Assert.Contains("it [31mbroke ##vso[x]", failure.Message);
        Assert.Contains("e-1", failure.Message);
        Assert.DoesNotContain(failure.Message, char.IsControl);
    }

    [Fact]
    public async Task A_long_answer_is_cut_short_in_the_message()
    {
        using RawServer server = new(_ => RawServer.Http(500, new string('x', 100_000), "text/plain"));
        AcodeException failure = await FailureOfAsync(server.Url);
        Assert.InRange(failure.Message.Length, 100, 400);
    }

    [Fact]
    public async Task An_answer_without_end_is_given_up()
    {
        using RawServer server = new(async (_, stream) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n"));
            byte[] blanks = Enumerable.Repeat((byte)' ', 1024 * 1024).ToArray();
            while (true)
            {
                await stream.WriteAsync(blanks);
            }
        });
        Assert.Equal("AirbyteAnswersSomethingElse", (await FailureOfAsync(server.Url)).Id);
    }

    [Fact]
    public async Task A_silent_server_costs_the_time_limit_and_no_more()
    {
        using RawServer server = new(async (_, _) => await Task.Delay(Timeout.Infinite, Cancel));
        AcodeException failure = await FailureOfAsync(server.Url, new MovableClock(haste: 100));
        Assert.Equal(("AirbyteTimedOut", FailureClass.Timeout), (failure.Id, failure.Cause));
    }

    [Fact]
    public async Task The_callers_cancellation_stays_a_cancellation()
    {
        using CancellationTokenSource stop = new();
        using RawServer server = new(async (_, _) =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, Cancel);
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Open(server.Url).AuthenticateAsync(stop.Token));
    }

    [Fact]
    public async Task A_redirect_is_told_and_the_credential_does_not_follow_it()
    {
        using RawServer other = new(_ => RawServer.Http(200, "{\"data\":[]}"));
        using RawServer server = new(_ => RawServer.Http(302, "", headers: $"Location: {other.Url}login?token=abc\r\n"));
        AcodeException failure = await FailureOfAsync(server.Url);
        Assert.Equal("AirbyteAnswersSomethingElse", failure.Id);
        Assert.Contains($"127.0.0.1:{other.Port}", failure.Message);
        Assert.DoesNotContain("abc", failure.Message);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task A_dropped_connection_is_tried_once_more()
    {
        int count = 0;
        using RawServer server = new(_ => ++count == 1 ? "" : RawServer.Http(200, "{\"data\":[]}"));
        await Open(server.Url).AuthenticateAsync(Cancel);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Connections_that_always_drop_make_it_unreachable_after_two()
    {
        using RawServer server = new(_ => "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{\"da");
        AcodeException failure = await FailureOfAsync(server.Url);
        Assert.Equal(("AirbyteUnreachable", FailureClass.Unreachable), (failure.Id, failure.Cause));
        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nthis is no chunk size\r\n{}")]
    [InlineData("J\0\0\0\n8.0.36\0 this is a MySQL greeting, with null bytes, that goes on long enough to be no status line")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\nnot gzip at all, not at all")]
    public async Task What_is_not_HTTP_is_something_else(string bytes)
    {
        using RawServer server = new(_ => bytes);
        AcodeException failure = await FailureOfAsync(server.Url);
        Assert.Equal(("AirbyteAnswersSomethingElse", FailureClass.Protocol), (failure.Id, failure.Cause));
    }

    [Fact]
    public async Task Nobody_listening_is_refused()
    {
        TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        AcodeException failure = await FailureOfAsync(new Uri($"http://user:hidden@127.0.0.1:{port}"));
        Assert.Equal(("AirbyteRefused", FailureClass.ConnectionRefused), (failure.Id, failure.Cause));
        Assert.DoesNotContain("hidden", failure.Message);
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_is_told_as_that() =>
        Assert.Equal("AirbyteNameNotResolved", (await FailureOfAsync(new Uri("http://airbyte.invalid:8001"))).Id);

    [Fact]
    public async Task TLS_to_a_plain_port_is_a_TLS_failure()
    {
        using RawServer server = new(_ => RawServer.Http(400, "plain HTTP", "text/plain"));
        AcodeException failure = await FailureOfAsync(new Uri($"https://127.0.0.1:{server.Port}"));
        Assert.Equal(("AirbyteTlsFailed", FailureClass.Tls), (failure.Id, failure.Cause));
    }

    private static AirbyteServer Open(Uri url, TimeProvider? clock = null) =>
        new(new AirbyteDefinition { Url = url }, new HeldCredential(), clock ?? TimeProvider.System);

    private static async Task<AcodeException> FailureOfAsync(Uri url, TimeProvider? clock = null)
    {
        await using AirbyteServer airbyte = Open(url, clock);
        return await Assert.ThrowsAsync<AcodeException>(async () =>
        {
            await foreach (Connection _ in airbyte.ListConnectionsAsync(Cancel))
            {
            }
        });
    }
}
