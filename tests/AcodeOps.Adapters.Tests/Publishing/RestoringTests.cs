using System.Text.Json.Nodes;
using AcodeOps.Adapters.Tests.Failover;
using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Configuration;
using AcodeOps.Lab.Sales;

namespace AcodeOps.Adapters.Tests.Publishing;

/// <summary>A backup brings back what was changed and what was deleted, and how far streams were read.</summary>
public sealed class RestoringTests(LabFixture labs)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_deleted_is_made_again_with_its_secrets_and_states()
    {
        await using PublishingSite site = await PublishingSite.StartAsync(labs);
        (Guid source, Guid destination, Guid connection) = await site.BeginAsync();
        site.Refer("destinations/lake", "access_key_id", "secretsmanager:acode/s3");
        site.Refer("destinations/lake", "secret_access_key", "secretsmanager:acode/s3");
        await site.PublishAsync();
        await WriteStateAsync(site, connection, "2026-11-01T00:00:00");
        ConfigurationBackup kept = await KeepAsync(site);
        Assert.Equal((1, 1, 1, 1), (kept.Sources, kept.Destinations, kept.Connections, kept.States));
        Assert.Equal($"{site.Lab.Databases.Primary.Database}.{SalesTables.Daily}: 2026-11-01T00:00:00", Assert.Single(kept.Cursors));

        // With the source goes the connection, and with it how far it was read.
        await site.ByHandAsync(HttpMethod.Delete, $"sources/{source}");
        await site.ByHandAsync(HttpMethod.Patch, $"destinations/{destination}", new() { ["name"] = "renamed" });
        RunbookRun run = (await site.RestoreAsync(kept.Id))!;
        FailoverSite.AssertStatus(RunbookStatus.Completed, run);
        Assert.Empty(await site.CompareAsync(secrets: true));
        Guid again = Assert.Single(((PublicationResult)run.Result!).Resources, made => made.Kind == ConfiguredKind.Connection).ResourceId;
        Assert.NotEqual(connection, again);
        Assert.Contains("2026-11-01T00:00:00", Assert.Single((await site.Installation.Airbyte.ReadStateAsync(again, Cancel)).Streams).Json, StringComparison.Ordinal);
        Assert.Null(await site.PublishAsync());
    }

    [Fact]
    public async Task States_are_written_back_where_they_were_lost_or_that_is_asked_for()
    {
        await using PublishingSite site = await PublishingSite.StartAsync(labs);
        (_, _, Guid connection) = await site.BeginAsync();
        await WriteStateAsync(site, connection, "2026-11-01T00:00:00");
        ConfigurationBackup kept = await KeepAsync(site);

        // Read on since: that is left, as rows would be read twice.
        await WriteStateAsync(site, connection, "2026-11-20T00:00:00");
        Assert.Null(await site.RestoreAsync(kept.Id));
        Assert.Equal("2026-11-20T00:00:00", await CursorAsync(site, connection));
        FailoverSite.AssertStatus(RunbookStatus.Completed, (await site.RestoreAsync(kept.Id, includeState: true))!);
        Assert.Equal("2026-11-01T00:00:00", await CursorAsync(site, connection));

        // Another mode made Airbyte forget it; on the way back it is written back, and needs no further consent.
        site.Edit("connections/shop_to_lake", "sync_mode: incremental, destination_sync_mode: append", "sync_mode: full_refresh, destination_sync_mode: append");
        FailoverSite.AssertStatus(RunbookStatus.Completed, (await site.PublishAsync(new() { AllowStateReset = true }))!);
        Assert.Null(await CursorAsync(site, connection));
        FailoverSite.AssertStatus(RunbookStatus.Completed, (await site.RestoreAsync(kept.Id))!);
        Assert.Equal("2026-11-01T00:00:00", await CursorAsync(site, connection));
    }

    [Fact]
    public async Task A_backup_of_elsewhere_or_a_damaged_one_changes_nothing()
    {
        await using PublishingSite site = await PublishingSite.StartAsync(labs);
        await site.BeginAsync();
        await using PublishingSite other = await PublishingSite.StartAsync(labs);
        await other.BeginAsync();
        ConfigurationSnapshot elsewhere = await new ConfigurationBackups(other.Installation).ReadAsync(Cancel);
        AcodeException refused = await Assert.ThrowsAsync<AcodeException>(
            () => new RestorationPlanner(site.Installation).PlanAsync(elsewhere, new PublicationOptions(), includeState: false, Cancel));
        Assert.Equal("BackupElsewhere", refused.Id);

        byte[] file = ConfigurationBackups.ToFile(elsewhere);
        Random random = new(1);
        for (int round = 0; round < 200; round++)
        {
            byte[] damaged = [.. file];
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(7));
            Assert.Equal("BackupDamaged", Assert.Throws<AcodeException>(() => ConfigurationBackups.OfFile(damaged, "kept.json")).Id);
            Assert.Equal("BackupDamaged", Assert.Throws<AcodeException>(() => ConfigurationBackups.OfFile(file.AsMemory(0, random.Next(file.Length)), "kept.json")).Id);
        }
    }

    private static async Task<ConfigurationBackup> KeepAsync(PublishingSite site)
    {
        ConfigurationBackups backups = new(site.Installation);
        ConfigurationBackup kept = await backups.StoreAsync(await backups.ReadAsync(Cancel), StorageRole.Audit, Cancel);
        Assert.Equal(kept.Id, (await backups.ListAsync(StorageRole.Audit, Cancel).FirstAsync(Cancel)).Backup!.Id);
        return kept;
    }

    private static Task WriteStateAsync(PublishingSite site, Guid connection, string cursor) => site.Installation.Airbyte.WriteStateAsync(
        connection,
        new SyncState(SyncStateKind.Stream)
        {
            Streams =
            [
                new StreamState(SalesTables.Daily, site.Lab.Databases.Primary.Database, new JsonObject
                {
                    ["state_type"] = "cursor_based",
                    ["version"] = 3,
                    ["stream_name"] = SalesTables.Daily,
                    ["stream_namespace"] = site.Lab.Databases.Primary.Database,
                    ["cursor_field"] = new JsonArray("Data_Processamento"),
                    ["cursor"] = cursor,
                }.ToJsonString()),
            ],
        },
        Cancel);

    private static async Task<string?> CursorAsync(PublishingSite site, Guid connection) =>
        (await site.Installation.Airbyte.ReadStateAsync(connection, Cancel)).Streams is [{ Json: { } json }] ? (string?)JsonNode.Parse(json)!["cursor"] : null;
}
