using System.Net;
using System.Net.Sockets;
using AcodeOps.Adapters.Aws;
using AcodeOps.Adapters.Storage;
using AcodeOps.Adapters.Tests.Airbyte;
using AcodeOps.Adapters.Tests.Aws;
using AcodeOps.Secrets;

namespace AcodeOps.Adapters.Tests.Storage;

/// <summary>What stands at the endpoint is broken, or something else: no answer of it may pass for a result.</summary>
public sealed class StorageAnswerTests
{
    private const string Page = "<!doctype html><html><head><title>Log in</title><body>Please log in<br></html>";
    private const string TidyPage = "<html><head><title>Log in</title></head><body>Please log in</body></html>";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(200, Page, "StorageProtocolError", FailureClass.Protocol)]
    [InlineData(200, TidyPage, "StorageProtocolError", FailureClass.Protocol)]
    [InlineData(403, Page, "StorageProtocolError", FailureClass.Protocol)]
    [InlineData(404, TidyPage, "StorageProtocolError", FailureClass.Protocol)]
    [InlineData(502, Page, "StorageServerFault", FailureClass.ServerFault)]
    [InlineData(500, "", "StorageServerFault", FailureClass.ServerFault)]
    public async Task A_web_page_is_neither_an_empty_bucket_nor_a_missing_object(int status, string body, string id, FailureClass cause)
    {
        using RawServer server = new(_ => RawServer.Http(status, body, "text/html"));
        S3ObjectStore store = AwsFixture.Store("lake", AwsFixture.Account(server.Url));
        Func<Task>[] calls =
        [
            async () => await store.ListAsync("", cancel: Cancel).FirstOrDefaultAsync(Cancel),
            async () => await store.ListFoldersAsync("", Cancel).FirstOrDefaultAsync(Cancel),
            () => store.PutAsync("k", new byte[1], new PutOptions { IfAbsent = true }, Cancel),
            () => store.GetAsync("k", Cancel),
            () => store.DeleteAsync("k", Cancel),
        ];
        foreach (Func<Task> call in calls)
        {
            AcodeException failure = await Assert.ThrowsAsync<AcodeException>(call);
            Assert.True((id, cause) == (failure.Id, failure.Cause), failure.ToString());
            Assert.Contains(server.Url.Authority, failure.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(400, "ExpiredToken", "StorageTokenExpired", FailureClass.Authentication)]
    [InlineData(403, "RequestTimeTooSkewed", "StorageClockSkewed", FailureClass.InvalidInput)]
    [InlineData(503, "SlowDown", "StorageThrottled", FailureClass.Throttled)]
    [InlineData(503, "ServiceUnavailable", "StorageServerFault", FailureClass.ServerFault)]
    [InlineData(301, "PermanentRedirect", "StorageWrongRegion", FailureClass.InvalidInput)]
    [InlineData(403, "InvalidAccessKeyId", "StorageCredentialsRefused", FailureClass.Authentication)]
    [InlineData(403, "SignatureDoesNotMatch", "StorageCredentialsRefused", FailureClass.Authentication)]
    public async Task Error_codes_are_told_apart(int status, string code, string id, FailureClass cause)
    {
        const string Quoted = "the server quotes the request and with it a secret";
        string body = $"<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>{Quoted}</Message><StringToSign>{Quoted}</StringToSign></Error>";
        using RawServer server = new(_ => RawServer.Http(status, body, "application/xml"));
        S3ObjectStore store = AwsFixture.Store("lake", AwsFixture.Account(server.Url));
        AcodeException failure = await Assert.ThrowsAsync<AcodeException>(
            () => store.PutAsync("k", new byte[1], new PutOptions { IfAbsent = true }, Cancel));
        Assert.Equal((id, cause), (failure.Id, failure.Cause));
        Assert.DoesNotContain(Quoted, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_at_the_port_is_a_refused_connection()
    {
        int port;
        using (TcpListener listener = new(IPAddress.Loopback, 0))
        {
            listener.Start();
            port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        await AssertFailsAsync($"http://127.0.0.1:{port}", "StorageConnectionRefused", FailureClass.ConnectionRefused);
    }

    [Fact]
    public Task A_name_that_does_not_resolve_is_not_an_outage() =>
        AssertFailsAsync("http://storage.invalid", "StorageNameNotResolved", FailureClass.NameNotResolved);

    [Fact]
    public async Task Plain_text_behind_https_is_a_tls_failure()
    {
        using RawServer server = new(_ => "this is no TLS\r\n");
        await AssertFailsAsync($"https://127.0.0.1:{server.Port}", "StorageTlsFailed", FailureClass.Tls);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_unreachable()
    {
        using RawServer server = new(_ => "");
        await AssertFailsAsync(server.Url.AbsoluteUri, "StorageUnreachable", FailureClass.Unreachable);
    }

    [Fact]
    public async Task A_silent_server_costs_no_more_than_the_callers_time()
    {
        TaskCompletionSource never = new();
        using RawServer server = new((_, _) => never.Task);
        S3ObjectStore store = AwsFixture.Store("lake", AwsFixture.Account(server.Url));
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        Task<ObjectContent?> reading = store.GetAsync("k", limit.Token);
        while (server.Requests.IsEmpty)
        {
            await Task.Delay(20, Cancel);
        }

        await limit.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        never.SetResult();
    }

    [Fact]
    public async Task A_silent_credential_service_costs_no_more_than_the_callers_time()
    {
        using ManualResetEventSlim gate = new();
        AwsDefinition definition = new() { Region = "us-east-2", Endpoints = new AwsEndpoints { S3 = new Uri("http://127.0.0.1:9") } };
        TaskCompletionSource asked = new();
        using AwsAccount account = new(definition, new AwsSession(() => Ask(gate, asked), null));
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        Task<ObjectContent?> reading = Task.Run(() => AwsFixture.Store("lake", account).GetAsync("k", limit.Token), Cancel);
        await asked.Task;
        await limit.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        gate.Set();

        static AwsKeys Ask(ManualResetEventSlim gate, TaskCompletionSource asked)
        {
            asked.TrySetResult();
            gate.Wait(TimeSpan.FromSeconds(30));
            return new AwsKeys("AK", new SecretText("x"), null);
        }
    }

    private static async Task AssertFailsAsync(string endpoint, string id, FailureClass cause)
    {
        S3ObjectStore store = AwsFixture.Store("lake", AwsFixture.Account(new Uri(endpoint)));
        AcodeException failure = await Assert.ThrowsAsync<AcodeException>(
            () => store.PutAsync("k", new byte[1], new PutOptions { IfAbsent = true }, Cancel));
        Assert.Equal((id, cause), (failure.Id, failure.Cause));
    }
}
