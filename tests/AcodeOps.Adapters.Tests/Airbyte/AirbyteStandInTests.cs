using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AcodeOps.Lab.Airbyte;
using Client = AcodeOps.Adapters.Airbyte.AirbyteServer;
using LabServer = AcodeOps.Lab.Airbyte.AirbyteServer;

namespace AcodeOps.Adapters.Tests.Airbyte;

/// <summary>The client against the lab's Airbyte, which speaks the documented APIs and keeps what it is told.</summary>
public sealed class AirbyteStandInTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("acode-airbyte-");
    private readonly HttpClient _lab = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _lab.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(AirbyteAuthentication.None, "none")]
    [InlineData(AirbyteAuthentication.ClientCredentials, "simple")]
    public async Task It_tells_who_it_is_and_lets_us_in(AirbyteAuthentication way, string mode)
    {
        await using LabServer server = await StartAsync(way);
        await using Client airbyte = await OpenAsync(server, way);
        AirbyteInstance instance = await airbyte.ReadInstanceAsync(Cancel);
        Assert.Equal(("2.0.0", "community", mode), (instance.Version, instance.Edition, instance.AuthenticationMode));
        await airbyte.AuthenticateAsync(Cancel);
        Assert.Empty(await ListAsync(airbyte));
    }

    [Fact]
    public async Task Basic_lets_us_in_too()
    {
        await using LabServer server = await StartAsync(AirbyteAuthentication.Basic);
        await using Client airbyte = await OpenAsync(server, AirbyteAuthentication.Basic);
        await airbyte.AuthenticateAsync(Cancel);
    }

    [Fact]
    public async Task Nobody_gets_in_without_or_with_the_wrong_credential()
    {
        await using LabServer server = await StartAsync(AirbyteAuthentication.ClientCredentials);
        await using Client anonymous = await OpenAsync(server, AirbyteAuthentication.None);
        Assert.Equal("AirbyteAuthenticationFailed", (await Assert.ThrowsAsync<AcodeException>(() => anonymous.AuthenticateAsync(Cancel))).Id);
        await using Client wrong = new(
            Definition(server.BaseAddress, AirbyteAuthentication.ClientCredentials), new HeldCredential(), TimeProvider.System);
        AcodeException failure = await Assert.ThrowsAsync<AcodeException>(() => wrong.AuthenticateAsync(Cancel));
        Assert.Equal(("AirbyteAuthenticationFailed", FailureClass.Authentication), (failure.Id, failure.Cause));
    }

    [Fact]
    public async Task Revoked_tokens_are_renewed_unnoticed()
    {
        await using LabServer server = await StartAsync(AirbyteAuthentication.ClientCredentials);
        await using Client airbyte = await OpenAsync(server, AirbyteAuthentication.ClientCredentials);
        await airbyte.AuthenticateAsync(Cancel);
        // Tokens are dated by the second: one bought in the second of the revocation would be dead at once.
        (await _lab.PostAsync(new Uri(server.BaseAddress, "/lab/tokens/revoke"), null, Cancel)).EnsureSuccessStatusCode();
        await Task.Delay(1100, Cancel);
        await airbyte.AuthenticateAsync(Cancel);
    }

    [Fact]
    public async Task Sources_and_destinations_are_read_and_strangers_are_null()
    {
        await using LabServer server = await StartAsync(AirbyteAuthentication.None);
        await using Client airbyte = await OpenAsync(server, AirbyteAuthentication.None);
        Guid workspace = await PostAsync(server, "workspaces", "workspaceId", new() { ["name"] = "lab" });
        Guid source = await PostAsync(server, "sources", "sourceId", new()
        {
            ["name"] = "replica",
            ["workspaceId"] = workspace,
            ["configuration"] = new JsonObject
            {
                ["sourceType"] = "mysql",
                ["host"] = "127.0.0.1",
                ["port"] = 3307,
                ["database"] = "acode_farmarcas_replica",
                ["username"] = "reader",
                ["replication_method"] = new JsonObject { ["method"] = "STANDARD" },
            },
        });
        Guid destination = await PostAsync(server, "destinations", "destinationId", new()
        {
            ["name"] = "lake",
            ["workspaceId"] = workspace,
            ["configuration"] = new JsonObject
            {
                ["destinationType"] = "s3",
                ["s3_bucket_name"] = "lake",
                ["s3_bucket_path"] = "origin=airbyte",
                ["s3_bucket_region"] = "us-east-2",
                ["s3_path_format"] = "${STREAM_NAME}/dt=${YEAR}-${MONTH}-${DAY}/",
                ["format"] = new JsonObject { ["format_type"] = "Parquet", ["compression_codec"] = "SNAPPY" },
            },
        });
        Assert.Equal(new AirbyteSource(source, "replica", "127.0.0.1", 3307, "acode_farmarcas_replica") { ReplicationMethod = "STANDARD" }, await airbyte.ReadSourceAsync(source, Cancel));
        Assert.Equal(
            new AirbyteDestination(destination, "lake", "lake", "origin=airbyte") { PathFormat = "${STREAM_NAME}/dt=${YEAR}-${MONTH}-${DAY}/", Format = "Parquet", Compression = "SNAPPY" },
            await airbyte.ReadDestinationAsync(destination, Cancel));
        Assert.Null(await airbyte.ReadSourceAsync(destination, Cancel));
        Assert.Null(await airbyte.ReadConnectionAsync(source, Cancel));

        await using Client ofWorkspace = new(
            Definition(server.BaseAddress, AirbyteAuthentication.None) with { Workspace = workspace }, new HeldCredential(), TimeProvider.System);
        await ofWorkspace.AuthenticateAsync(Cancel);
        await using Client ofNone = new(
            Definition(server.BaseAddress, AirbyteAuthentication.None) with { Workspace = source }, new HeldCredential(), TimeProvider.System);
        Assert.Equal("AirbyteNotFound", (await Assert.ThrowsAsync<AcodeException>(() => ofNone.AuthenticateAsync(Cancel))).Id);
    }

    [Theory]
    [InlineData(502, "html", "AirbyteServerFault")]
    [InlineData(500, "json", "AirbyteServerFault")]
    [InlineData(200, "html", "AirbyteAnswersSomethingElse")]
    [InlineData(429, "json", "AirbyteThrottled")]
    [InlineData(403, "empty", "AirbyteAccessDenied")]
    public async Task Its_faults_are_told_apart(int status, string body, string id)
    {
        await using LabServer server = await StartAsync(AirbyteAuthentication.None);
        await using Client airbyte = await OpenAsync(server, AirbyteAuthentication.None);
        using HttpResponseMessage set = await _lab.PostAsJsonAsync(
            new Uri(server.BaseAddress, "/lab/faults"), new JsonObject { ["kind"] = "http", ["status"] = status, ["body"] = body }, Cancel);
        set.EnsureSuccessStatusCode();
        Assert.Equal(id, (await Assert.ThrowsAsync<AcodeException>(() => ListAsync(airbyte))).Id);
        Assert.Empty(await ListAsync(airbyte));
    }

    private static async Task<List<Connection>> ListAsync(Client airbyte)
    {
        List<Connection> all = [];
        await foreach (Connection connection in airbyte.ListConnectionsAsync(Cancel))
        {
            all.Add(connection);
        }

        return all;
    }

    private static AirbyteDefinition Definition(Uri url, AirbyteAuthentication way) =>
        new() { Url = url, Authentication = way, Credential = HeldCredential.Reference };

    private Task<LabServer> StartAsync(AirbyteAuthentication way) => LabServer.StartAsync(
        new AirbyteOptions
        {
            Folder = Path.Combine(_folder.FullName, "airbyte"),
            Auth = way switch { AirbyteAuthentication.None => AuthMode.None, AirbyteAuthentication.Basic => AuthMode.Basic, _ => AuthMode.ClientCredentials },
        },
        Cancel);

    /// <summary>Opens the client with the stand-in's own credential, generated at its start.</summary>
    private async Task<Client> OpenAsync(LabServer server, AirbyteAuthentication way)
    {
        string path = Path.Combine(_folder.FullName, "airbyte", "credentials.json");
        JsonNode held = JsonNode.Parse(File.Exists(path) ? await File.ReadAllTextAsync(path, Cancel) : "{}")!;
        (string user, string password) = way == AirbyteAuthentication.Basic ? ("userName", "password") : ("clientId", "clientSecret");
        return new(Definition(server.BaseAddress, way), new HeldCredential((string?)held[password] ?? "") { UserName = (string?)held[user] ?? "" }, TimeProvider.System);
    }

    private async Task<Guid> PostAsync(LabServer server, string path, string id, JsonObject body)
    {
        using HttpResponseMessage answer = await _lab.PostAsJsonAsync(new Uri(server.BaseAddress, $"/api/public/v1/{path}"), body, Cancel);
        string text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.IsSuccessStatusCode, text);
        return (Guid)JsonNode.Parse(text)![id]!;
    }
}
