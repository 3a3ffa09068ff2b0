using System.Text.Json.Nodes;
using AcodeOps.Adapters.Airbyte;
using AcodeOps.Configuration;

namespace AcodeOps.Adapters.Tests.Airbyte;

/// <summary>A server that says back what it was sent.</summary>
public sealed class AirbyteSecrecyTests
{
    private const string Secret = "hunter-2\"of the\nlab";
    private static readonly Guid Id = new(1, 2, 3, new byte[8]);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("create", 422, "ConfigurationRefused")]
    [InlineData("replace", 422, "ConfigurationRefused")]
    [InlineData("check", 422, "ConfigurationRefused")]
    [InlineData("create", 400, "ConfigurationRefused")]
    [InlineData("create", 500, "AirbyteServerFault")]
    [InlineData("replace", 409, "AirbyteConflict")]
    public async Task What_it_says_back_is_shown_without_the_secrets(string call, int status, string id)
    {
        string echo = new JsonObject
        {
            ["title"] = "unprocessable-entity",
            ["data"] = new JsonObject { ["message"] = $"$.password: '{Secret}' is too long for db1.example.internal, $.ssh_key: KEY-KEY is none, $.jdbc_url_params: KEY-KEY-AND-MORE; {new string('x', 300)} the end" },
        }.ToJsonString();
        AcodeException failure = await AskAsync(call, RawServer.Http(status, echo));
        Assert.Equal(id, failure.Id);
        AssertConcealed(failure);
        if (status is 400 or 422)
        {
            Assert.Contains("db1.example.internal", failure.Message, StringComparison.Ordinal);
            Assert.Contains("'shop'", failure.Message, StringComparison.Ordinal);
            Assert.Contains("the end", failure.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("create")]
    [InlineData("replace")]
    [InlineData("check")]
    public async Task Neither_does_what_is_no_JSON_show_them(string call) =>
        AssertConcealed(await AskAsync(call, RawServer.Http(500, $$"""oops {"password":{{JsonValue.Create(Secret).ToJsonString()}},"raw":"{{Secret}}" KEY-KEY""", "text/plain")));

    [Theory]
    [InlineData("make")]
    [InlineData("change")]
    public async Task The_key_of_an_encrypted_stream_is_not_shown_and_its_fields_are(string call)
    {
        AcodeException failure = await AskAsync(call, RawServer.Http(400, """{"data":{"message":"AES of email with KEY-KEY cannot be done"}}"""));
        Assert.Equal("ConfigurationRefused", failure.Id);
        Assert.Contains("AES of email with *** cannot", failure.Message, StringComparison.Ordinal);
        AssertConcealed(failure);
    }

    [Theory]
    [InlineData("""{"status":"failed","message":"KEY-KEY does not open db1.example.internal"}""", false, "*** does not open db1.example.internal")]
    [InlineData("""{"status":"failed","jobInfo":{"failureReason":{"externalMessage":"no KEY-KEY"}}}""", false, "no ***")]
    [InlineData("""{"status":"failed"}""", false, null)]
    [InlineData("""{"status":"succeeded"}""", true, null)]
    public async Task What_a_check_says_is_told_without_the_secrets(string answer, bool succeeded, string? message)
    {
        using RawServer server = new(_ => RawServer.Http(200, answer));
        await using AirbyteServer airbyte = Open(server);
        Assert.Equal(new ConnectorCheck(succeeded, message), await airbyte.Resources.CheckUpdateAsync(ConfiguredKind.Source, Id, "shop", Settings(), Cancel));
    }

    [Fact]
    public async Task A_check_that_ends_in_neither_way_is_no_answer()
    {
        using RawServer server = new(_ => RawServer.Http(200, """{"status":"perhaps"}"""));
        await using AirbyteServer airbyte = Open(server);
        Assert.Equal("AirbyteAnswersSomethingElse", (await Assert.ThrowsAsync<AcodeException>(() => airbyte.Resources.CheckAsync(ConfiguredKind.Source, Id, Cancel))).Id);
    }

    private static void AssertConcealed(AcodeException failure)
    {
        for (Exception? e = failure; e is not null; e = e.InnerException)
        {
            Assert.DoesNotContain("hunter", e.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("KEY", e.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("MORE", e.Message, StringComparison.Ordinal);
        }
    }

    private static async Task<AcodeException> AskAsync(string call, string answer)
    {
        using RawServer server = new(_ => answer);
        await using AirbyteServer airbyte = Open(server);
        AirbyteResource source = new() { Kind = ConfiguredKind.Source, Id = Id, Name = "shop", DefinitionId = Id, Settings = Settings() };
        return await Assert.ThrowsAsync<AcodeException>(() => call switch
        {
            "create" => airbyte.Resources.CreateAsync(source, Cancel),
            "make" => airbyte.Resources.CreateAsync(source with { Kind = ConfiguredKind.Connection, SourceId = Id, DestinationId = Id, Settings = Encrypted() }, Cancel),
            "change" => airbyte.Resources.ChangeConnectionAsync(Id, Encrypted(), Cancel),
            "replace" => airbyte.Resources.ReplaceAsync(ConfiguredKind.Source, Id, "shop", source.Settings, Cancel),
            _ => (Task)airbyte.Resources.CheckUpdateAsync(ConfiguredKind.Source, Id, "shop", source.Settings, Cancel),
        });
    }

    private static JsonObject Settings() => new()
    {
        ["host"] = "db1.example.internal",
        ["password"] = Secret,
        ["tunnel_method"] = new JsonObject { ["tunnel_method"] = "SSH_KEY_AUTH", ["ssh_key"] = "KEY-KEY" },
        ["jdbc_url_params"] = new JsonArray("KEY-KEY-AND-MORE"),
    };

    private static JsonObject Encrypted()
    {
        JsonObject mapper = new() { ["algorithm"] = "AES", ["targetField"] = "email", ["key"] = "KEY-KEY" };
        JsonObject stream = new() { ["name"] = "customers", ["mappers"] = new JsonArray(new JsonObject { ["type"] = "encryption", ["mapperConfiguration"] = mapper }) };
        return new() { ["configurations"] = new JsonObject { ["streams"] = new JsonArray(stream) } };
    }

    private static AirbyteServer Open(RawServer server) =>
        new(new AirbyteDefinition { Url = server.Url, Workspace = Id }, new HeldCredential(), TimeProvider.System);
}
