using System.Text;
using AcodeOps.Adapters.Airbyte;

namespace AcodeOps.Adapters.Tests.Airbyte;

/// <summary>Tokens, passwords, and the credential behind them.</summary>
public sealed class AirbyteAccessTests
{
    private readonly HeldCredential _credential = new();
    private readonly MovableClock _clock = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_spellings_of_the_grant_type_are_sent()
    {
        using RawServer server = Serve();
        await Open(server).AuthenticateAsync(Cancel);
        string body = server.Requests.First().Body;
        Assert.Contains("\"grant_type\":\"client_credentials\"", body);
        Assert.Contains("\"grant-type\":\"client_credentials\"", body);
    }

    [Fact]
    public async Task Many_callers_share_one_token()
    {
        using RawServer server = Serve();
        await using AirbyteServer airbyte = Open(server);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => airbyte.AuthenticateAsync(Cancel)));
        Assert.Equal(1, Bought(server));
        Assert.Equal(21, server.Requests.Count);
    }

    [Theory]
    [InlineData("\"expires_in\":900", 900 - 60)]
    [InlineData("\"expires_in\":180", 180 - 60)]
    [InlineData("\"expires_in\":30", 20)]
    [InlineData("\"other\":1", 180 - 60)]
    public async Task A_token_is_renewed_before_it_ends(string life, int renewedAfterSeconds)
    {
        using RawServer server = Serve(life);
        await ExpectRenewalAsync(server, renewedAfterSeconds);
    }

    [Fact]
    public async Task Without_expires_in_the_token_itself_tells_its_life_whatever_our_clock_says()
    {
        using RawServer server = Serve("\"other\":1", $"e30.{Convert.ToBase64String(Encoding.UTF8.GetBytes("{\"iat\":1000,\"exp\":1600}")).TrimEnd('=')}.sig");
        await ExpectRenewalAsync(server, 600 - 60);
    }

    [Fact]
    public async Task A_refused_token_is_renewed_once_and_the_question_asked_once_more()
    {
        int refusals = 1;
        using RawServer server = Serve(refuse: () => refusals-- > 0);
        await Open(server).AuthenticateAsync(Cancel);
        Assert.Equal(2, Bought(server));
        Assert.Equal(["", "Bearer token-1", "", "Bearer token-2"], server.Requests.Select(r => r.Authorization));
    }

    [Fact]
    public async Task A_token_refused_twice_is_a_failed_authentication()
    {
        using RawServer server = Serve(refuse: () => true);
        AcodeException failure = await Assert.ThrowsAsync<AcodeException>(() => Open(server).AuthenticateAsync(Cancel));
        Assert.Equal("AirbyteAuthenticationFailed", failure.Id);
        Assert.Equal(4, server.Requests.Count);
    }

    [Theory]
    [InlineData(400, "{\"message\":\"Invalid client id or token\"}")]
    [InlineData(401, "{\"errorId\":\"0001\"}")]
    public async Task A_wrong_secret_is_not_an_outage_and_is_never_shown(int status, string body)
    {
        using RawServer server = new(_ => RawServer.Http(status, body.Replace("\"}", " lab-secret-1\"}")));
        AcodeException failure = await Assert.ThrowsAsync<AcodeException>(() => Open(server).AuthenticateAsync(Cancel));
        Assert.Equal(("AirbyteAuthenticationFailed", FailureClass.Authentication), (failure.Id, failure.Cause));
        Assert.False(failure.Cause.IsOutage());
        Assert.DoesNotContain("lab-secret-1", failure.ToString());
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_secret_that_was_rotated_meanwhile_is_read_again()
    {
        _credential.Rotated = "lab-secret-2";
        using RawServer server = new(request => request.Body.Contains("lab-secret-1") ? RawServer.Http(401, "{}")
            : request.Body.Length > 0 ? RawServer.Http(200, "{\"access_token\":\"t\",\"expires_in\":900}") : RawServer.Http(200, "{\"data\":[]}"));
        await Open(server).AuthenticateAsync(Cancel);
        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [InlineData(FailureClass.Timeout, FailureClass.Unknown)]
    [InlineData(FailureClass.ServerFault, FailureClass.Unknown)]
    [InlineData(FailureClass.NotFound, FailureClass.Unknown)]
    [InlineData(FailureClass.Permission, FailureClass.Permission)]
    public async Task A_credential_that_cannot_be_read_says_nothing_of_Airbyte(FailureClass thrown, FailureClass told)
    {
        _credential.Fails = thrown;
        using RawServer server = Serve();
        AcodeException failure = await Assert.ThrowsAsync<AcodeException>(() => Open(server).AuthenticateAsync(Cancel));
        Assert.Equal(("CredentialUnavailable", told), (failure.Id, failure.Cause));
        Assert.Equal(Verdict.Unknown, failure.Cause.ReachabilityVerdict());
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_caller_that_gives_up_does_not_take_the_renewal_from_the_others()
    {
        TaskCompletionSource asked = new();
        TaskCompletionSource answer = new();
        using RawServer server = new(async (request, stream) =>
        {
            if (request.Body.Length > 0)
            {
                asked.SetResult();
                await answer.Task;
                await stream.WriteAsync(Encoding.UTF8.GetBytes(RawServer.Http(200, "{\"access_token\":\"t\",\"expires_in\":900}")));
            }
            else
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes(RawServer.Http(200, "{\"data\":[]}")));
            }
        });
        await using AirbyteServer airbyte = Open(server);
        using CancellationTokenSource impatience = new();
        Task impatient = airbyte.AuthenticateAsync(impatience.Token);
        await asked.Task.WaitAsync(Cancel);
        Task patient = airbyte.AuthenticateAsync(Cancel);
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        answer.SetResult();
        await patient;
        Assert.Equal(1, Bought(server));
    }

    [Fact]
    public async Task Basic_sends_user_and_password()
    {
        using RawServer server = new(_ => RawServer.Http(200, "{\"data\":[]}"));
        await Open(server, AirbyteAuthentication.Basic).AuthenticateAsync(Cancel);
        Assert.Equal($"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes("lab-client:lab-secret-1"))}", server.Requests.Single().Authorization);
    }

    private AirbyteServer Open(RawServer server, AirbyteAuthentication way = AirbyteAuthentication.ClientCredentials) =>
        new(new AirbyteDefinition { Url = server.Url, Authentication = way, Credential = HeldCredential.Reference }, _credential, _clock);

    private static int Bought(RawServer server) => server.Requests.Count(r => r.Line.StartsWith("POST", StringComparison.Ordinal));

    private static RawServer Serve(string life = "\"expires_in\":900", string? token = null, Func<bool>? refuse = null)
    {
        int bought = 0;
        return new RawServer(request =>
            request.Line == "POST /api/public/v1/applications/token"
                ? RawServer.Http(200, $$"""{"access_token":"{{token ?? $"token-{Interlocked.Increment(ref bought)}"}}","token_type":"Bearer",{{life}}}""")
            : refuse?.Invoke() == true ? RawServer.Http(401, "{\"message\":\"Unauthorized\"}")
            : RawServer.Http(200, "{\"data\":[]}"));
    }

    private async Task ExpectRenewalAsync(RawServer server, int renewedAfterSeconds)
    {
        await using AirbyteServer airbyte = Open(server);
        await airbyte.AuthenticateAsync(Cancel);
        _clock.Now = _clock.Now.AddSeconds(renewedAfterSeconds - 1);
        await airbyte.AuthenticateAsync(Cancel);
        Assert.Equal(1, Bought(server));
        _clock.Now = _clock.Now.AddSeconds(1);
        await airbyte.AuthenticateAsync(Cancel);
        Assert.Equal(2, Bought(server));
    }
}
