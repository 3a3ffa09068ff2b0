using AcodeOps.Adapters.Tests.Airbyte;
using AcodeOps.Secrets;

namespace AcodeOps.Adapters.Tests.Aws;

/// <summary>
/// Every way to AWS keys, from end to end: a loopback server plays the service that hands out keys and the one that is
/// called with them, and tells whose keys signed the call.
/// </summary>
[Collection(ProcessEnvironment.Name)]
public sealed class AwsCredentialTests : IDisposable
{
    private const string Expiration = "2099-01-01T00:00:00Z";
    private readonly Variables _variables = new();
    private readonly RawServer _server = new(Answer);
    private readonly FreshAdapters _adapters = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _server.Dispose();
        _adapters.Unload();
        _variables.Dispose();
    }

    [Fact]
    public Task Keys_of_the_environment()
    {
        _variables.Set("AWS_ACCESS_KEY_ID", "AKENV");
        _variables.Set("AWS_SECRET_ACCESS_KEY", "s");
        return AssertSignedByAsync("AKENV", null);
    }

    [Fact]
    public Task A_profile_with_keys()
    {
        Profiles("[profile night]\naws_access_key_id = AKPROFILE\naws_secret_access_key = s\n");
        return AssertSignedByAsync("AKPROFILE", "profile:night");
    }

    [Fact]
    public Task A_profile_that_assumes_a_role_from_another()
    {
        _variables.Set("AWS_ENDPOINT_URL_STS", _server.Url.AbsoluteUri);
        Profiles("""
            [profile base]
            aws_access_key_id = AKBASE
            aws_secret_access_key = s
            [profile night]
            role_arn = arn:aws:iam::123456789012:role/operator
            source_profile = base
            region = us-east-2
            """);
        return AssertSignedByAsync("AKROLE", "profile:night");
    }

    [Fact]
    public Task A_role_that_assumes_a_role_of_another()
    {
        Profiles("""
            [profile base]
            aws_access_key_id = AKBASE
            aws_secret_access_key = s
            [profile middle]
            role_arn = arn:aws:iam::123456789012:role/middle
            source_profile = base
            [profile night]
            role_arn = arn:aws:iam::123456789012:role/operator
            source_profile = middle
            """);
        return AssertSignedByAsync("AKROLE", "profile:night");
    }

    [Fact]
    public Task A_profile_that_runs_a_program()
    {
        string json = _variables.Write("keys.json", $"{{\"Version\":1,\"AccessKeyId\":\"AKPROGRAM\",\"SecretAccessKey\":\"s\",\"SessionToken\":\"t\",\"Expiration\":\"{Expiration}\"}}");
        Profiles($"[profile night]\ncredential_process = /bin/cat {json}\n");
        return AssertSignedByAsync("AKPROGRAM", "profile:night");
    }

    [Fact]
    public Task An_sso_profile_with_a_login()
    {
        _variables.Set("AWS_ENDPOINT_URL_SSO", _server.Url.AbsoluteUri);
        SsoProfile();
        // The file is named by the SHA-1 of the session's name, "corp".
        _variables.Write(".aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json", $"{{\"startUrl\":\"https://corp.awsapps.com/start\",\"region\":\"us-east-2\",\"accessToken\":\"token\",\"expiresAt\":\"{Expiration}\"}}");
        return AssertSignedByAsync("AKSSO", "profile:night");
    }

    [Fact]
    public async Task An_sso_profile_without_a_login_says_how_to_log_in()
    {
        SsoProfile();
        AcodeException failure = await Assert.ThrowsAsync<AcodeException>(() => CallAsync("profile:night"));
        Assert.Equal(("AwsCredentialsNotFound", FailureClass.Authentication), (failure.Id, failure.Cause));
        Assert.Contains("aws sso login --profile night", failure.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public Task A_web_identity()
    {
        _variables.Set("AWS_ENDPOINT_URL_STS", _server.Url.AbsoluteUri);
        _variables.Set("AWS_REGION", "us-east-2");
        _variables.Set("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/pod");
        _variables.Set("AWS_WEB_IDENTITY_TOKEN_FILE", _variables.Write("token", "a web token"));
        return AssertSignedByAsync("AKWEB", null);
    }

    [Fact]
    public Task The_role_of_a_container()
    {
        _variables.Set("AWS_CONTAINER_CREDENTIALS_FULL_URI", _server.Url.AbsoluteUri + "ecs");
        return AssertSignedByAsync("AKECS", null);
    }

    [Fact]
    public Task The_role_of_the_machine()
    {
        _variables.Set("AWS_EC2_METADATA_DISABLED", null);
        _variables.Set("AWS_EC2_METADATA_SERVICE_ENDPOINT", _server.Url.AbsoluteUri.TrimEnd('/'));
        return AssertSignedByAsync("AKIMDS", null);
    }

    [Fact]
    public Task A_variable_with_json()
    {
        _variables.Set("ACODE_AWS", """{"access_key_id":"AKJSON","secret_access_key":"s","session_token":"t"}""");
        return AssertSignedByAsync("AKJSON", "env:ACODE_AWS");
    }

    [Fact]
    public async Task The_sessions_keys_are_asked_for_each_time_and_go_before_the_default_chain()
    {
        _variables.Set("AWS_ACCESS_KEY_ID", "AKENV");
        _variables.Set("AWS_SECRET_ACCESS_KEY", "s");
        int turn = 0;
        AwsSession session = new(() => new AwsKeys($"AKSESSION{++turn}", new SecretText("s"), new SecretText("t")), "us-west-1");
        await using IInstallation installation = Open(null, session);
        await installation.Caller.ReadAsync(Cancel);
        await Assert.ThrowsAsync<AcodeException>(() => installation.Storage(StorageRole.Primary).GetAsync("k", Cancel));
        Assert.True(turn > 1);
        Assert.Contains($"Credential=AKSESSION{turn}/", _server.Requests.Last().Authorization, StringComparison.Ordinal);
        Assert.Contains("/us-west-1/", _server.Requests.Last().Authorization, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_keys_at_all_is_one_clear_error()
    {
        AcodeException failure = await Assert.ThrowsAsync<AcodeException>(() => CallAsync(null));
        Assert.Equal(("AwsCredentialsNotFound", FailureClass.Authentication), (failure.Id, failure.Cause));
        Assert.Contains("Tried: environment variables", failure.Message, StringComparison.Ordinal);
        Assert.Null(failure.InnerException);
    }

    [Theory]
    [InlineData("profile:none", "AwsProfileNotFound")]
    [InlineData("env:ACODE_NONE", "AwsCredentialsNotFound")]
    [InlineData("secretsmanager:acode/aws", "AwsCredentialUnsupported")]
    public async Task A_named_credential_never_falls_through_to_another_one(string reference, string id)
    {
        _variables.Set("AWS_ACCESS_KEY_ID", "AKENV");
        _variables.Set("AWS_SECRET_ACCESS_KEY", "s");
        Assert.Equal(id, (await Assert.ThrowsAsync<AcodeException>(() => CallAsync(reference))).Id);
    }

    [Fact]
    public async Task Without_region_and_endpoint_there_is_one_clear_error()
    {
        await using IInstallation nowhere = _adapters.Open().Open(TestEnvironment.With(new AwsDefinition()), null);
        AcodeException failure = await Assert.ThrowsAsync<AcodeException>(() => nowhere.Caller.ReadAsync(Cancel));
        Assert.Equal(("AwsRegionNotSet", FailureClass.InvalidInput), (failure.Id, failure.Cause));
    }

    [Fact]
    public async Task The_region_variable_of_the_command_line_counts_too()
    {
        _variables.Set("AWS_ACCESS_KEY_ID", "AKENV");
        _variables.Set("AWS_SECRET_ACCESS_KEY", "s");
        _variables.Set("AWS_DEFAULT_REGION", "sa-east-1");
        await CallAsync(null);
        Assert.Contains("/sa-east-1/sts/", _server.Requests.Last().Authorization, StringComparison.Ordinal);
    }

    private void SsoProfile() => Profiles("""
        [profile night]
        sso_session = corp
        sso_account_id = 123456789012
        sso_role_name = operator
        region = us-east-2
        [sso-session corp]
        sso_region = us-east-2
        sso_start_url = https://corp.awsapps.com/start
        sso_registration_scopes = sso:account:access
        """);

    private void Profiles(string text)
    {
        _variables.Set("AWS_CONFIG_FILE", _variables.Write(".aws/config", text));
        _variables.Set("AWS_SHARED_CREDENTIALS_FILE", _variables.Write(".aws/credentials", ""));
    }

    private async Task AssertSignedByAsync(string accessKey, string? reference)
    {
        Assert.Equal(new CallerIdentity("123456789012", "arn:aws:iam::123456789012:user/u", "U"), await CallAsync(reference));
        Assert.Contains($"Credential={accessKey}/", _server.Requests.Last().Authorization, StringComparison.Ordinal);
    }

    private async Task<CallerIdentity> CallAsync(string? reference)
    {
        await using IInstallation installation = Open(reference, null);
        return await installation.Caller.ReadAsync(Cancel);
    }

    private IInstallation Open(string? reference, AwsSession? session) => _adapters.Open().Open(
        TestEnvironment.With(new AwsDefinition
        {
            Credential = reference is null ? null : CredentialReference.TryParse(reference),
            Endpoints = new AwsEndpoints { Sts = _server.Url, S3 = _server.Url },
        }) with
        {
            Storages = [new StorageDefinition { Role = StorageRole.Primary, Bucket = "lake" }],
        },
        session);

    private static string Answer(RawRequest request) => request switch
    {
        _ when request.Body.Contains("Action=AssumeRoleWithWebIdentity", StringComparison.Ordinal) => Sts("AssumeRoleWithWebIdentity", Role("AKWEB")),
        _ when request.Body.Contains("Action=AssumeRole", StringComparison.Ordinal) => Sts("AssumeRole", Role("AKROLE")),
        _ when request.Body.Contains("Action=GetCallerIdentity", StringComparison.Ordinal) =>
            Sts("GetCallerIdentity", "<Arn>arn:aws:iam::123456789012:user/u</Arn><UserId>U</UserId><Account>123456789012</Account>"),
        _ when request.Line.StartsWith("GET /federation/credentials", StringComparison.Ordinal) =>
            RawServer.Http(200, "{\"roleCredentials\":{\"accessKeyId\":\"AKSSO\",\"secretAccessKey\":\"s\",\"sessionToken\":\"t\",\"expiration\":4070908800000}}"),
        { Line: "GET /ecs" } => RawServer.Http(200, $"{{\"AccessKeyId\":\"AKECS\",\"SecretAccessKey\":\"s\",\"Token\":\"t\",\"Expiration\":\"{Expiration}\"}}"),
        { Line: "PUT /latest/api/token" } => RawServer.Http(200, "a token", "text/plain", "X-aws-ec2-metadata-token-ttl-seconds: 21600\r\n"),
        _ when request.Line.EndsWith("/security-credentials/operator", StringComparison.Ordinal) =>
            RawServer.Http(200, $"{{\"Code\":\"Success\",\"Type\":\"AWS-HMAC\",\"AccessKeyId\":\"AKIMDS\",\"SecretAccessKey\":\"s\",\"Token\":\"t\",\"LastUpdated\":\"2026-01-01T00:00:00Z\",\"Expiration\":\"{Expiration}\"}}"),
        _ when request.Line.Contains("/security-credentials", StringComparison.Ordinal) => RawServer.Http(200, "operator", "text/plain"),
        _ => RawServer.Http(404, "", "text/plain"),
    };

    private static string Role(string accessKey) =>
        $"<Credentials><AccessKeyId>{accessKey}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>{Expiration}</Expiration></Credentials>";

    private static string Sts(string action, string result) => RawServer.Http(
        200,
        $"<{action}Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><{action}Result>{result}</{action}Result><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></{action}Response>",
        "text/xml");
}
