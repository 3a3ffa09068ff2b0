using System.Text.Json.Nodes;
using AcodeOps.Adapters.Aws;
using AcodeOps.Adapters.Secrets;
using AcodeOps.Adapters.Tests.Airbyte;
using AcodeOps.Adapters.Tests.Aws;
using AcodeOps.Secrets;
using Amazon.SecretsManager;
using Amazon.SecretsManager.Model;

namespace AcodeOps.Adapters.Tests.Secrets;

public sealed class CredentialStoreTests(AwsFixture aws)
{
    private const string Canary = "canary-7f3b1d-of-a-secret";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_credential_is_written_and_read_with_its_coordinates_and_version()
    {
        CredentialStore store = new(await aws.CloudAccountAsync());
        CredentialReference reference = NewReference();
        string version = await store.WriteAsync(reference, Credential(reference, "app", "first", "db.internal", 3307, "sales"), Cancel);
        Credential read = await store.ReadAsync(reference, Cancel);
        Assert.Equal(("app", "first", "db.internal", 3307, "sales"), (read.UserName, read.Password.Reveal(), read.Host, read.Port, read.Database));
        Assert.Equal(version, read.VersionId);
        Assert.NotNull(read.CreatedAt);
    }

    [Fact]
    public async Task What_is_not_given_stays_as_the_present_version_has_it()
    {
        CredentialStore store = new(await aws.CloudAccountAsync());
        CredentialReference reference = NewReference();
        await (await aws.CloudAsync()).PutSecretAsync(
            reference.Name, new JsonObject { ["engine"] = "mysql", ["Username"] = "app", ["password"] = "old", ["host"] = "h", ["port"] = "3306", ["dbname"] = "d" }, Cancel);
        await store.WriteAsync(reference, Credential(reference, "app2", "new"), Cancel);
        JsonObject held = (await (await aws.CloudAsync()).SecretAsync(reference.Name, Cancel))!;
        Assert.Equal("""{"engine":"mysql","Username":"app2","password":"new","host":"h","port":"3306","dbname":"d"}""", held.ToJsonString());
    }

    [Fact]
    public async Task Writing_the_same_again_makes_no_new_version()
    {
        CredentialStore store = new(await aws.CloudAccountAsync());
        CredentialReference reference = NewReference();
        string first = await store.WriteAsync(reference, Credential(reference, "app", "same"), Cancel);
        Assert.Equal(first, await store.WriteAsync(reference, Credential(reference, "app", "same"), Cancel));
        Assert.NotEqual(first, await store.WriteAsync(reference, Credential(reference, "app", "other"), Cancel));
    }

    [Fact]
    public async Task A_pending_version_is_not_the_current_one()
    {
        AwsAccount account = await aws.CloudAccountAsync();
        CredentialStore store = new(account);
        CredentialReference reference = NewReference();
        await store.WriteAsync(reference, Credential(reference, "app", "current"), Cancel);
        AwsClient<AmazonSecretsManagerClient> client = await account.SecretsManagerAsync(Cancel);
        PutSecretValueRequest pending = new() { SecretId = reference.Name, SecretString = """{"password":"pending"}""", VersionStages = ["AWSPENDING"] };
        await client.CallAsync("a secret", (api, c) => api.PutSecretValueAsync(pending, c), Cancel);
        Assert.Equal("current", (await store.RefreshAsync(reference, Cancel)).Password.Reveal());
        DescribeSecretResponse told = await client.CallAsync("a secret", (api, c) => api.DescribeSecretAsync(new() { SecretId = reference.Name }, c), Cancel);
        Assert.Equal(2, told.VersionIdsToStages!.Count);
    }

    [Fact]
    public async Task A_credential_is_kept_until_it_is_forgotten()
    {
        CredentialStore store = new(await aws.CloudAccountAsync());
        CredentialReference reference = NewReference();
        MotoSecret secret = new(await aws.CloudAsync(), reference.Name);
        await secret.PutAsync("one");
        Assert.Equal("one", (await store.ReadAsync(reference, Cancel)).Password.Reveal());
        await secret.PutAsync("two");
        Assert.Equal("one", (await store.ReadAsync(reference, Cancel)).Password.Reveal());
        store.Forget(reference);
        Assert.Equal("two", (await store.ReadAsync(reference, Cancel)).Password.Reveal());
    }

    [Fact]
    public async Task Readers_at_the_same_time_share_one_request_and_one_of_them_may_give_up()
    {
        TaskCompletionSource gate = new();
        using RawServer server = new(async (_, stream) =>
        {
            await gate.Task;
            await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(Value("""{"password":"p"}""")));
        });
        CredentialStore store = new(AwsFixture.Account(server.Url));
        CredentialReference reference = NewReference();
        using CancellationTokenSource impatient = new();
        Task<Credential> first = store.ReadAsync(reference, impatient.Token);
        Task<Credential>[] others = [.. Enumerable.Range(0, 8).Select(_ => store.ReadAsync(reference, Cancel))];
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.SetResult();
        Assert.All(await Task.WhenAll(others), credential => Assert.Equal("p", credential.Password.Reveal()));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_refresh_that_fails_leaves_what_is_kept()
    {
        int answers = 0;
        using RawServer server = new(_ => Interlocked.Increment(ref answers) == 1 ? Value("""{"password":"p"}""") : RawServer.Http(500, "{}"));
        CredentialStore store = new(AwsFixture.Account(server.Url));
        CredentialReference reference = NewReference();
        await store.ReadAsync(reference, Cancel);
        await Assert.ThrowsAsync<AcodeException>(() => store.RefreshAsync(reference, Cancel));
        Assert.Equal("p", (await store.ReadAsync(reference, Cancel)).Password.Reveal());
    }

    [Theory]
    [InlineData("""{"client_id":"c","client_secret":"s"}""", "c", "s")]
    [InlineData("""{"access_key_id":"AK","secret_access_key":"s"}""", "AK", "s")]
    [InlineData("""{"UserName":"u","PASSWORD":"s","Port":3306}""", "u", "s")]
    [InlineData("""{"password":"s","host":null,"port":null}""", null, "s")]
    [InlineData("""{"webhook_url":"https://hooks.example.com/s"}""", null, "https://hooks.example.com/s")]
    [InlineData("""{"routing_key":"s"}""", null, "s")]
    [InlineData("https://hooks.example.com/s\n", null, "https://hooks.example.com/s")]
    public async Task Several_shapes_of_secrets_are_understood(string secret, string? user, string password)
    {
        using RawServer server = new(_ => Value(secret));
        Credential read = await new CredentialStore(AwsFixture.Account(server.Url)).ReadAsync(NewReference(), Cancel);
        Assert.Equal((user, password), (read.UserName, read.Password.Reveal()));
    }

    [Theory]
    [InlineData("canary-7f3b1d-of-a-secret")]
    [InlineData("{\"password\": canary-7f3b1d-of-a-secret}")]
    [InlineData("{\"username\":\"canary-7f3b1d-of-a-secret\"}")]
    [InlineData("{\"canary-7f3b1d-of-a-secret\":1,\"canary-7f3b1d-of-a-secret\":2}")]
    [InlineData("{\"password\":\"canary-7f3b1d-of-a-secret\",\"port\":\"canary-7f3b1d-of-a-secret\"}")]
    [InlineData("{\"password\":\"canary-7f3b1d-of-a-secret\",\"port\":70000}")]
    [InlineData("{\"password\":[\"canary-7f3b1d-of-a-secret\"]}")]
    [InlineData("[\"canary-7f3b1d-of-a-secret\"]")]
    [InlineData("\"canary-7f3b1d-of-a-secret\"")]
    [InlineData("null")]
    [InlineData("")]
    public async Task A_malformed_secret_is_unreadable_and_never_shown(string secret)
    {
        using RawServer server = new(_ => Value(secret));
        AcodeException failure = await Assert.ThrowsAsync<AcodeException>(() => new CredentialStore(AwsFixture.Account(server.Url)).ReadAsync(NewReference(), Cancel));
        Assert.Equal(("SecretUnreadable", FailureClass.InvalidInput), (failure.Id, failure.Cause));
        AssertHidden(failure);
    }

    [Fact]
    public async Task A_broken_answer_with_the_secret_in_it_is_not_shown_either()
    {
        using RawServer server = new(_ => RawServer.Http(200, $"{{\"SecretString\":\"{Canary}\", broken", "application/x-amz-json-1.1"));
        AcodeException failure = await Assert.ThrowsAsync<AcodeException>(() => new CredentialStore(AwsFixture.Account(server.Url)).ReadAsync(NewReference(), Cancel));
        Assert.Equal(("SecretsUnavailable", FailureClass.Unknown), (failure.Id, failure.Cause));
        AssertHidden(failure);
    }

    [Fact]
    public async Task A_refused_write_shows_neither_the_secret_nor_what_the_server_says_of_it()
    {
        using RawServer server = new(request => request.Headers["x-amz-target"].EndsWith("GetSecretValue", StringComparison.Ordinal)
            ? Value("{}")
            : RawServer.Http(400, $"{{\"__type\":\"ValidationException\",\"message\":\"Value '{Canary}' is refused\"}}", "application/x-amz-json-1.1"));
        CredentialReference reference = NewReference();
        AcodeException failure = await Assert.ThrowsAsync<AcodeException>(
            () => new CredentialStore(AwsFixture.Account(server.Url)).WriteAsync(reference, Credential(reference, "u", Canary), Cancel));
        Assert.Contains("ValidationException", failure.Message, StringComparison.Ordinal);
        AssertHidden(failure);
    }

    [Theory]
    [InlineData(400, "ResourceNotFoundException", "SecretNotFound", FailureClass.NotFound)]
    [InlineData(400, "AccessDeniedException", "SecretAccessDenied", FailureClass.Permission)]
    [InlineData(400, "ExpiredTokenException", "SecretsTokenExpired", FailureClass.Authentication)]
    [InlineData(400, "UnrecognizedClientException", "SecretsCredentialsRefused", FailureClass.Authentication)]
    [InlineData(400, "ThrottlingException", "SecretsUnavailable", FailureClass.Unknown)]
    [InlineData(500, "InternalServiceError", "SecretsUnavailable", FailureClass.Unknown)]
    [InlineData(502, "", "SecretsUnavailable", FailureClass.Unknown)]
    [InlineData(404, "", "SecretsUnavailable", FailureClass.Unknown)]
    public async Task Failures_of_reading_are_told_apart_and_none_is_an_outage(int status, string code, string id, FailureClass cause)
    {
        using RawServer server = new(_ => RawServer.Http(status, code.Length == 0 ? "<html>no</html>" : $"{{\"__type\":\"{code}\",\"message\":\"m\"}}", "application/x-amz-json-1.1"));
        AcodeException failure = await Assert.ThrowsAsync<AcodeException>(() => new CredentialStore(AwsFixture.Account(server.Url)).ReadAsync(NewReference(), Cancel));
        Assert.Equal((id, cause), (failure.Id, failure.Cause));
        Assert.False(failure.Cause.IsOutage());
    }

    [Fact]
    public async Task A_secret_that_is_not_there_is_not_found()
    {
        AcodeException failure = await Assert.ThrowsAsync<AcodeException>(
            async () => await new CredentialStore(await aws.CloudAccountAsync()).ReadAsync(NewReference(), Cancel));
        Assert.Equal(("SecretNotFound", FailureClass.NotFound), (failure.Id, failure.Cause));
    }

    [Fact]
    public async Task A_variable_holds_a_bare_password_or_an_object_and_is_never_written()
    {
        CredentialStore store = new(AwsFixture.Account(new Uri("http://127.0.0.1:9")));
        CredentialReference reference = NewReference(CredentialHolder.EnvironmentVariable);
        Assert.Equal("SecretNotFound", (await Assert.ThrowsAsync<AcodeException>(() => store.ReadAsync(reference, Cancel))).Id);
        // A name that no other test uses: safe beside them.
        Environment.SetEnvironmentVariable(reference.Name, "{not json");
        Assert.Equal("{not json", (await store.ReadAsync(reference, Cancel)).Password.Reveal());
        Environment.SetEnvironmentVariable(reference.Name, """{"username":"u","password":"p","port":3306}""");
        store.Forget(reference);
        Credential read = await store.ReadAsync(reference, Cancel);
        Assert.Equal(("u", "p", 3306), (read.UserName, read.Password.Reveal(), read.Port));
        Assert.Equal("SecretNotWritable", (await Assert.ThrowsAsync<AcodeException>(() => store.WriteAsync(reference, read, Cancel))).Id);
    }

    [Fact]
    public async Task A_profile_is_no_credential_of_a_source()
    {
        CredentialStore store = new(AwsFixture.Account(new Uri("http://127.0.0.1:9")));
        AcodeException failure = await Assert.ThrowsAsync<AcodeException>(() => store.ReadAsync(new(CredentialHolder.Profile, "farmarcas"), Cancel));
        Assert.Equal("SecretUnsupported", failure.Id);
    }

    private static CredentialReference NewReference(CredentialHolder holder = CredentialHolder.SecretsManager) => new(holder, $"t_{Guid.NewGuid():N}");

    private static Credential Credential(CredentialReference reference, string user, string password, string? host = null, int? port = null, string? database = null) => new()
    {
        Reference = reference,
        UserName = user,
        Password = new SecretText(password),
        Host = host,
        Port = port,
        Database = database,
    };

    private static string Value(string secret) => RawServer.Http(
        200,
        new JsonObject { ["VersionId"] = "v1", ["SecretString"] = secret, ["CreatedDate"] = 1767225600.123 }.ToJsonString(),
        "application/x-amz-json-1.1");

    private static void AssertHidden(AcodeException failure)
    {
        Assert.DoesNotContain(Canary, failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, failure.Advice ?? "", StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, failure.Subject?.ToString() ?? "", StringComparison.Ordinal);
        for (Exception? at = failure; at is not null; at = at.InnerException)
        {
            Assert.Empty(at.Data);
        }
    }
}
