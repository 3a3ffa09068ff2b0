using System.Text.Json.Nodes;
using AcodeOps.Adapters.Tests.Failover;
using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Configuration;
using AcodeOps.Configuration.Publishing;
using AcodeOps.Lab.Airbyte;
using AcodeOps.Lab.Sales;
using AcodeOps.Runbooks;

namespace AcodeOps.Adapters.Tests.Publishing;

/// <summary>What publishing refuses, what it leaves alone, and what is left of it when something goes wrong on the way.</summary>
public sealed class PublishingTests(LabFixture labs)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_never_works_over_a_running_sync()
    {
        await using PublishingSite site = await PublishingSite.StartAsync(labs);
        (_, _, Guid connection) = await site.BeginAsync();
        site.Refer("destinations/lake", "s3_bucket_path", "elsewhere");
        PublicationPlan plan = await site.PlanAsync();

        // Begun after the plan was made: found before the change that it would meet.
        await site.Installation.Airbyte.SetStatusAsync(connection, ConnectionStatus.Active, Cancel);
        Sync sync = await StartSlowlyAsync(site, connection);
        string world = await site.WorldAsync();
        RunbookRun run = (await site.RunAsync(plan))!;
        FailoverSite.AssertStatus(RunbookStatus.Undone, run);
        Assert.Equal("SyncRunning", run.ErrorId);
        Assert.Contains($"{sync.JobId}", run.Error, StringComparison.Ordinal);
        Assert.Equal("SyncRunning", (await Assert.ThrowsAsync<AcodeException>(() => site.PlanAsync())).Id);
        Assert.Equal(world, await site.WorldAsync());

        await site.Installation.Airbyte.CancelSyncAsync(sync.JobId, Cancel);
        while (!(await site.Installation.Airbyte.ReadSyncAsync(sync.JobId, Cancel))!.IsTerminal)
        {
            await Task.Delay(50, Cancel);
        }

        FailoverSite.AssertStatus(RunbookStatus.Completed, (await site.PublishAsync())!);
    }

    // The ids of runs are of the clock of the machine that made them: which record is the last one is not told by them.
    [Fact]
    public async Task Machines_whose_clocks_differ_publish_one_after_the_other()
    {
        await using PublishingSite site = await PublishingSite.StartAsync(labs);
        await site.BeginAsync();
        foreach ((int minutes, string before, string after) in new[] { (60, "0 0 2 ", "0 0 3 "), (0, "0 0 3 ", "0 0 4 "), (-60, "0 0 4 ", "0 0 5 ") })
        {
            site.Edit("connections/shop_to_lake", before, after);
            await using Installation machine = new(site.Environment, session: null, new ClockAhead(TimeSpan.FromMinutes(minutes)));
            PublicationPlan plan = await new PublicationPlanner(machine).PlanAsync(await site.ReadAsync(), new PublicationOptions(), Cancel);
            RunbookRun run = await new RunbookEngine(machine, FailoverSite.Origin).StartAsync(new PublicationRunbook(plan), new RunOptions(), progress: null, Cancel);

            FailoverSite.AssertStatus(RunbookStatus.Completed, run);
            Assert.Empty(await site.CompareAsync());
        }
    }

    [Fact]
    public async Task Only_what_differs_of_a_connection_is_sent_and_streams_always_as_a_whole_with_their_modes()
    {
        await using PublishingSite site = await PublishingSite.StartAsync(labs);
        (_, _, Guid connection) = await site.BeginAsync();
        site.Edit("connections/shop_to_lake", "0 0 2 ", "0 0 3 ");
        string streamsBefore = await StreamsAsync();
        FailoverSite.AssertStatus(RunbookStatus.Completed, (await site.PublishAsync())!);
        Assert.Equal(streamsBefore, await StreamsAsync());

        // A column selection on one stream: the other goes along, or it would be synced no longer, and none without its mode, or it would be overwritten.
        site.Edit("connections/shop_to_lake", @"(sync_mode: incremental, [^}]*)\}", "$1, field_selection_enabled: true, selected_fields: [{field_path: [idpk]}, {field_path: [Data_Processamento]}]}");
        FailoverSite.AssertStatus(RunbookStatus.Completed, (await site.PublishAsync())!);
        JsonArray streams = (await site.ByHandAsync(HttpMethod.Get, $"connections/{connection}"))["configurations"]!["streams"]!.AsArray();
        Assert.Equal(
            [(SalesTables.Daily, "incremental_append", 2), (SalesTables.Products, "full_refresh_append", 0)],
            streams.Select(stream => ((string)stream!["name"]!, (string)stream["syncMode"]!, stream["selectedFields"]!.AsArray().Count)));

        async Task<string> StreamsAsync() => (await site.ByHandAsync(HttpMethod.Get, $"connections/{connection}"))["configurations"]!.ToJsonString();
    }

    [Fact]
    public async Task A_form_that_is_given_up_leaves_nothing_behind_and_unchanged_secrets_stay()
    {
        await using PublishingSite site = await PublishingSite.StartAsync(labs);
        (_, Guid destination, _) = await site.BeginAsync();
        await site.ByHandAsync(HttpMethod.Patch, $"destinations/{destination}", new() { ["configuration"] = new JsonObject { ["format"] = new JsonObject { ["format_type"] = "JSONL", ["flattening"] = "No flattening" } } });
        string kept = await CoordinateAsync();

        FailoverSite.AssertStatus(RunbookStatus.Completed, (await site.PublishAsync())!);
        JsonNode read = await site.ByHandAsync(HttpMethod.Get, $"destinations/{destination}");
        Assert.Equal("{\"format_type\":\"Parquet\",\"compression_codec\":\"SNAPPY\"}", read["configuration"]!["format"]!.ToJsonString());
        Assert.Equal(kept, await CoordinateAsync());

        async Task<string> CoordinateAsync() => (string)(await site.ByHandAsync(HttpMethod.Get, $"destinations/{destination}?includeSecretCoordinates=true"))["configuration"]!["secret_access_key"]!;
    }

    [Fact]
    public async Task A_change_that_would_forget_how_far_a_stream_was_read_needs_a_consent_and_can_be_taken_back_with_it()
    {
        await using PublishingSite site = await PublishingSite.StartAsync(labs);
        (_, Guid destination, Guid connection) = await site.BeginAsync();
        SyncState state = new(SyncStateKind.Stream) { Streams = [new StreamState(SalesTables.Daily, site.Lab.Databases.Primary.Database, """{"cursor":"2026-11-01T00:00:00","cursor_field":["Data_Processamento"],"version":2}""")] };
        await site.Installation.Airbyte.WriteStateAsync(connection, state, Cancel);
        string world = await site.WorldAsync();
        site.Edit("connections/shop_to_lake", "sync_mode: incremental, destination_sync_mode: append", "sync_mode: full_refresh, destination_sync_mode: append");

        AcodeException refused = await Assert.ThrowsAsync<AcodeException>(() => site.PlanAsync());
        Assert.Equal("StateWouldBeReset", refused.Id);
        Assert.Contains("-AllowStateReset", refused.Advice, StringComparison.Ordinal);
        RunbookRun run = (await site.PublishAsync(new() { AllowStateReset = true }))!;
        FailoverSite.AssertStatus(RunbookStatus.Completed, run);
        Assert.Empty((await site.Installation.Airbyte.ReadStateAsync(connection, Cancel)).Streams);

        RunbookRun undone = await new RunbookEngine(site.Installation, FailoverSite.Origin).UndoAsync(run.RunId, new RunOptions(), progress: null, Cancel);
        FailoverSite.AssertStatus(RunbookStatus.Undone, undone);
        Assert.Equal(world, await site.WorldAsync());
        Assert.Equal(JsonNode.Parse(state.Streams[0].Json!)!.ToJsonString(), JsonNode.Parse(Assert.Single((await site.Installation.Airbyte.ReadStateAsync(connection, Cancel)).Streams).Json!)!.ToJsonString());
        ConfigurationChange again = Assert.Single(await site.CompareAsync());
        Assert.Equal((ChangeOrigin.Change, "incremental_append"), (again.Origin, again.Applied));
        Assert.NotEqual(Guid.Empty, destination);
    }

    [Fact]
    public async Task What_fails_on_the_way_is_taken_back_and_what_faults_once_is_done()
    {
        await using PublishingSite site = await PublishingSite.StartAsync(labs);
        (_, Guid destination, Guid connection) = await site.BeginAsync();
        string world = await site.WorldAsync();
        site.Edit("sources/shop", @"\nconfiguration:\n", "\nconfiguration:\n  jdbc_url_params: connectTimeout=5000\n");
        site.Refer("destinations/lake", "s3_bucket_path", "elsewhere");

        // The last of three changes cannot be made: Airbyte does not find the stream.
        site.Edit("connections/shop_to_lake", SalesTables.Products, "no_such_table");
        RunbookRun run = (await site.PublishAsync())!;
        FailoverSite.AssertStatus(RunbookStatus.Undone, run);
        Assert.Equal("ConfigurationRefused", run.ErrorId);
        Assert.Contains("no_such_table", string.Concat(run.Plan is PublicationPlan plan ? plan.Changes.Select(change => $"{change}") : []), StringComparison.Ordinal);
        Assert.Equal(world, await site.WorldAsync());

        site.Edit("connections/shop_to_lake", "no_such_table", SalesTables.Products);
        await FaultAsync(site, new() { ["kind"] = "http", ["method"] = "PUT", ["pathPrefix"] = $"/api/public/v1/destinations/{destination}", ["status"] = 503 });
        FailoverSite.AssertStatus(RunbookStatus.Completed, (await site.PublishAsync())!);

        Assert.Empty(await site.CompareAsync(secrets: true));
        Assert.Equal("shop to lake", (string?)(await site.ByHandAsync(HttpMethod.Get, $"connections/{connection}"))["name"]);
    }

    [Fact]
    public async Task Routes_are_not_switched_by_it_and_of_two_new_ones_one_writes()
    {
        await using PublishingSite site = await PublishingSite.StartAsync(labs, "shop to lake");
        (_, _, Guid connection) = await site.BeginAsync();
        await site.Installation.Airbyte.SetStatusAsync(connection, ConnectionStatus.Active, Cancel);
        ConfigurationChange left = Assert.Single(await site.CompareAsync());
        Assert.Equal((ConfigurationAction.Leave, "status", "active", "inactive"), (left.Action, left.Field, left.Live, left.Desired));
        Assert.Contains("Invoke-AcodeFailover", left.Note, StringComparison.Ordinal);
        site.Edit("connections/shop_to_lake", "0 0 2 ", "0 0 3 ");
        FailoverSite.AssertStatus(RunbookStatus.Completed, (await site.PublishAsync())!);
        Assert.Equal("active", (string?)(await site.ByHandAsync(HttpMethod.Get, $"connections/{connection}"))["status"]);

        // Its folder is gone: it is not deleted while it is a route.
        Directory.Delete(Path.Combine(site.Folder, "connections/shop_to_lake"), recursive: true);
        Assert.Null(await site.PublishAsync(new() { Prune = true, AllowStateReset = true }));
    }

    [Fact]
    public async Task What_cannot_be_told_or_done_is_refused_before_anything_is_touched()
    {
        await using PublishingSite site = await PublishingSite.StartAsync(labs);
        (Guid source, Guid destination, _) = await site.BeginAsync();
        string world = await site.WorldAsync();
        Dictionary<string, string> files = site.Files();

        // Another end: Airbyte cannot give a connection one.
        Directory.CreateDirectory(Path.GetDirectoryName(site.File("destinations/other"))!);
        File.Copy(site.File("destinations/lake"), site.File("destinations/other"));
        site.Refer("destinations/other", "access_key_id", "secretsmanager:acode/s3");
        site.Refer("destinations/other", "secret_access_key", "secretsmanager:acode/s3");
        site.Edit("destinations/other", "resource_name: lake", "resource_name: other");
        site.Edit("connections/shop_to_lake", "destinations/lake/", "destinations/other/");
        await AssertRefusedAsync("ConnectionEndsFixed");

        site.Write(files);
        site.Edit("connections/shop_to_lake", "selected: true", "selected: false");
        await AssertRefusedAsync("StreamsMissing");

        site.Write(files);
        Directory.CreateDirectory(Path.GetDirectoryName(site.File("sources/second"))!);
        await File.WriteAllTextAsync(site.File("sources/second"), files["sources/shop/configuration.yaml"]
            .Replace("resource_name: shop", "resource_name: second", StringComparison.Ordinal)
            .Replace("secretsmanager:acode/mysql/primary", "\"**********\"", StringComparison.Ordinal), Cancel);
        await AssertRefusedAsync("SecretMissing");

        site.Write(files);
        Directory.Delete(Path.Combine(site.Folder, "sources/shop"), recursive: true);
        Guid twin = await site.MakeAsync("source", "twin", site.SourceSettings());
        Guid other = await site.MakeAsync("source", "twin", site.SourceSettings());
        site.Write(files);
        Directory.CreateDirectory(Path.GetDirectoryName(site.File("sources/twin"))!);
        await File.WriteAllTextAsync(site.File("sources/twin"), files["sources/shop/configuration.yaml"].Replace("resource_name: shop", "resource_name: twin", StringComparison.Ordinal), Cancel);
        await AssertRefusedAsync("ResourceAmbiguous");
        await site.ByHandAsync(HttpMethod.Delete, $"sources/{twin}");
        await site.ByHandAsync(HttpMethod.Delete, $"sources/{other}");

        site.Write(files);
        site.Edit("connections/shop_to_lake", "sync_mode: incremental", "sync_mode: incrementaly");
        await AssertRefusedAsync("ConfigurationInvalid");
        Assert.Equal(world, await site.WorldAsync());
        Assert.NotEqual(source, destination);

        async Task AssertRefusedAsync(string id) => Assert.Equal(id, (await Assert.ThrowsAsync<AcodeException>(() => site.PlanAsync(new() { AllowStateReset = true }))).Id);
    }

    private static async Task<Sync> StartSlowlyAsync(PublishingSite site, Guid connection)
    {
        await FaultAsync(site, new() { ["kind"] = "job_hang", ["connectionId"] = connection, ["afterRows"] = 1 });
        Sync sync = await site.Installation.Airbyte.StartSyncAsync(connection, Cancel);
        await HangingJob.WaitAsync(site.Lab, sync.JobId, Cancel);
        return sync;
    }

    // Each strikes once.
    private static Task<JsonNode> FaultAsync(PublishingSite site, JsonObject fault) => site.Airbyte.SendAsync(HttpMethod.Post, "/lab/faults", fault, Cancel);
}
