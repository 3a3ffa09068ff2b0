using System.Text.Json.Nodes;
using AcodeOps.Adapters.Tests.AirbyteStandIn;
using AcodeOps.Configuration;
using AcodeOps.Lab;
using AcodeOps.Lab.Airbyte;
using AcodeOps.Lab.Airbyte.Api;
using Client = AcodeOps.Adapters.Airbyte.AirbyteServer;

namespace AcodeOps.Adapters.Tests.Airbyte;

/// <summary>The client's own requests, held against the API documents on their way to the stand-in.</summary>
public sealed class AirbyteDocumentTests(StandInFixture fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_client_sends_is_as_the_documents_say_and_a_wrong_request_is_found()
    {
        await using StandIn standIn = await fixture.StartProvisionedAsync(auth: AuthMode.None);
        LabFolder folder = await fixture.NewFolderAsync();
        IReadOnlyList<string> prism = await PrismInstallation.CommandAsync(line => TestContext.Current.SendDiagnosticMessage(line), Cancel);
        Task<PrismProxy> starting = PrismProxy.StartAsync(prism, folder, "configuration-api.yaml", standIn.Address, null, Cancel);
        await using PrismProxy publicApi = await PrismProxy.StartAsync(prism, folder, "public-api.yaml", standIn.Address, null, Cancel);
        await using PrismProxy configurationApi = await starting;
        Guid id = standIn.Installation.Connections[AirbyteProvisioning.PrimaryConnection];

        await using Client airbyte = Open(publicApi);
        await standIn.FaultAsync(new() { ["kind"] = "job_hang" }, Cancel);
        Sync sync = await airbyte.StartSyncAsync(id, Cancel);
        Assert.False((await airbyte.ReadSyncAsync(sync.JobId, Cancel))!.IsTerminal);
        Assert.Equal(ConnectionStatus.Inactive, (await airbyte.SetStatusAsync(id, ConnectionStatus.Inactive, Cancel)).Status);
        await airbyte.CancelSyncAsync(sync.JobId, Cancel);
        await standIn.WaitAsync(sync.JobId, "cancelled", Cancel);

        Connection copy = await airbyte.CopyConnectionAsync(standIn.Installation.Connections[AirbyteProvisioning.IncrementalBackupConnection], "a drill", "mark_", Cancel);
        Assert.Equal(("a drill", "mark_"), (copy.Name, copy.Prefix));
        await airbyte.DeleteConnectionAsync(copy.ConnectionId, Cancel);

        await using Client states = Open(configurationApi);
        await states.WriteStateAsync(id, Of(new StreamState("a", "n", """{"cursor":"1"}"""), new StreamState("b", null, "{}")), Cancel);
        Assert.Equal(2, (await states.ReadStateAsync(id, Cancel)).Streams.Count);
        await states.WriteStateAsync(
            id, new SyncState(SyncStateKind.Global) { WholeJson = """{"shared_state":{},"streamStates":[{"streamDescriptor":{"name":"s"},"streamState":{}}]}""" }, Cancel);
        Assert.Equal(SyncStateKind.Global, (await states.ReadStateAsync(id, Cancel)).Kind);

        await using Client specifications = Open(configurationApi, standIn.Installation.WorkspaceId);
        Assert.Contains("\"jdbc_url_params\"", await specifications.ReadSpecificationAsync(ConfiguredKind.Source, ConnectorSpecifications.MySqlSource, Cancel), StringComparison.Ordinal);
        Assert.Contains("\"s3_bucket_name\"", await specifications.ReadSpecificationAsync(ConfiguredKind.Destination, ConnectorSpecifications.S3Destination, Cancel), StringComparison.Ordinal);

        await CheckResourcesAsync(standIn, publicApi, configurationApi);

        // The proof that this test can fail: a state that is a number.
        Assert.Equal(
            "AirbyteRequestRejected", (await Assert.ThrowsAsync<AcodeException>(() => states.WriteStateAsync(id, Of(new StreamState("a", "n", "5")), Cancel))).Id);
    }

    private static async Task CheckResourcesAsync(StandIn standIn, PrismProxy publicApi, PrismProxy configurationApi)
    {
        Guid source = standIn.Installation.Sources[AirbyteProvisioning.PrimarySource], destination = standIn.Installation.Destinations[AirbyteProvisioning.PrimaryDestination];
        await using Client airbyte = Open(publicApi, standIn.Installation.WorkspaceId);
        IAirbyteResources resources = airbyte.Resources;
        foreach ((ConfiguredKind kind, Guid model) in new[] { (ConfiguredKind.Source, source), (ConfiguredKind.Destination, destination) })
        {
            Assert.NotEmpty(await resources.ListAsync(kind, Cancel).ToListAsync(Cancel));
            AirbyteResource read = (await resources.ReadAsync(kind, model, Cancel))!;
            Assert.Contains(AirbyteResource.Coordinate, read.Settings.ToJsonString(), StringComparison.Ordinal);
            AirbyteResource made = await resources.CreateAsync(read with { Name = "made" }, Cancel);
            Assert.Equal("replaced", (await resources.ReplaceAsync(kind, made.Id, "replaced", made.Settings, Cancel)).Name);
            Assert.Equal("ConfigurationRefused", (await Assert.ThrowsAsync<AcodeException>(() => resources.ReplaceAsync(kind, made.Id, "replaced", [], Cancel))).Id);
            await resources.DeleteAsync(kind, made.Id, Cancel);
            Assert.Null(await resources.ReadAsync(kind, made.Id, Cancel));
        }

        AirbyteResource connection = (await resources.ListAsync(ConfiguredKind.Connection, Cancel).ToListAsync(Cancel))[0];
        connection.Settings["schedule"] = new JsonObject { ["scheduleType"] = "cron", ["cronExpression"] = "0 0 2 * * ?" };
        AirbyteResource copy = await resources.CreateAsync(connection with { Name = "copy" }, Cancel);
        AirbyteResource changed = await resources.ChangeConnectionAsync(
            copy.Id, new() { ["name"] = "changed", ["configurations"] = copy.Settings["configurations"]!.DeepClone(), ["namespaceDefinition"] = "custom_format", ["namespaceFormat"] = "x" }, Cancel);
        Assert.Equal("changed", changed.Name);

        await using Client configuration = Open(configurationApi);
        Assert.True((await configuration.Resources.CheckAsync(ConfiguredKind.Source, source, Cancel)).Succeeded);
        Assert.True((await configuration.Resources.CheckAsync(ConfiguredKind.Destination, destination, Cancel)).Succeeded);
        JsonObject settings = (await standIn.GetAsync($"/api/public/v1/sources/{source}", Cancel))["configuration"]!.DeepClone().AsObject();
        Assert.True((await configuration.Resources.CheckUpdateAsync(ConfiguredKind.Source, source, "n", settings, Cancel)).Succeeded);
        settings["port"] = 1;
        Assert.False((await configuration.Resources.CheckUpdateAsync(ConfiguredKind.Source, source, "n", settings, Cancel)).Succeeded);

        JsonObject cron = new() { ["cronExpression"] = "0 0 3 * * ?", ["cronTimeZone"] = "Europe/Berlin" };
        foreach (JsonObject update in new[]
        {
            ResourceExamples.Every(copy.Id, 24, "hours"),
            new JsonObject { ["connectionId"] = copy.Id, ["name"] = "updated", ["status"] = "inactive", ["scheduleType"] = "cron", ["scheduleData"] = new JsonObject { ["cron"] = cron } },
        })
        {
            (int status, JsonNode? answer, IReadOnlyList<string> violations) = await configurationApi.SendAsync(HttpMethod.Post, "/api/v1/connections/update", update, Cancel);
            Assert.True(status == 200 && violations.Count == 0, $"{answer} {string.Join("; ", violations)}");
            Assert.NotNull((await resources.ReadAsync(ConfiguredKind.Connection, copy.Id, Cancel))!.Settings["schedule"]);
        }

        Assert.Equal("0 0 3 * * ? Europe/Berlin", (string?)(await resources.ReadAsync(ConfiguredKind.Connection, copy.Id, Cancel))!.Settings["schedule"]!["cronExpression"]);
        await resources.DeleteAsync(ConfiguredKind.Connection, copy.Id, Cancel);
    }

    private static SyncState Of(params StreamState[] streams) => new(SyncStateKind.Stream) { Streams = streams };

    private static Client Open(PrismProxy proxy, Guid? workspace = null) => new(new AirbyteDefinition { Url = proxy.Address, Workspace = workspace }, new HeldCredential(), TimeProvider.System);
}
