using System.Text.Json.Nodes;
using AcodeOps.Lab.Airbyte;
using AcodeOps.Lab.Sales;

namespace AcodeOps.Adapters.Tests.AirbyteStandIn;

public sealed class JobTests(StandInFixture fixture)
{
    private const string Jobs = "/api/public/v1/jobs";
    private const string DailyPath = $"origin=airbyte/database=bronze_acode/{SalesTables.Daily}/";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static JsonObject SmallParts => new() { ["partRows"] = 100, ["retryDelaySeconds"] = 0.05, ["launchSeconds"] = 0.01, ["cancelWaitSeconds"] = 30 };

    [Fact]
    public async Task A_cancelled_sync_leaves_a_partial_snapshot_and_the_next_one_is_whole()
    {
        await using StandIn airbyte = await fixture.StartProvisionedAsync();
        await airbyte.ConfigureAsync(SmallParts, Cancel);
        await airbyte.FaultAsync(new() { ["kind"] = "job_hang", ["afterRows"] = 250 }, Cancel);
        long job = await airbyte.StartSyncAsync(AirbyteProvisioning.PrimaryConnection, Cancel);
        await airbyte.WaitAsync(job, "running", Cancel, j => (long)j["rowsSynced"]! == 200);
        (int status, string body) = await airbyte.Client.TryAsync(HttpMethod.Post, Jobs, airbyte.SyncRequest(AirbyteProvisioning.PrimaryConnection), Cancel);
        Assert.Equal((409, "try-again-later"), (status, (string?)JsonNode.Parse(body)!["title"]));
        Guid connection = airbyte.Installation.Connections[AirbyteProvisioning.PrimaryConnection];
        JsonObject state = new() { ["connectionId"] = connection, ["connectionState"] = new JsonObject { ["stateType"] = "stream", ["connectionId"] = connection, ["streamState"] = new JsonArray() } };
        (status, body) = await airbyte.Client.TryAsync(HttpMethod.Post, "/api/v1/state/create_or_update_safe", state, Cancel);
        Assert.Equal(423, status);
        Assert.NotNull(JsonNode.Parse(body)!["message"]);

        await airbyte.PatchConnectionAsync(AirbyteProvisioning.PrimaryConnection, new() { ["status"] = "inactive" }, Cancel);
        Assert.Equal("running", (string?)(await airbyte.GetAsync($"{Jobs}/{job}", Cancel))["status"]);
        JsonNode cancelled = await airbyte.Client.SendAsync(HttpMethod.Delete, $"{Jobs}/{job}", null, Cancel);

        Assert.Equal("cancelled", (string?)cancelled["status"]);
        Assert.Equal(Enumerable.Range(1, 200).Select(i => (long)i), (await airbyte.PrimaryLake.IdsAsync(DailyPath, Cancel)).Order());
        Assert.Equal(409, (await airbyte.Client.TryAsync(HttpMethod.Delete, $"{Jobs}/{job}", null, Cancel)).Status);
        (status, body) = await airbyte.Client.TryAsync(HttpMethod.Post, Jobs, airbyte.SyncRequest(AirbyteProvisioning.PrimaryConnection), Cancel);
        Assert.Equal((409, "state-conflict"), (status, (string?)JsonNode.Parse(body)!["title"]));

        await airbyte.ActivateAsync(AirbyteProvisioning.PrimaryConnection, Cancel);
        await airbyte.SyncAsync(AirbyteProvisioning.PrimaryConnection, Cancel);
        Assert.Equal(200 + StandInFixture.Rows, (await airbyte.PrimaryLake.IdsAsync(DailyPath, Cancel)).Count);
        JsonNode list = await airbyte.GetAsync($"{Jobs}?connectionId={connection}&limit=1", Cancel);
        Assert.Equal(job, (long)list["data"]![0]!["jobId"]!);
        list = await airbyte.GetAsync($"{Jobs}?connectionId={connection}&limit=1&orderBy=createdAt%7CDESC", Cancel);
        Assert.Equal(job + 1, (long)list["data"]![0]!["jobId"]!);
    }

    [Fact]
    public async Task A_failed_attempt_is_tried_again_and_resumes_so_that_each_row_lands_once()
    {
        await using StandIn airbyte = await fixture.StartProvisionedAsync();
        await airbyte.ConfigureAsync(SmallParts, Cancel);
        await airbyte.FaultAsync(new() { ["kind"] = "job_fail", ["afterRows"] = 250, ["remaining"] = 2 }, Cancel);

        JsonNode job = await airbyte.SyncAsync(AirbyteProvisioning.PrimaryConnection, Cancel);

        Assert.Equal(Enumerable.Range(1, StandInFixture.Rows).Select(i => (long)i), (await airbyte.PrimaryLake.IdsAsync(DailyPath, Cancel)).Order());
        JsonNode detail = await airbyte.PostAsync("/api/v1/jobs/get_without_logs", new JsonObject { ["id"] = (long)job["jobId"]! }, Cancel);
        JsonNode[] attempts = [.. detail["attempts"]!.AsArray().Select(a => a!["attempt"]!)];
        Assert.Equal(["failed", "failed", "succeeded"], attempts.Select(a => (string)a["status"]!));
        Assert.Equal("Failed on request after 250 rows", (string?)attempts[0]["failureSummary"]!["failures"]![0]!["externalMessage"]);
        Assert.Equal(["pending", "running", "incomplete", "running", "incomplete", "running", "succeeded"], Transitions(airbyte));
    }

    [Fact]
    public async Task A_refused_password_fails_the_job_at_once_and_says_why()
    {
        await using StandIn airbyte = await fixture.StartProvisionedAsync();
        Guid source = airbyte.Installation.Sources[AirbyteProvisioning.PrimarySource];
        JsonObject patch = new() { ["configuration"] = new JsonObject { ["password"] = "not it" } };
        await airbyte.Client.SendAsync(HttpMethod.Patch, $"/api/public/v1/sources/{source}", patch, Cancel);

        JsonNode check = await airbyte.PostAsync("/api/v1/sources/check_connection", new JsonObject { ["sourceId"] = source }, Cancel);
        JsonNode job = await airbyte.SyncAsync(AirbyteProvisioning.PrimaryConnection, Cancel, "failed");

        Assert.Equal("failed", (string?)check["status"]);
        Assert.Contains("Access denied", (string?)check["message"], StringComparison.Ordinal);
        JsonNode detail = await airbyte.PostAsync("/api/v1/jobs/get_without_logs", new JsonObject { ["id"] = (long)job["jobId"]! }, Cancel);
        JsonNode failure = Assert.Single(detail["attempts"]!.AsArray())!["attempt"]!["failureSummary"]!["failures"]![0]!;
        Assert.Equal(("source", "config_error"), ((string?)failure["failureOrigin"], (string?)failure["failureType"]));
    }

    [Fact]
    public async Task Killed_in_the_middle_of_a_sync_it_comes_back_with_everything_and_tries_again()
    {
        await using StandIn airbyte = await fixture.StartProvisionedAsync();
        await airbyte.ConfigureAsync(SmallParts, Cancel);
        await airbyte.FaultAsync(new() { ["kind"] = "job_hang", ["afterRows"] = 350 }, Cancel);
        long job = await airbyte.StartSyncAsync(AirbyteProvisioning.PrimaryConnection, Cancel);
        await airbyte.WaitAsync(job, "running", Cancel, j => (long)j["rowsSynced"]! == 300);
        JsonNode before = await airbyte.GetAsync("/api/public/v1/connections", Cancel);

        await airbyte.KillAsync();
        await airbyte.StartAsync(Cancel);

        await airbyte.WaitAsync(job, "succeeded", Cancel);
        Assert.True(JsonNode.DeepEquals(before["data"], (await airbyte.GetAsync("/api/public/v1/connections", Cancel))["data"]));
        Assert.Equal(Enumerable.Range(1, StandInFixture.Rows).Select(i => (long)i), (await airbyte.PrimaryLake.IdsAsync(DailyPath, Cancel)).Order());
        Assert.Equal(["pending", "running", "incomplete", "running", "succeeded"], Transitions(airbyte));
        Assert.Equal(2, airbyte.History.Count(l => (string?)l["event"] == "server_started"));
    }

    [Fact]
    public async Task A_job_that_ignores_its_cancellation_runs_on_until_the_server_is_restarted()
    {
        await using StandIn airbyte = await fixture.StartProvisionedAsync();
        JsonObject impatient = SmallParts;
        impatient["cancelWaitSeconds"] = 0.1;
        await airbyte.ConfigureAsync(impatient, Cancel);
        await airbyte.FaultAsync(new() { ["kind"] = "job_hang", ["ignoreCancel"] = true }, Cancel);
        long job = await airbyte.StartSyncAsync(AirbyteProvisioning.PrimaryConnection, Cancel);
        await airbyte.WaitAsync(job, "running", Cancel);
        // It is deaf only from here on.
        while (!airbyte.History.Any(l => (string?)l["event"] == "fault" && (string?)l["what"] == "struck"))
        {
            await Task.Delay(20, Cancel);
        }

        JsonNode answer = await airbyte.Client.SendAsync(HttpMethod.Delete, $"{Jobs}/{job}", null, Cancel);

        Assert.Equal("running", (string?)answer["status"]);
        await airbyte.KillAsync();
        await airbyte.StartAsync(Cancel);
        await airbyte.WaitAsync(job, "cancelled", Cancel);
        Assert.Empty(await airbyte.PrimaryLake.KeysAsync("", Cancel));
    }

    [Fact]
    public async Task On_demand_a_sync_succeeds_with_nothing_or_cannot_reach_its_source()
    {
        await using StandIn airbyte = await fixture.StartProvisionedAsync();
        await airbyte.ConfigureAsync(SmallParts, Cancel);
        await airbyte.FaultAsync(new() { ["kind"] = "job_zero_rows" }, Cancel);
        Assert.Equal(0, (long)(await airbyte.SyncAsync(AirbyteProvisioning.PrimaryConnection, Cancel))["rowsSynced"]!);
        Assert.Empty(await airbyte.PrimaryLake.KeysAsync("", Cancel));

        Guid source = airbyte.Installation.Sources[AirbyteProvisioning.PrimarySource];
        await airbyte.FaultAsync(new() { ["kind"] = "unreachable", ["actorId"] = source, ["remaining"] = null }, Cancel);
        await airbyte.SyncAsync(AirbyteProvisioning.PrimaryConnection, Cancel, "failed");
        Assert.Equal(500, (await airbyte.Client.TryAsync(HttpMethod.Get, $"/api/public/v1/streams?sourceId={source}&ignoreCache=true", null, Cancel)).Status);
        await airbyte.Client.SendAsync(HttpMethod.Delete, "/lab/faults", null, Cancel);
        await airbyte.GetAsync($"/api/public/v1/streams?sourceId={source}&ignoreCache=true", Cancel);
    }

    private static IEnumerable<string> Transitions(StandIn airbyte) =>
        airbyte.History.Where(l => (string?)l["event"] == "job" && (string?)l["from"] != (string?)l["to"]).Select(l => (string)l["to"]!);
}
