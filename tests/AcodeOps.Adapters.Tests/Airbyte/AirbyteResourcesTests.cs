using System.Text.Json.Nodes;
using AcodeOps.Configuration;
using AcodeOps.Lab.Airbyte;
using AcodeOps.Lab.Airbyte.Api;
using Client = AcodeOps.Adapters.Airbyte.AirbyteServer;
using LabServer = AcodeOps.Lab.Airbyte.AirbyteServer;

namespace AcodeOps.Adapters.Tests.Airbyte;

/// <summary>Sources and destinations whole: listed, read, made, replaced, deleted and refused.</summary>
public sealed class AirbyteResourcesTests : IAsyncLifetime
{
    private const string Secret = "hunter-2-of-the-lab";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("acode-airbyte-");
    private LabServer _server = null!;
    private Client _airbyte = null!;
    private AirbyteClient _lab = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IAirbyteResources Resources => _airbyte.Resources;

    public async ValueTask InitializeAsync()
    {
        _server = await LabServer.StartAsync(new AirbyteOptions { Folder = Path.Combine(_folder.FullName, "airbyte"), Auth = AuthMode.None }, Cancel);
        _airbyte = new(new AirbyteDefinition { Url = _server.BaseAddress }, new HeldCredential(), TimeProvider.System);
        _lab = AirbyteClient.Anonymous(_server.BaseAddress);
    }

    public async ValueTask DisposeAsync()
    {
        _lab.Dispose();
        await _airbyte.DisposeAsync();
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_source_is_made_read_replaced_and_deleted()
    {
        AirbyteResource made = await Resources.CreateAsync(ResourceExamples.Source("shop", Secret), Cancel);

        Assert.Equal((ConfiguredKind.Source, "shop", ConnectorSpecifications.MySqlSource), (made.Kind, made.Name, made.DefinitionId!.Value));
        Assert.Equal("Source shop (" + made.Id + ")", $"{made}");
        Assert.Equal(
            ["database", "host", "password", "port", "replication_method", "username"], made.Settings.Select(member => member.Key).Order(StringComparer.Ordinal));
        Assert.Equal((string?)(await _lab.SendAsync(HttpMethod.Get, $"/api/public/v1/sources/{made.Id}", null, Cancel))["workspaceId"], $"{await Resources.ReadWorkspaceAsync(Cancel)}");
        AirbyteResource listed = Assert.Single(await Resources.ListAsync(ConfiguredKind.Source, Cancel).ToListAsync(Cancel));
        Assert.Equal((made.Id, AirbyteResource.Mask), (listed.Id, (string?)listed.Settings["password"]));
        Assert.Empty(await Resources.ListAsync(ConfiguredKind.Destination, Cancel).ToListAsync(Cancel));

        JsonObject settings = listed.Settings.DeepClone().AsObject();
        settings["host"] = "db2.example.internal";
        settings.Remove("username");
        Assert.Equal("ConfigurationRefused", (await Assert.ThrowsAsync<AcodeException>(() => Resources.ReplaceAsync(ConfiguredKind.Source, made.Id, "shop", settings, Cancel))).Id);
        settings["username"] = "other";
        AirbyteResource replaced = await Resources.ReplaceAsync(ConfiguredKind.Source, made.Id, "shop 2", settings, Cancel);
        Assert.Equal(("shop 2", "db2.example.internal", "other"), (replaced.Name, (string?)replaced.Settings["host"], (string?)replaced.Settings["username"]));

        await Resources.DeleteAsync(ConfiguredKind.Source, made.Id, Cancel);
        await Resources.DeleteAsync(ConfiguredKind.Source, made.Id, Cancel);
        Assert.Null(await Resources.ReadAsync(ConfiguredKind.Source, made.Id, Cancel));
        Assert.Null(await Resources.ReadAsync(ConfiguredKind.Destination, made.Id, Cancel));
        Assert.Empty(await Resources.ListAsync(ConfiguredKind.Source, Cancel).ToListAsync(Cancel));
        Assert.Equal("AirbyteNotFound", (await Assert.ThrowsAsync<AcodeException>(() => Resources.ReplaceAsync(ConfiguredKind.Source, made.Id, "shop", settings, Cancel))).Id);
    }

    [Fact]
    public async Task The_version_of_a_secret_moves_when_its_value_changes_and_not_else()
    {
        Guid id = (await Resources.CreateAsync(ResourceExamples.Source("shop", Secret), Cancel)).Id;
        string first = await CoordinateAsync(id);
        Assert.Matches($@"\Asecret_coordinate::airbyte_workspace_{await Resources.ReadWorkspaceAsync(Cancel)}_secret_[0-9a-f-]{{36}}_v1\z", first);

        await ReplaceAsync(id, AirbyteResource.Mask);
        Assert.Equal(first, await CoordinateAsync(id));
        await ReplaceAsync(id, Secret);
        Assert.Equal(first, await CoordinateAsync(id));
        await ReplaceAsync(id, "another");
        Assert.Equal(first[..^1] + "2", await CoordinateAsync(id));
        await ReplaceAsync(id, null);
        await ReplaceAsync(id, "another");
        Assert.Equal(first[..^1] + "3", await CoordinateAsync(id));
        // A trap of the server's: its PATCH takes the mask itself for the new secret.
        await _lab.SendAsync(HttpMethod.Patch, $"/api/public/v1/sources/{id}", new JsonObject { ["configuration"] = new JsonObject { ["password"] = AirbyteResource.Mask } }, Cancel);
        Assert.Equal(first[..^1] + "4", await CoordinateAsync(id));

        async Task ReplaceAsync(Guid source, string? password)
        {
            JsonObject settings = ResourceExamples.Source("shop", password).Settings;
            await Resources.ReplaceAsync(ConfiguredKind.Source, source, "shop", settings, Cancel);
        }
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(500)]
    [InlineData(502)]
    public async Task Where_a_server_does_not_tell_of_versions_the_mask_is_read(int status)
    {
        Guid id = (await Resources.CreateAsync(ResourceExamples.Source("shop", Secret), Cancel)).Id;
        await FaultAsync(new() { ["kind"] = "http", ["status"] = status, ["pathPrefix"] = "/api/public/v1/sources/" });
        Assert.Equal(AirbyteResource.Mask, await CoordinateAsync(id));
        Assert.StartsWith(AirbyteResource.Coordinate, await CoordinateAsync(id), StringComparison.Ordinal);

        await _lab.SendAsync(HttpMethod.Put, "/lab/settings", new JsonObject { ["showsSecretCoordinates"] = false }, Cancel);
        Assert.Equal(AirbyteResource.Mask, await CoordinateAsync(id));
        await FaultAsync(new() { ["kind"] = "http", ["status"] = status, ["pathPrefix"] = "/api/public/v1/sources/", ["remaining"] = 2 });
        await Assert.ThrowsAsync<AcodeException>(() => Resources.ReadAsync(ConfiguredKind.Source, id, Cancel));
    }

    [Fact]
    public async Task What_was_stored_before_versions_were_counted_begins_with_the_first()
    {
        Guid id = (await Resources.CreateAsync(ResourceExamples.Source("shop", Secret), Cancel)).Id;
        string first = await CoordinateAsync(id);
        await _server.DisposeAsync();
        string file = Path.Combine(_folder.FullName, "airbyte", "state", "actors", $"{id}.json");
        JsonObject stored = JsonNode.Parse(await File.ReadAllTextAsync(file, Cancel))!.AsObject();
        Assert.True(stored.Remove("secretVersions"));
        await File.WriteAllTextAsync(file, stored.ToJsonString(), Cancel);
        _server = await LabServer.StartAsync(new AirbyteOptions { Folder = Path.Combine(_folder.FullName, "airbyte"), Auth = AuthMode.None }, Cancel);
        _airbyte = new(new AirbyteDefinition { Url = _server.BaseAddress }, new HeldCredential(), TimeProvider.System);

        Assert.Equal(first, await CoordinateAsync(id));
        await Resources.ReplaceAsync(ConfiguredKind.Source, id, "shop", ResourceExamples.Source("shop", "another").Settings, Cancel);
        Assert.Equal(first[..^1] + "2", await CoordinateAsync(id));
    }

    [Fact]
    public async Task Of_a_form_that_was_given_up_nothing_stays()
    {
        JsonObject lines = new() { ["format_type"] = "JSONL", ["flattening"] = "No flattening", ["compression"] = new JsonObject { ["compression_type"] = "GZIP" } };
        JsonObject parquet = new() { ["format_type"] = "Parquet", ["compression_codec"] = "SNAPPY" };
        AirbyteResource lake = ResourceExamples.Lake("lake", Secret, lines);
        Guid id = (await Resources.CreateAsync(lake, Cancel)).Id;

        await _lab.SendAsync(HttpMethod.Patch, $"/api/public/v1/destinations/{id}", new JsonObject { ["configuration"] = new JsonObject { ["format"] = parquet.DeepClone() } }, Cancel);
        Assert.NotNull((await Resources.ReadAsync(ConfiguredKind.Destination, id, Cancel))!.Settings["format"]!["compression"]);

        AirbyteResource replaced = await Resources.ReplaceAsync(ConfiguredKind.Destination, id, "lake", ResourceExamples.Lake("lake", AirbyteResource.Mask, parquet).Settings, Cancel);
        Assert.True(JsonNode.DeepEquals(parquet, replaced.Settings["format"]), $"{replaced.Settings}");
        JsonNode read = (await Resources.ReadAsync(ConfiguredKind.Destination, id, Cancel))!.Settings;
        Assert.True(JsonNode.DeepEquals(parquet, read["format"]), $"{read}");
        Assert.EndsWith("_v1", (string?)read["secret_access_key"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_configuration_that_the_connector_does_not_take_is_refused_with_the_reason()
    {
        AirbyteResource wrong = ResourceExamples.Source("shop", Secret);
        wrong.Settings["port"] = "3306";
        AcodeException refusal = await Assert.ThrowsAsync<AcodeException>(() => Resources.CreateAsync(wrong, Cancel));
        Assert.Equal(("ConfigurationRefused", FailureClass.InvalidInput), (refusal.Id, refusal.Cause));
        Assert.Contains("source 'shop'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("$.port", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Test-AcodeConfiguration", refusal.Advice, StringComparison.Ordinal);
        Assert.Empty(await Resources.ListAsync(ConfiguredKind.Source, Cancel).ToListAsync(Cancel));

        Guid id = (await Resources.CreateAsync(ResourceExamples.Source("shop", Secret), Cancel)).Id;
        AcodeException unsaved = await Assert.ThrowsAsync<AcodeException>(() => Resources.CheckUpdateAsync(ConfiguredKind.Source, id, "shop", wrong.Settings, Cancel));
        Assert.Equal("ConfigurationRefused", unsaved.Id);
        Assert.Contains("error id", unsaved.Message, StringComparison.Ordinal);
        Assert.Equal("AirbyteNotFound", (await Assert.ThrowsAsync<AcodeException>(() => Resources.CheckAsync(ConfiguredKind.Source, Guid.NewGuid(), Cancel))).Id);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Resources.CheckAsync(ConfiguredKind.Connection, id, Cancel));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Resources.ReplaceAsync(ConfiguredKind.Connection, id, "shop", [], Cancel));
    }

    [Theory]
    [InlineData(504, true, 1)]
    [InlineData(504, false, 0)]
    public async Task One_whose_making_was_not_answered_is_not_made_twice(int status, bool afterTheWork, int made)
    {
        await FaultAsync(new() { ["kind"] = "http", ["status"] = status, ["method"] = "POST", ["pathPrefix"] = "/api/public/v1/destinations", ["body"] = "html", ["afterTheWork"] = afterTheWork });
        AirbyteResource lake = ResourceExamples.Lake("lake", Secret, new() { ["format_type"] = "Avro" });
        AcodeException lost = await Assert.ThrowsAsync<AcodeException>(() => Resources.CreateAsync(lake, Cancel));
        Assert.Equal(FailureClass.ServerFault, lost.Cause);
        Assert.Contains("Whether the destination 'lake' was made is not known.", lost.Message, StringComparison.Ordinal);
        Assert.Equal(made, await Resources.ListAsync(ConfiguredKind.Destination, Cancel).CountAsync(Cancel));
    }

    private async Task<string> CoordinateAsync(Guid source) => (string)(await Resources.ReadAsync(ConfiguredKind.Source, source, Cancel))!.Settings["password"]!;

    private Task<JsonNode> FaultAsync(JsonObject fault) => _lab.SendAsync(HttpMethod.Post, "/lab/faults", fault, Cancel);
}
