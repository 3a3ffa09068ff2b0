using System.Text.Json.Nodes;
using AcodeOps.Lab.Airbyte;
using AcodeOps.Lab.Airbyte.Api;
using AcodeOps.Lab.Sales;

namespace AcodeOps.Adapters.Tests.AirbyteStandIn;

/// <summary>The habits of the real APIs that callers trip over.</summary>
public sealed class ApiTests(StandInFixture fixture)
{
    private const string Api = "/api/public/v1/";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Provisioning_again_changes_nothing_and_only_the_primary_route_is_active()
    {
        await using StandIn airbyte = await fixture.StartProvisionedAsync();
        await airbyte.ActivateAsync(AirbyteProvisioning.IncrementalConnection, Cancel);
        AirbyteInstallation first = airbyte.Installation;
        JsonNode before = await airbyte.GetAsync(Api + "connections", Cancel);

        AcodeOps.Lab.LabSite site = await fixture.SiteAsync();
        await airbyte.ProvisionAsync(site.Databases, site, airbyte.PrimaryLake.Bucket, airbyte.BackupLake.Bucket, Cancel);

        Assert.Equivalent(first, airbyte.Installation, strict: true);
        Assert.True(JsonNode.DeepEquals(before, await airbyte.GetAsync(Api + "connections", Cancel)));
        Assert.Equal(
            [AirbyteProvisioning.PrimaryConnection, AirbyteProvisioning.IncrementalConnection],
            before["data"]!.AsArray().Where(c => (string?)c!["status"] == "active").Select(c => (string)c!["name"]!));
        Assert.All(before["data"]!.AsArray(), c => Assert.Equal("manual", (string?)c!["schedule"]!["scheduleType"]));
    }

    [Fact]
    public async Task Patching_the_streams_replaces_the_list_and_an_empty_list_is_as_if_not_sent()
    {
        await using StandIn airbyte = await fixture.StartProvisionedAsync();
        static JsonObject Streams(params JsonNode[] streams) => new() { ["configurations"] = new JsonObject { ["streams"] = new JsonArray(streams) } };

        JsonNode patched = await airbyte.PatchConnectionAsync(AirbyteProvisioning.PrimaryConnection, Streams(new JsonObject { ["name"] = SalesTables.Daily }), Cancel);
        JsonNode stream = Assert.Single(patched["configurations"]!["streams"]!.AsArray())!;
        Assert.Equal("full_refresh_overwrite", (string?)stream["syncMode"]);
        JsonNode same = await airbyte.PatchConnectionAsync(AirbyteProvisioning.PrimaryConnection, Streams(), Cancel);
        Assert.True(JsonNode.DeepEquals(patched, same));

        // What it gives, it does not take back.
        (int status, string body) = await airbyte.Client.TryAsync(
            HttpMethod.Patch, $"{Api}connections/{airbyte.Installation.Connections[AirbyteProvisioning.PrimaryConnection]}", Streams(stream.DeepClone()), Cancel);
        Assert.Equal(400, status);
        Assert.Contains("No fields selected", body, StringComparison.Ordinal);
        JsonNode moved = await airbyte.PatchConnectionAsync(AirbyteProvisioning.PrimaryConnection, new() { ["destinationId"] = Guid.NewGuid(), ["name"] = "renamed" }, Cancel);
        Assert.Equal(((string?)patched["destinationId"], "renamed"), ((string?)moved["destinationId"], (string?)moved["name"]));
    }

    [Fact]
    public async Task A_change_of_the_sync_mode_forgets_the_state_of_that_stream()
    {
        await using StandIn airbyte = await fixture.StartProvisionedAsync();
        await airbyte.ActivateAsync(AirbyteProvisioning.IncrementalConnection, Cancel);
        await airbyte.SyncAsync(AirbyteProvisioning.IncrementalConnection, Cancel);
        Assert.Equal("stream", (string?)(await airbyte.StateAsync(AirbyteProvisioning.IncrementalConnection, Cancel))["stateType"]);

        JsonArray streams = [new JsonObject { ["name"] = SalesTables.Daily, ["syncMode"] = "full_refresh_append" }];
        await airbyte.PatchConnectionAsync(AirbyteProvisioning.IncrementalConnection, new() { ["configurations"] = new JsonObject { ["streams"] = streams } }, Cancel);

        Assert.Equal("not_set", (string?)(await airbyte.StateAsync(AirbyteProvisioning.IncrementalConnection, Cancel))["stateType"]);
    }

    [Fact]
    public async Task A_masked_secret_is_kept_by_put_and_stored_as_it_is_by_patch()
    {
        await using StandIn airbyte = await fixture.StartProvisionedAsync();
        Guid id = airbyte.Installation.Sources[AirbyteProvisioning.PrimarySource];
        string path = $"{Api}sources/{id}";
        JsonNode read = await airbyte.GetAsync(path, Cancel);
        Assert.Equal("**********", (string?)read["configuration"]!["password"]);

        await airbyte.Client.SendAsync(HttpMethod.Put, path, new JsonObject { ["name"] = "kept", ["configuration"] = read["configuration"]!.DeepClone() }, Cancel);
        Assert.Equal("succeeded", await CheckAsync());
        await airbyte.Client.SendAsync(HttpMethod.Patch, path, new JsonObject { ["configuration"] = new JsonObject { ["ssl_mode"] = new JsonObject { ["client_key"] = "k" } } }, Cancel);
        JsonNode merged = (await airbyte.GetAsync(path, Cancel))["configuration"]!["ssl_mode"]!;
        Assert.Equal(("preferred", "**********"), ((string?)merged["mode"], (string?)merged["client_key"]));
        Assert.Equal("succeeded", await CheckAsync());
        await airbyte.Client.SendAsync(HttpMethod.Patch, path, new JsonObject { ["configuration"] = new JsonObject { ["password"] = "**********" } }, Cancel);
        Assert.Equal("failed", await CheckAsync());

        async Task<string?> CheckAsync() => (string?)(await airbyte.PostAsync("/api/v1/sources/check_connection", new JsonObject { ["sourceId"] = id }, Cancel))["status"];
    }

    [Fact]
    public async Task Tokens_really_expire_and_can_be_revoked()
    {
        await using StandIn airbyte = await fixture.StartAsync();
        await airbyte.GetAsync(Api + "workspaces", Cancel);
        await airbyte.PostAsync("/lab/tokens/revoke", new JsonObject(), Cancel);
        (int status, string body) = await airbyte.Client.TryAsync(HttpMethod.Get, Api + "workspaces", null, Cancel);
        Assert.Equal((401, "Unauthorized"), (status, (string?)JsonNode.Parse(body)!["message"]));

        using AirbyteClient fresh = await AirbyteClient.OpenAsync(airbyte.Address, airbyte.Folder, Cancel);
        await fresh.SendAsync(HttpMethod.Get, Api + "workspaces", null, Cancel);
        await fresh.SendAsync(HttpMethod.Put, "/lab/settings", new JsonObject { ["tokenLifeSeconds"] = 0.001 }, Cancel);
        using AirbyteClient dying = await AirbyteClient.OpenAsync(airbyte.Address, airbyte.Folder, Cancel);
        while ((await dying.TryAsync(HttpMethod.Get, Api + "workspaces", null, Cancel)).Status != 401)
        {
            await Task.Delay(10, Cancel);
        }

        using AirbyteClient anybody = AirbyteClient.Anonymous(airbyte.Address);
        JsonObject wrong = new() { ["client_id"] = "x", ["client_secret"] = "y" };
        (status, body) = await anybody.TryAsync(HttpMethod.Post, Api + "applications/token", wrong, Cancel);
        Assert.Equal((400, "Invalid client id or token"), (status, (string?)JsonNode.Parse(body)!["message"]));
        Assert.Equal("simple", (string?)(await anybody.SendAsync(HttpMethod.Get, "/api/v1/instance_configuration", null, Cancel))["auth"]!["mode"]);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(airbyte.Folder, Credentials.FileName)));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_authentication_and_with_basic_authentication_it_answers_its_own_callers(bool basic)
    {
        await using StandIn airbyte = await fixture.StartAsync(basic ? AuthMode.Basic : AuthMode.None);

        Assert.Single((await airbyte.GetAsync(Api + "workspaces", Cancel))["data"]!.AsArray());

        using AirbyteClient anybody = AirbyteClient.Anonymous(airbyte.Address);
        Assert.Equal(basic ? 401 : 200, (await anybody.TryAsync(HttpMethod.Get, Api + "workspaces", null, Cancel)).Status);
    }

    [Fact]
    public async Task Lists_come_in_pages_whose_next_link_never_ends()
    {
        await using StandIn airbyte = await fixture.StartAsync(AuthMode.None);
        for (int i = 0; i < 4; i++)
        {
            await airbyte.PostAsync(Api + "workspaces", new JsonObject { ["name"] = $"w{i}" }, Cancel);
        }

        JsonNode last = await airbyte.GetAsync(Api + "workspaces?limit=3&offset=3", Cancel);
        Assert.Equal(["w2", "w3"], last["data"]!.AsArray().Select(w => (string)w!["name"]!));
        Assert.NotEqual("", (string?)last["next"]);
        Assert.Equal("", (string?)(await airbyte.GetAsync(Api + "workspaces?limit=3&offset=5", Cancel))["next"]);
        Assert.Equal(400, (await airbyte.Client.TryAsync(HttpMethod.Get, Api + "workspaces?limit=101", null, Cancel)).Status);
        Assert.Equal(404, (await airbyte.Client.TryAsync(HttpMethod.Get, $"{Api}sources/{Guid.NewGuid()}", null, Cancel)).Status);
    }

    [Fact]
    public async Task On_demand_it_answers_as_a_broken_proxy_and_then_is_well_again()
    {
        await using StandIn airbyte = await fixture.StartAsync(AuthMode.None);
        await airbyte.FaultAsync(new() { ["kind"] = "http", ["status"] = 502, ["body"] = "html", ["remaining"] = 2, ["pathPrefix"] = Api + "work" }, Cancel);
        await airbyte.FaultAsync(new() { ["kind"] = "http", ["status"] = 504, ["method"] = "POST", ["afterTheWork"] = true }, Cancel);
        Assert.Equal((200, "Successful operation"), await airbyte.Client.TryAsync(HttpMethod.Get, Api + "health", null, Cancel));
        for (int i = 0; i < 2; i++)
        {
            (int status, string body) = await airbyte.Client.TryAsync(HttpMethod.Get, Api + "workspaces", null, Cancel);
            Assert.Equal(502, status);
            Assert.StartsWith("<html>", body, StringComparison.Ordinal);
        }

        Assert.Equal(504, (await airbyte.Client.TryAsync(HttpMethod.Post, Api + "workspaces", new JsonObject { ["name"] = "made all the same" }, Cancel)).Status);
        Assert.Equal(2, (await airbyte.GetAsync(Api + "workspaces", Cancel))["data"]!.AsArray().Count);
    }
}
