using System.Text.Json.Nodes;
using AcodeOps.Adapters.Tests.AirbyteStandIn;
using AcodeOps.Configuration;
using AcodeOps.Lab.Airbyte;
using AcodeOps.Lab.Sales;
using Client = AcodeOps.Adapters.Airbyte.AirbyteServer;

namespace AcodeOps.Adapters.Tests.Airbyte;

/// <summary>Connections whole, over real sources, and the checks of what they join.</summary>
public sealed class ConnectionResourcesTests(StandInFixture fixture)
{
    private static readonly string[] Members = ["status", "schedule", "namespaceDefinition", "namespaceFormat", "prefix", "nonBreakingSchemaUpdatesBehavior", "configurations"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_connection_is_made_read_changed_and_deleted()
    {
        await using StandIn standIn = await fixture.StartProvisionedAsync();
        await using Client airbyte = standIn.OpenClient();
        IAirbyteResources resources = Of(airbyte);
        JsonObject settings = new()
        {
            ["status"] = "inactive",
            ["schedule"] = new JsonObject { ["scheduleType"] = "cron", ["cronExpression"] = "0 0 2 * * ?" },
            ["namespaceDefinition"] = "custom_format",
            ["namespaceFormat"] = "lake",
            ["prefix"] = "p_",
            ["nonBreakingSchemaUpdatesBehavior"] = "propagate_columns",
            ["configurations"] = new JsonObject { ["streams"] = new JsonArray(Stream(SalesTables.Products)) },
        };

        AirbyteResource made = await resources.CreateAsync(New(standIn, "to lake", settings), Cancel);
        AirbyteResource read = (await resources.ReadAsync(ConfiguredKind.Connection, made.Id, Cancel))!;

        Assert.True(JsonNode.DeepEquals(made.Settings, read.Settings), $"{made.Settings} {read.Settings}");
        Assert.Equal(Members.Order(StringComparer.Ordinal), read.Settings.Select(member => member.Key).Order(StringComparer.Ordinal));
        Assert.Equal(
            ("to lake", standIn.Installation.Sources[AirbyteProvisioning.PrimarySource], standIn.Installation.Destinations[AirbyteProvisioning.PrimaryDestination], null),
            (read.Name, read.SourceId, read.DestinationId, read.DefinitionId));
        Assert.Equal(
            ("inactive", "0 0 2 * * ? UTC", "lake", "p_"),
            ((string?)read.Settings["status"], (string?)read.Settings["schedule"]!["cronExpression"], (string?)read.Settings["namespaceFormat"], (string?)read.Settings["prefix"]));

        AirbyteResource changed = await resources.ChangeConnectionAsync(made.Id, new() { ["prefix"] = "q_", ["schedule"] = read.Settings["schedule"]!.DeepClone() }, Cancel);
        JsonObject expected = read.Settings.DeepClone().AsObject();
        expected["prefix"] = "q_";
        Assert.True(JsonNode.DeepEquals(expected, changed.Settings), $"{expected} {changed.Settings}");

        await resources.DeleteAsync(ConfiguredKind.Connection, made.Id, Cancel);
        await resources.DeleteAsync(ConfiguredKind.Connection, made.Id, Cancel);
        Assert.Null(await resources.ReadAsync(ConfiguredKind.Connection, made.Id, Cancel));
        Assert.DoesNotContain(made.Id, await resources.ListAsync(ConfiguredKind.Connection, Cancel).Select(connection => connection.Id).ToListAsync(Cancel));
    }

    [Fact]
    public async Task What_was_read_of_streams_can_be_sent_back_and_a_list_is_the_whole_list()
    {
        await using StandIn standIn = await fixture.StartProvisionedAsync();
        await using Client airbyte = standIn.OpenClient();
        IAirbyteResources resources = Of(airbyte);
        Guid id = standIn.Installation.Connections[AirbyteProvisioning.PrimaryConnection];
        AirbyteResource read = (await resources.ReadAsync(ConfiguredKind.Connection, id, Cancel))!;
        JsonArray streams = read.Settings["configurations"]!["streams"]!.AsArray();
        Assert.Equal(3, streams.Count);
        Assert.Empty(streams[0]!["selectedFields"]!.AsArray());

        JsonObject changes = new() { ["configurations"] = read.Settings["configurations"]!.DeepClone() };
        JsonObject given = changes.DeepClone().AsObject();
        Assert.True(JsonNode.DeepEquals(read.Settings, (await resources.ChangeConnectionAsync(id, changes, Cancel)).Settings));
        Assert.True(JsonNode.DeepEquals(given, changes), "What the caller gave was changed.");
        Assert.Equal(3, Streams(await resources.CreateAsync(New(standIn, "copy", read.Settings), Cancel)).Length);

        JsonObject selected = Stream(SalesTables.Products);
        selected["selectedFields"] = new JsonArray(new JsonObject { ["fieldPath"] = new JsonArray("EAN") });
        AirbyteResource one = await resources.ChangeConnectionAsync(id, new() { ["configurations"] = new JsonObject { ["streams"] = new JsonArray(selected) } }, Cancel);
        Assert.Equal([SalesTables.Products], Streams(one));
        Assert.Equal("EAN", (string?)one.Settings["configurations"]!["streams"]![0]!["selectedFields"]![0]!["fieldPath"]![0]);
        // Given none, it makes no difference to one that is there, and is all of a new one's.
        JsonObject none = new() { ["configurations"] = new JsonObject { ["streams"] = new JsonArray() } };
        Assert.Equal([SalesTables.Products], Streams(await resources.ChangeConnectionAsync(id, none, Cancel)));
        Assert.True(Streams(await resources.CreateAsync(New(standIn, "all", none), Cancel)).Length >= 3);

        static string[] Streams(AirbyteResource connection) => [.. connection.Settings["configurations"]!["streams"]!.AsArray().Select(stream => (string)stream!["name"]!)];
    }

    [Fact]
    public async Task A_list_is_read_over_all_its_pages_of_its_own_workspace()
    {
        await using StandIn standIn = await fixture.StartProvisionedAsync();
        await using Client airbyte = standIn.OpenClient();
        for (int i = 0; i < 105; i++)
        {
            await standIn.PostAsync("/api/public/v1/connections", new JsonObject
            {
                ["name"] = $"many {i}",
                ["sourceId"] = standIn.Installation.Sources[AirbyteProvisioning.PrimarySource],
                ["destinationId"] = standIn.Installation.Destinations[AirbyteProvisioning.PrimaryDestination],
                ["status"] = "inactive",
                ["configurations"] = new JsonObject { ["streams"] = new JsonArray(Stream(SalesTables.Products)) },
            }, Cancel);
        }

        // While there is one workspace it need not be named; with a second one it must.
        Assert.Equal(standIn.Installation.WorkspaceId, await Of(airbyte).ReadWorkspaceAsync(Cancel));
        var second = (Guid)(await standIn.PostAsync("/api/public/v1/workspaces", new JsonObject { ["name"] = "second" }, Cancel))["workspaceId"]!;
        Assert.Equal("WorkspaceAmbiguous", (await Assert.ThrowsAsync<AcodeException>(() => Of(airbyte).ReadWorkspaceAsync(Cancel))).Id);
        await using Client ofSecond = standIn.OpenClient(second);
        Assert.Empty(await Of(ofSecond).ListAsync(ConfiguredKind.Connection, Cancel).ToListAsync(Cancel));
        await using Client ofWorkspace = standIn.OpenClient(standIn.Installation.WorkspaceId);
        List<AirbyteResource> all = await Of(ofWorkspace).ListAsync(ConfiguredKind.Connection, Cancel).ToListAsync(Cancel);
        Assert.Equal(105 + standIn.Installation.Connections.Count, all.Select(connection => connection.Id).Distinct().Count());
        Assert.Equal(standIn.Installation.Sources.Values.Order(), await Of(ofWorkspace).ListAsync(ConfiguredKind.Source, Cancel).Select(source => source.Id).Order().ToListAsync(Cancel));
        Assert.Equal(standIn.Installation.WorkspaceId, await Of(ofWorkspace).ReadWorkspaceAsync(Cancel));
    }

    [Fact]
    public async Task What_Airbyte_does_not_take_of_a_connection_is_refused_with_the_reason()
    {
        await using StandIn standIn = await fixture.StartProvisionedAsync();
        await using Client airbyte = standIn.OpenClient();
        Guid id = standIn.Installation.Connections[AirbyteProvisioning.PrimaryConnection];
        JsonObject stranger = new() { ["configurations"] = new JsonObject { ["streams"] = new JsonArray(Stream("nobody")) } };

        AcodeException changed = await Assert.ThrowsAsync<AcodeException>(() => Of(airbyte).ChangeConnectionAsync(id, stranger, Cancel));
        AcodeException made = await Assert.ThrowsAsync<AcodeException>(() => Of(airbyte).CreateAsync(New(standIn, "of nobody", stranger), Cancel));

        Assert.Equal(("ConfigurationRefused", "ConfigurationRefused"), (changed.Id, made.Id));
        Assert.Contains($"connection '{id}'", changed.Message, StringComparison.Ordinal);
        Assert.Contains("connection 'of nobody'", made.Message, StringComparison.Ordinal);
        Assert.Contains("Invalid stream found", made.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schedule_of_every_so_many_hours_is_read_and_can_be_given_up()
    {
        await using StandIn standIn = await fixture.StartProvisionedAsync();
        await using Client airbyte = standIn.OpenClient();
        Guid id = standIn.Installation.Connections[AirbyteProvisioning.PrimaryConnection];
        await standIn.PostAsync("/api/v1/connections/update", ResourceExamples.Every(id, 24, "hours"), Cancel);

        JsonNode schedule = (await Of(airbyte).ReadAsync(ConfiguredKind.Connection, id, Cancel))!.Settings["schedule"]!;
        Assert.True(JsonNode.DeepEquals(new JsonObject { ["scheduleType"] = "basic", ["basicTiming"] = "Every 24 HOURS" }, schedule), $"{schedule}");
        Assert.Equal("Every 24 HOURS", (await airbyte.ReadConnectionAsync(id, Cancel))!.Schedule);

        AirbyteResource manual = await Of(airbyte).ChangeConnectionAsync(id, new() { ["schedule"] = new JsonObject { ["scheduleType"] = "manual" } }, Cancel);
        Assert.True(JsonNode.DeepEquals(new JsonObject { ["scheduleType"] = "manual" }, manual.Settings["schedule"]), $"{manual.Settings}");
    }

    [Fact]
    public async Task A_check_tells_whether_a_connector_is_reached_as_it_is_and_as_it_would_be()
    {
        await using StandIn standIn = await fixture.StartProvisionedAsync();
        await using Client airbyte = standIn.OpenClient();
        Guid source = standIn.Installation.Sources[AirbyteProvisioning.PrimarySource];
        Guid destination = standIn.Installation.Destinations[AirbyteProvisioning.PrimaryDestination];
        Assert.Equal(new ConnectorCheck(true, null), await Of(airbyte).CheckAsync(ConfiguredKind.Source, source, Cancel));
        Assert.Equal(new ConnectorCheck(true, null), await Of(airbyte).CheckAsync(ConfiguredKind.Destination, destination, Cancel));

        JsonObject settings = (await standIn.GetAsync($"/api/public/v1/sources/{source}", Cancel))["configuration"]!.DeepClone().AsObject();
        Assert.True((await Of(airbyte).CheckUpdateAsync(ConfiguredKind.Source, source, "same", settings, Cancel)).Succeeded);
        settings["port"] = 1;
        ConnectorCheck failed = await Of(airbyte).CheckUpdateAsync(ConfiguredKind.Source, source, "nowhere", settings, Cancel);
        Assert.False(failed.Succeeded);
        Assert.NotNull(failed.Message);
        Assert.True((await Of(airbyte).CheckAsync(ConfiguredKind.Source, source, Cancel)).Succeeded);

        await standIn.FaultAsync(new() { ["kind"] = "unreachable", ["actorId"] = destination }, Cancel);
        Assert.False((await Of(airbyte).CheckAsync(ConfiguredKind.Destination, destination, Cancel)).Succeeded);
    }

    private static IAirbyteResources Of(Client airbyte) => airbyte.Resources;

    private static JsonObject Stream(string name) => new() { ["name"] = name, ["syncMode"] = "full_refresh_append" };

    private static AirbyteResource New(StandIn standIn, string name, JsonObject settings) => new()
    {
        Kind = ConfiguredKind.Connection,
        Id = Guid.Empty,
        Name = name,
        SourceId = standIn.Installation.Sources[AirbyteProvisioning.PrimarySource],
        DestinationId = standIn.Installation.Destinations[AirbyteProvisioning.PrimaryDestination],
        Settings = settings.DeepClone().AsObject(),
    };
}
