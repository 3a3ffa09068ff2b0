using System.Text.Json.Nodes;
using AcodeOps.Lab;
using AcodeOps.Lab.Airbyte;
using AcodeOps.Lab.Airbyte.Api;
using AcodeOps.Lab.Sales;

namespace AcodeOps.Adapters.Tests.AirbyteStandIn;

/// <summary>Every kind of call, held against the API documents in both directions.</summary>
public sealed class DocumentTests(StandInFixture fixture)
{
    private const string Api = "/api/public/v1/";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_calls_and_answers_are_as_the_documents_say_and_a_wrong_one_is_found()
    {
        await using StandIn airbyte = await fixture.StartProvisionedAsync();
        await airbyte.ConfigureAsync(new() { ["launchSeconds"] = 0.01, ["retryDelaySeconds"] = 0.01 }, Cancel);
        LabFolder folder = await fixture.NewFolderAsync();
        IReadOnlyList<string> prism = await PrismInstallation.CommandAsync(line => TestContext.Current.SendDiagnosticMessage(line), Cancel);
        Credentials credentials = Credentials.Load(airbyte.Folder);
        JsonObject login = new() { ["client_id"] = credentials.ClientId, ["client_secret"] = credentials.ClientSecret, ["grant-type"] = "client_credentials" };
        string token = (string)(await airbyte.PostAsync(Api + "applications/token", login.DeepClone(), Cancel))["access_token"]!;
        Task<PrismProxy> starting = PrismProxy.StartAsync(prism, folder, "configuration-api.yaml", airbyte.Address, token, Cancel);
        await using PrismProxy publicApi = await PrismProxy.StartAsync(prism, folder, "public-api.yaml", airbyte.Address, token, Cancel);
        await using PrismProxy configurationApi = await starting;

        await CheckPublicApiAsync(airbyte, publicApi, login);
        await CheckConfigurationApiAsync(airbyte, configurationApi);

        // The proof that this test can fail: an answer that is no job list, a request with a status that is none.
        await airbyte.FaultAsync(new() { ["kind"] = "http", ["status"] = 200, ["pathPrefix"] = Api + "jobs" }, Cancel);
        Assert.NotEmpty((await publicApi.SendAsync(HttpMethod.Get, Api + "jobs", null, Cancel)).Violations);
        string connection = $"{Api}connections/{airbyte.Installation.Connections[AirbyteProvisioning.PrimaryConnection]}";
        Assert.NotEmpty((await publicApi.SendAsync(HttpMethod.Patch, connection, new JsonObject { ["status"] = "paused" }, Cancel)).Violations);
        await airbyte.FaultAsync(new() { ["kind"] = "http", ["status"] = 200, ["pathPrefix"] = "/api/v1/state" }, Cancel);
        Assert.NotEmpty((await configurationApi.SendAsync(HttpMethod.Post, "/api/v1/state/get", new JsonObject { ["connectionId"] = Guid.NewGuid() }, Cancel)).Violations);
    }

    private static async Task CheckPublicApiAsync(StandIn airbyte, PrismProxy proxy, JsonObject login)
    {
        AirbyteInstallation ids = airbyte.Installation;
        await CallAsync(proxy, 200, HttpMethod.Get, "health");
        await CallAsync(proxy, 200, HttpMethod.Post, "applications/token", login.DeepClone());
        await CallAsync(proxy, 400, HttpMethod.Post, "applications/token", new JsonObject { ["client_id"] = "x", ["client_secret"] = "y", ["grant-type"] = "client_credentials" });
        await CallAsync(proxy, 200, HttpMethod.Get, "workspaces?limit=100");
        JsonNode workspace = (await CallAsync(proxy, 200, HttpMethod.Post, "workspaces", new JsonObject { ["name"] = "w" }))!;
        await CallAsync(proxy, 200, HttpMethod.Patch, $"workspaces/{workspace["workspaceId"]}", new JsonObject { ["name"] = "v" });
        await CallAsync(proxy, 204, HttpMethod.Delete, $"workspaces/{workspace["workspaceId"]}");
        await CallAsync(proxy, 404, HttpMethod.Get, $"workspaces/{workspace["workspaceId"]}");
        await CallAsync(proxy, 200, HttpMethod.Get, "connector_definitions?type=source");
        await CallAsync(proxy, 200, HttpMethod.Get, $"workspaces/{ids.WorkspaceId}/definitions/destinations");
        foreach ((string kind, Guid id, JsonObject patch) in new[]
        {
            ("source", ids.Sources[AirbyteProvisioning.BackupSource], new JsonObject { ["checkpoint_target_interval_seconds"] = 60 }),
            ("destination", ids.Destinations[AirbyteProvisioning.BackupDestination], new JsonObject { ["file_name_pattern"] = "{part_number}{format_extension}" }),
        })
        {
            await CallAsync(proxy, 200, HttpMethod.Get, $"{kind}s?workspaceIds={ids.WorkspaceId}&limit=1");
            JsonNode read = (await CallAsync(proxy, 200, HttpMethod.Get, $"{kind}s/{id}"))!;
            await CallAsync(proxy, 200, HttpMethod.Patch, $"{kind}s/{id}", new JsonObject { ["configuration"] = patch });
            await CallAsync(proxy, 200, HttpMethod.Put, $"{kind}s/{id}", new JsonObject { ["name"] = "put", ["configuration"] = read["configuration"]!.DeepClone() });
            JsonNode copy = (await CallAsync(proxy, 200, HttpMethod.Post, $"{kind}s", new JsonObject
            {
                ["name"] = "copy",
                ["workspaceId"] = ids.WorkspaceId,
                ["definitionId"] = read["definitionId"]!.DeepClone(),
                ["configuration"] = read["configuration"]!.DeepClone(),
            }))!;
            await CallAsync(proxy, 422, HttpMethod.Put, $"{kind}s/{copy[kind + "Id"]}", new JsonObject { ["name"] = "put", ["configuration"] = new JsonObject() });
            await CallAsync(proxy, 204, HttpMethod.Delete, $"{kind}s/{copy[kind + "Id"]}");
            await CallAsync(proxy, 404, HttpMethod.Get, $"{kind}s/{copy[kind + "Id"]}");
        }

        await CheckConnectionsAndJobsAsync(airbyte, proxy);
    }

    private static async Task CheckConnectionsAndJobsAsync(StandIn airbyte, PrismProxy proxy)
    {
        AirbyteInstallation ids = airbyte.Installation;
        Guid source = ids.Sources[AirbyteProvisioning.PrimarySource], destination = ids.Destinations[AirbyteProvisioning.PrimaryDestination];
        await CallAsync(proxy, 200, HttpMethod.Get, $"streams?sourceId={source}&destinationId={destination}&ignoreCache=true");
        await CallAsync(proxy, 200, HttpMethod.Get, $"connections?workspaceIds={ids.WorkspaceId}");
        JsonNode connection = (await CallAsync(proxy, 200, HttpMethod.Post, "connections", new JsonObject
        {
            ["sourceId"] = source,
            ["destinationId"] = destination,
            ["schedule"] = new JsonObject { ["scheduleType"] = "cron", ["cronExpression"] = "0 0 2 * * ?" },
            ["configurations"] = new JsonObject { ["streams"] = new JsonArray(new JsonObject { ["name"] = SalesTables.Products, ["syncMode"] = "full_refresh_append" }) },
        }))!;
        string path = $"connections/{connection["connectionId"]}";
        await CallAsync(proxy, 400, HttpMethod.Patch, path, new JsonObject { ["configurations"] = connection["configurations"]!.DeepClone() });
        await CallAsync(proxy, 200, HttpMethod.Patch, path, new JsonObject { ["prefix"] = "p_", ["namespaceDefinition"] = "custom_format", ["namespaceFormat"] = "x" });
        JsonObject sync = new() { ["connectionId"] = connection["connectionId"]!.DeepClone(), ["jobType"] = "sync" };
        await airbyte.FaultAsync(new() { ["kind"] = "job_hang" }, Cancel);
        JsonNode job = (await CallAsync(proxy, 200, HttpMethod.Post, "jobs", sync.DeepClone()))!;
        await CallAsync(proxy, 409, HttpMethod.Post, "jobs", sync.DeepClone());
        await CallAsync(proxy, 422, HttpMethod.Post, "jobs", new JsonObject { ["connectionId"] = sync["connectionId"]!.DeepClone(), ["jobType"] = "refresh" });
        await CallAsync(proxy, 200, HttpMethod.Get, $"jobs/{job["jobId"]}");
        await CallAsync(proxy, 200, HttpMethod.Delete, $"jobs/{job["jobId"]}");
        await airbyte.WaitAsync((long)job["jobId"]!, "cancelled", Cancel);
        await CallAsync(proxy, 409, HttpMethod.Delete, $"jobs/{job["jobId"]}");
        job = (await CallAsync(proxy, 200, HttpMethod.Post, "jobs", sync.DeepClone()))!;
        await airbyte.WaitAsync((long)job["jobId"]!, "succeeded", Cancel);
        await CallAsync(proxy, 200, HttpMethod.Get, $"jobs?connectionId={connection["connectionId"]}&orderBy=createdAt%7CDESC&status=succeeded");
        await CallAsync(proxy, 404, HttpMethod.Get, "jobs/987654321");
        await CallAsync(proxy, 204, HttpMethod.Delete, path);
        await CallAsync(proxy, 200, HttpMethod.Get, path);
    }

    private static async Task CheckConfigurationApiAsync(StandIn airbyte, PrismProxy proxy)
    {
        AirbyteInstallation ids = airbyte.Installation;
        Guid connection = ids.Connections[AirbyteProvisioning.PrimaryConnection];
        Guid source = ids.Sources[AirbyteProvisioning.PrimarySource];
        JsonNode configuration = (await airbyte.GetAsync($"{Api}sources/{source}", Cancel))["configuration"]!;
        await airbyte.FaultAsync(new() { ["kind"] = "job_fail" }, Cancel);
        JsonNode job = await airbyte.SyncAsync(AirbyteProvisioning.PrimaryConnection, Cancel);
        JsonObject jobId = new() { ["id"] = job["jobId"]!.DeepClone() }, connectionId = new() { ["connectionId"] = connection };

        await CallAsync(proxy, 200, HttpMethod.Get, "/api/v1/health");
        await CallAsync(proxy, 200, HttpMethod.Get, "/api/v1/instance_configuration");
        await PostAsync(200, "sources/check_connection", new() { ["sourceId"] = source });
        await PostAsync(404, "sources/check_connection", new() { ["sourceId"] = Guid.NewGuid() });
        await PostAsync(200, "sources/check_connection_for_update", new() { ["sourceId"] = source, ["name"] = "n", ["connectionConfiguration"] = configuration.DeepClone() });
        JsonObject nowhere = configuration.DeepClone().AsObject();
        nowhere["port"] = 1;
        JsonNode failed = (await PostAsync(200, "sources/check_connection_for_update", new() { ["sourceId"] = source, ["name"] = "n", ["connectionConfiguration"] = nowhere }))!;
        Assert.Equal("failed", (string?)failed["status"]);
        await PostAsync(200, "destinations/check_connection", new() { ["destinationId"] = ids.Destinations[AirbyteProvisioning.PrimaryDestination] });
        await PostAsync(200, "jobs/get_without_logs", jobId);
        await PostAsync(200, "jobs/get_light", jobId);
        await PostAsync(404, "jobs/get_light", new() { ["id"] = 987654321 });
        await PostAsync(200, "jobs/get_last_replication_job", connectionId);
        await PostAsync(200, "jobs/list", new() { ["configTypes"] = new JsonArray("sync"), ["configId"] = connection.ToString(), ["pagination"] = new JsonObject { ["pageSize"] = 1 } });
        await PostAsync(200, "connections/status", new() { ["connectionIds"] = new JsonArray([.. ids.Connections.Values.Select(c => (JsonNode)c)]) });
        JsonNode state = (await PostAsync(200, "state/get", connectionId))!;
        await PostAsync(200, "state/create_or_update_safe", new() { ["connectionId"] = connection, ["connectionState"] = state.DeepClone() });
        await PostAsync(404, "state/get", new() { ["connectionId"] = Guid.NewGuid() });
        await PostAsync(200, "source_definition_specifications/get", new() { ["sourceDefinitionId"] = ConnectorSpecifications.MySqlSource, ["workspaceId"] = ids.WorkspaceId });

        await airbyte.FaultAsync(new() { ["kind"] = "job_hang" }, Cancel);
        long hanging = await airbyte.StartSyncAsync(AirbyteProvisioning.PrimaryConnection, Cancel);
        await PostAsync(423, "state/create_or_update_safe", new() { ["connectionId"] = connection, ["connectionState"] = state.DeepClone() });
        await PostAsync(200, "connections/status", new() { ["connectionIds"] = new JsonArray(connection) });
        await airbyte.Client.SendAsync(HttpMethod.Delete, $"{Api}jobs/{hanging}", null, Cancel);

        Task<JsonNode?> PostAsync(int expected, string path, JsonObject body) => CallAsync(proxy, expected, HttpMethod.Post, "/api/v1/" + path, body.DeepClone());
    }

    private static async Task<JsonNode?> CallAsync(PrismProxy proxy, int expected, HttpMethod method, string path, JsonNode? body = null)
    {
        (int status, JsonNode? answer, IReadOnlyList<string> violations) = await proxy.SendAsync(method, path.StartsWith('/') ? path : Api + path, body, Cancel);
        Assert.True(violations.Count == 0, $"{method} {path} {body}: {string.Join("; ", violations)}");
        Assert.True(status == expected, $"{method} {path} {body}: {status} instead of {expected}: {answer}");
        return answer;
    }
}
