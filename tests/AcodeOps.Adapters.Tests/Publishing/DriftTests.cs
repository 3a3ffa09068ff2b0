using System.Text.Json.Nodes;
using AcodeOps.Adapters.Tests.Failover;
using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Configuration;
using AcodeOps.Lab.Sales;
using AcodeOps.Lab.Servers.Storage;
using AcodeOps.Runbooks;

namespace AcodeOps.Adapters.Tests.Publishing;

/// <summary>What somebody has changed at Airbyte by hand is found, and named field by field; and what only the server writes in another way is not.</summary>
public sealed class DriftTests(LabFixture labs)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_changed_by_hand_is_named_field_by_field_and_set_back()
    {
        await using PublishingSite site = await PublishingSite.StartAsync(labs);
        (Guid source, Guid destination, Guid connection) = await site.BeginAsync();
        string stream = $"streams[{site.Lab.Databases.Primary.Database}.{SalesTables.Daily}]";
        string added = $"streams[{site.Lab.Databases.Primary.Database}.{SalesTables.Invoices}]";

        await site.ByHandAsync(HttpMethod.Patch, $"destinations/{destination}", new() { ["configuration"] = new JsonObject { ["s3_bucket_name"] = StorageBuckets.Backup, ["format"] = new JsonObject { ["block_size_mb"] = 64 } } });
        await site.ByHandAsync(HttpMethod.Patch, $"connections/{connection}", new()
        {
            ["schedule"] = new JsonObject { ["scheduleType"] = "cron", ["cronExpression"] = "0 30 4 * * ?" },
            ["prefix"] = "x_",
            ["configurations"] = new JsonObject
            {
                ["streams"] = new JsonArray(
                    PublishingSite.Stream(SalesTables.Daily, "incremental_append", "idpk"), PublishingSite.Stream(SalesTables.Products, "full_refresh_append"),
                    PublishingSite.Stream(SalesTables.Invoices, "full_refresh_overwrite")),
            },
        });
        await site.ByHandAsync(HttpMethod.Patch, $"sources/{source}", new() { ["configuration"] = new JsonObject { ["password"] = "hunter-3", ["jdbc_url_params"] = "useSSL=false" } });

        IReadOnlyList<ConfigurationChange> changes = await site.CompareAsync(secrets: true);
        Assert.All(changes, change => Assert.Equal((ChangeOrigin.Drift, ConfigurationAction.Update), (change.Origin, change.Action)));
        Assert.Equal(
            [
                ("jdbc_url_params", "useSSL=false", null),
                ("password", "(secret)", "(secret)"),
                ("format.block_size_mb", "64", null),
                ("s3_bucket_name", StorageBuckets.Backup, StorageBuckets.Primary),
                ("prefix", "x_", null),
                ("schedule.cronExpression", "0 30 4 * * ?", "0 0 2 * * ?"),
                ($"{stream}.cursorField", "idpk", "Data_Processamento"),
                (added, "full_refresh_overwrite", null),
            ],
            changes.OrderBy(c => c.Kind).ThenBy(c => c.Field, StringComparer.Ordinal).Select(c => (c.Field!, c.Live, c.Desired)));
        Assert.True(changes.Single(change => change.Field == $"{stream}.cursorField").ResetsState);
        Assert.All(changes, change => Assert.True(change is { File: not null, Line: > 0, Column: > 0 }, $"{change}"));
        Assert.DoesNotContain("hunter-3", string.Concat(changes), StringComparison.Ordinal);

        // Without asking for them, secrets are not known to have changed, and nothing else is lost.
        Assert.Equal(changes.Count - 1, (await site.CompareAsync()).Count);

        AcodeException refused = await Assert.ThrowsAsync<AcodeException>(() => site.PlanAsync());
        Assert.Equal("StateWouldBeReset", refused.Id);
        FailoverSite.AssertStatus(RunbookStatus.Completed, (await site.PublishAsync(new() { AllowStateReset = true }))!);
        Assert.Empty(await site.CompareAsync(secrets: true));
        Assert.Null(await site.PublishAsync());
        Assert.Equal("succeeded", (string?)(await site.Airbyte.SendAsync(HttpMethod.Post, "/api/v1/sources/check_connection", new JsonObject { ["sourceId"] = source }, Cancel))["status"]);
    }

    [Fact]
    public async Task Change_drift_and_conflict_are_told_apart()
    {
        await using PublishingSite site = await PublishingSite.StartAsync(labs);
        (_, Guid destination, Guid connection) = await site.BeginAsync();
        site.Refer("destinations/lake", "s3_bucket_path", "elsewhere");
        site.Refer("connections/shop_to_lake", "prefix", "mine_");
        await site.ByHandAsync(HttpMethod.Patch, $"connections/{connection}", new() { ["prefix"] = "theirs_", ["name"] = "renamed" });

        Assert.Equal(
            [("s3_bucket_path", ChangeOrigin.Change, "published"), ("name", ChangeOrigin.Drift, "shop to lake"), ("prefix", ChangeOrigin.Conflict, null)],
            (await site.CompareAsync()).Select(change => (change.Field!, change.Origin, change.Applied)));
        Assert.Equal("ConfigurationConflict", (await Assert.ThrowsAsync<AcodeException>(() => site.PlanAsync())).Id);
        FailoverSite.AssertStatus(RunbookStatus.Completed, (await site.PublishAsync(new() { AllowConflict = true }))!);
        Assert.Equal(("mine_", "shop to lake"), await NamedAsync());
        Assert.Equal("elsewhere", (string?)(await site.ByHandAsync(HttpMethod.Get, $"destinations/{destination}"))["configuration"]!["s3_bucket_path"]);

        // A conflict whose two sides have come to the same is none.
        site.Refer("connections/shop_to_lake", "prefix", "both_");
        await site.ByHandAsync(HttpMethod.Patch, $"connections/{connection}", new() { ["prefix"] = "both_" });
        Assert.Empty(await site.CompareAsync());

        async Task<(string?, string?)> NamedAsync()
        {
            JsonNode read = await site.ByHandAsync(HttpMethod.Get, $"connections/{connection}");
            return ((string?)read["prefix"], (string?)read["name"]);
        }
    }

    [Fact]
    public async Task A_secret_that_the_file_refers_to_is_set_when_it_has_changed_and_is_never_shown()
    {
        await using PublishingSite site = await PublishingSite.StartAsync(labs);
        (Guid source, _, _) = await site.BeginAsync();
        string coordinate = await CoordinateAsync();

        // A second reference to the same secret is no change of it.
        site.Refer("sources/shop", "password", "${ACODE_TEST_NOT_SET}");
        Assert.Equal("ConfigurationInvalid", (await Assert.ThrowsAsync<AcodeException>(() => site.CompareAsync())).Id);
        System.Environment.SetEnvironmentVariable("ACODE_TEST_READER", site.Lab.Databases.Primary.Reader.Password);
        site.Refer("sources/shop", "password", "${ACODE_TEST_READER}");
        Assert.Empty(await site.CompareAsync(secrets: true));

        site.Refer("sources/shop", "password", "secretsmanager:acode/mysql/backup");
        site.Refer("sources/shop", "username", "secretsmanager:acode/mysql/backup");
        IReadOnlyList<ConfigurationChange> changes = await site.CompareAsync();
        Assert.Equal([("username", false), ("password", true)], changes.Select(change => (change.Field!, change.IsSecret)));
        Assert.All(changes, change => Assert.Equal(ChangeOrigin.Change, change.Origin));

        // Airbyte is let try it first, and cannot log in with it: nothing is saved.
        RunbookRun run = (await site.PublishAsync())!;
        FailoverSite.AssertStatus(RunbookStatus.Undone, run);
        Assert.Equal("ConnectorCheckFailed", run.ErrorId);
        Assert.Equal(coordinate, await CoordinateAsync());
        Assert.DoesNotContain(site.Lab.Databases.Replica.Reader.Password, $"{run}{run.Error}{string.Concat(run.Steps.SelectMany(step => step.Evidence))}", StringComparison.Ordinal);

        async Task<string> CoordinateAsync() => (string)(await site.ByHandAsync(HttpMethod.Get, $"sources/{source}?includeSecretCoordinates=true"))["configuration"]!["password"]!;
    }

    [Fact]
    public async Task A_secret_where_the_connector_declares_none_is_kept_and_never_shown()
    {
        await using PublishingSite site = await PublishingSite.StartAsync(labs);
        (Guid source, _, _) = await site.BeginAsync();
        await site.ByHandAsync(HttpMethod.Patch, $"sources/{source}", new() { ["configuration"] = new JsonObject { ["jdbc_url_params"] = "user=x&password=hunter-4" } });
        ConfigurationChange drift = Assert.Single(await site.CompareAsync());
        Assert.Equal(("jdbc_url_params", true, "(secret)"), (drift.Field, drift.IsSecret, drift.Live));

        await site.ImportAsync();
        site.Refer("sources/shop", "password", "secretsmanager:acode/mysql/primary");
        Assert.Empty(await site.CompareAsync());
        site.Edit("sources/shop", "resource_name: shop", "resource_name: store");
        RunbookRun run = (await site.PublishAsync())!;
        FailoverSite.AssertStatus(RunbookStatus.Completed, run);
        Assert.Equal("user=x&password=hunter-4", (string?)(await site.ByHandAsync(HttpMethod.Get, $"sources/{source}"))["configuration"]!["jdbc_url_params"]);

        RunbookRun undone = await new RunbookEngine(site.Installation, FailoverSite.Origin).UndoAsync(run.RunId, new RunOptions(), progress: null, Cancel);
        FailoverSite.AssertStatus(RunbookStatus.Undone, undone);
        Assert.Equal("user=x&password=hunter-4", (string?)(await site.ByHandAsync(HttpMethod.Get, $"sources/{source}"))["configuration"]!["jdbc_url_params"]);

        string kept = System.Text.Encoding.UTF8.GetString(ConfigurationBackups.ToFile(await new ConfigurationBackups(site.Installation).ReadAsync(Cancel)));
        string journal = string.Concat((await site.Installation.Journals.ReadAsync(run.RunId, Cancel)).Select(System.Text.Encoding.UTF8.GetString));
        Assert.DoesNotContain("hunter-4", kept + journal + string.Concat(site.Files().Values) + drift, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_gone_is_made_again_and_what_no_file_has_is_deleted_only_when_that_is_asked_for()
    {
        await using PublishingSite site = await PublishingSite.StartAsync(labs);
        (Guid source, Guid destination, Guid connection) = await site.BeginAsync();
        await site.ByHandAsync(HttpMethod.Delete, $"connections/{connection}");
        ConfigurationChange gone = Assert.Single(await site.CompareAsync());
        Assert.Equal((ConfigurationAction.Create, ChangeOrigin.Drift), (gone.Action, gone.Origin));
        Assert.Contains($"{connection}", gone.Note, StringComparison.Ordinal);
        FailoverSite.AssertStatus(RunbookStatus.Completed, (await site.PublishAsync())!);
        Assert.Empty(await site.CompareAsync());

        Directory.Delete(Path.Combine(site.Folder, "connections/shop_to_lake"), recursive: true);
        ConfigurationChange left = Assert.Single(await site.CompareAsync());
        Assert.Equal((ConfigurationAction.Leave, ChangeOrigin.Change), (left.Action, left.Origin));
        Assert.Null(await site.PublishAsync());
        Guid other = await site.MakeAsync("source", "nobody's", site.SourceSettings());
        ConfigurationChange pruned = Assert.Single(await site.CompareAsync(prune: true));
        Assert.Equal((ConfigurationAction.Delete, "shop to lake"), (pruned.Action, pruned.Name));
        Assert.Equal("StateWouldBeReset", (await Assert.ThrowsAsync<AcodeException>(() => site.PlanAsync(new() { Prune = true }))).Id);
        FailoverSite.AssertStatus(RunbookStatus.Completed, (await site.PublishAsync(new() { Prune = true, AllowStateReset = true }))!);
        Assert.Empty(await site.CompareAsync(prune: true));

        // What nobody here has made is nobody's here to delete.
        Assert.NotNull(await site.Installation.Airbyte.ReadSourceAsync(other, Cancel));
        Assert.NotNull(await site.Installation.Airbyte.ReadSourceAsync(source, Cancel));
        Assert.NotNull(await site.Installation.Airbyte.ReadDestinationAsync(destination, Cancel));
    }
}
