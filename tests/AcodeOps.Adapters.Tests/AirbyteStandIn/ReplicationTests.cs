using System.Globalization;
using System.Text.Json.Nodes;
using AcodeOps.Lab.Airbyte;
using AcodeOps.Lab.Sales;
using AcodeOps.Lab.Servers.Databases;

namespace AcodeOps.Adapters.Tests.AirbyteStandIn;

public sealed class ReplicationTests(StandInFixture fixture)
{
    private const string PrimaryPath = "origin=airbyte/database=bronze_acode/";
    private const string BackupPath = "origin=backup/database=bronze_acode_backup/";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task A_full_refresh_lands_every_row_and_value_once_under_the_days_partition(DatabaseFlavor flavor)
    {
        await using StandIn airbyte = await fixture.StartProvisionedAsync(flavor);
        DatabaseServer source = (await fixture.PairAsync(flavor)).Primary;
        await airbyte.ConfigureAsync(new() { ["partRows"] = 1_100, ["rowGroupRows"] = 400 }, Cancel);

        JsonNode job = await airbyte.SyncAsync(AirbyteProvisioning.PrimaryConnection, Cancel);

        long expected = 0;
        foreach (string table in SalesTables.All)
        {
            IReadOnlyList<string> keys = await airbyte.PrimaryLake.KeysAsync($"{PrimaryPath}{table}/", Cancel);
            Assert.All(keys, k => Assert.Matches($"^{PrimaryPath}{table}/cog_dt_ingestion=[0-9-]{{10}}/file_{table}_[0-9]+_[0-9]+\\.parquet$", k));
            long rows = Convert.ToInt64(await source.ScalarAsync($"SELECT COUNT(*) FROM {source.Database}.{table}", Cancel), CultureInfo.InvariantCulture);
            expected += rows;
            Assert.Equal((rows + 1_099) / 1_100, keys.Count);
            Assert.Equal(Enumerable.Range(1, (int)rows).Select(i => (long)i), (await airbyte.PrimaryLake.IdsAsync($"{PrimaryPath}{table}/", Cancel)).Order());
        }

        Assert.Equal(expected, (long)job["rowsSynced"]!);
        string daily = $"{PrimaryPath}{SalesTables.Daily}/";
        IReadOnlyList<double?> totals = await airbyte.PrimaryLake.ColumnAsync<double>(daily, "ACODE_Val_Total", Cancel);
        object? sum = await source.ScalarAsync($"SELECT SUM(ACODE_Val_Total) FROM {source.Database}.{SalesTables.Daily}", Cancel);
        Assert.Equal(Convert.ToDouble(sum, CultureInfo.InvariantCulture), totals.Sum(v => v ?? 0), 3);
        object? nulls = await source.ScalarAsync($"SELECT COUNT(*) - COUNT(EAN) FROM {source.Database}.{SalesTables.Daily}", Cancel);
        Assert.Equal(Convert.ToInt32(nulls, CultureInfo.InvariantCulture), (await airbyte.PrimaryLake.TextsAsync(daily, "EAN", Cancel)).Count(v => v is null));
        object? newest = await source.ScalarAsync($"SELECT MAX(Data_Processamento) FROM {source.Database}.{SalesTables.Daily}", Cancel);
        Assert.Equal(newest, (await airbyte.PrimaryLake.ColumnAsync<DateTime>(daily, "Data_Processamento", Cancel)).Max());
        object? oldest = await source.ScalarAsync($"SELECT MIN(Data) FROM {source.Database}.{SalesTables.Daily}", Cancel);
        Assert.Equal(DateOnly.FromDateTime((DateTime)oldest!), (await airbyte.PrimaryLake.ColumnAsync<DateOnly>(daily, "Data", Cancel)).Min());
        (string codec, IReadOnlyList<string> columns) = await airbyte.PrimaryLake.DescribeAsync(daily, Cancel);
        Assert.Equal("SNAPPY", codec);
        Assert.Equal(["_airbyte_raw_id", "_airbyte_extracted_at", "_airbyte_meta", "_airbyte_generation_id", "idpk"], columns.Take(5));
        Assert.Equal(StandInFixture.Rows, (await airbyte.PrimaryLake.TextsAsync(daily, "_airbyte_raw_id", Cancel)).Distinct().Count());
    }

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task An_append_adds_a_second_snapshot_and_an_overwrite_leaves_only_the_last(DatabaseFlavor flavor)
    {
        await using StandIn airbyte = await fixture.StartProvisionedAsync(flavor);
        await airbyte.ActivateAsync(AirbyteProvisioning.BackupConnection, Cancel);
        for (int i = 0; i < 2; i++)
        {
            await airbyte.SyncAsync(AirbyteProvisioning.PrimaryConnection, Cancel);
            await airbyte.SyncAsync(AirbyteProvisioning.BackupConnection, Cancel);
        }

        Assert.Equal(2 * StandInFixture.Rows, (await airbyte.PrimaryLake.IdsAsync($"{PrimaryPath}{SalesTables.Daily}/", Cancel)).Count);
        string backup = $"{BackupPath}backup_{SalesTables.Daily}/backup_dt=";
        Assert.Equal(StandInFixture.Rows, (await airbyte.BackupLake.IdsAsync(backup, Cancel)).Count);
        Assert.Single(await airbyte.BackupLake.KeysAsync(backup, Cancel));
        Assert.Equal("GZIP", (await airbyte.BackupLake.DescribeAsync(backup, Cancel)).Codec);
        Assert.Equal([2L], (await airbyte.BackupLake.ColumnAsync<long>(backup, "_airbyte_generation_id", Cancel)).Select(g => g!.Value).Distinct());
        Assert.Empty(await airbyte.BackupLake.KeysAsync($"{BackupPath}backup_{SalesTables.Invoices}/", Cancel));
        Assert.Equal(2, airbyte.History.Count(l => (string?)l["event"] == "object_deleted"));
    }

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task By_cursor_only_new_rows_move_and_nothing_new_is_a_success_with_zero_rows(DatabaseFlavor flavor)
    {
        await using StandIn airbyte = await fixture.StartProvisionedAsync(flavor);
        DatabaseServer source = (await fixture.PairAsync(flavor)).Primary;
        string table = $"by_cursor_{Guid.NewGuid():N}";
        await source.ExecuteAsync(
            $"CREATE TABLE {table} (idpk BIGINT PRIMARY KEY, changed DATETIME(6)); INSERT INTO {table} VALUES (1, '2026-01-01'), (2, '2026-01-02 10:00:00.5'), (3, NULL)", Cancel, source.Database);
        await CreateIncrementalAsync(airbyte, table);

        Assert.Equal(3, (long)(await airbyte.SyncAsync(table, Cancel))["rowsSynced"]!);
        JsonNode blob = (await airbyte.StateAsync(table, Cancel))["streamState"]![0]!["streamState"]!;
        Assert.Equal(("cursor_based", "2026-01-02T10:00:00.500000", source.Database), ((string?)blob["state_type"], (string?)blob["cursor"], (string?)blob["stream_namespace"]));
        Assert.Equal(0, (long)(await airbyte.SyncAsync(table, Cancel))["rowsSynced"]!);

        await source.ExecuteAsync($"INSERT INTO {table} VALUES (4, '2026-01-02 10:00:00.5'), (5, '2026-01-03'), (6, '2025-01-01')", Cancel, source.Database);
        // The row at the cursor comes again with its late twin; the one that came late with an older value is never seen.
        Assert.Equal(3, (long)(await airbyte.SyncAsync(table, Cancel))["rowsSynced"]!);
        Assert.Equal([1L, 2L, 2L, 3L, 4L, 5L], (await airbyte.PrimaryLake.IdsAsync($"{PrimaryPath}{table}/", Cancel)).Order());
    }

    [Fact]
    public async Task A_source_that_has_nothing_beyond_a_carried_cursor_leaves_the_cursor_where_it_was()
    {
        await using StandIn airbyte = await fixture.StartProvisionedAsync();
        await airbyte.ActivateAsync(AirbyteProvisioning.IncrementalConnection, Cancel);
        await airbyte.ActivateAsync(AirbyteProvisioning.IncrementalBackupConnection, Cancel);
        await airbyte.SyncAsync(AirbyteProvisioning.IncrementalConnection, Cancel);
        JsonNode state = await airbyte.StateAsync(AirbyteProvisioning.IncrementalConnection, Cancel);
        JsonNode stream = state["streamState"]![0]!;
        stream["streamDescriptor"]!["namespace"] = DatabaseAccounts.BackupDatabase;
        stream["streamState"]!["stream_namespace"] = DatabaseAccounts.BackupDatabase;
        Guid standby = airbyte.Installation.Connections[AirbyteProvisioning.IncrementalBackupConnection];
        state["connectionId"] = standby;
        await airbyte.PostAsync("/api/v1/state/create_or_update_safe", new JsonObject { ["connectionId"] = standby, ["connectionState"] = state.DeepClone() }, Cancel);

        Assert.Equal(0, (long)(await airbyte.SyncAsync(AirbyteProvisioning.IncrementalBackupConnection, Cancel))["rowsSynced"]!);

        Assert.True(JsonNode.DeepEquals(state, await airbyte.StateAsync(AirbyteProvisioning.IncrementalBackupConnection, Cancel)));
        Assert.Empty(await airbyte.BackupLake.KeysAsync("", Cancel));
    }

    private static async Task CreateIncrementalAsync(StandIn airbyte, string table)
    {
        JsonNode made = await airbyte.PostAsync("/api/public/v1/connections", new JsonObject
        {
            ["name"] = table,
            ["sourceId"] = airbyte.Installation.Sources[AirbyteProvisioning.PrimarySource],
            ["destinationId"] = airbyte.Installation.Destinations[AirbyteProvisioning.PrimaryDestination],
            ["namespaceDefinition"] = "source",
            // The catalog of the provisioning is cached: it must be asked for anew.
            ["configurations"] = new JsonObject { ["streams"] = new JsonArray(new JsonObject { ["name"] = SalesTables.Products, ["syncMode"] = "full_refresh_append" }) },
        }, Cancel);
        ((Dictionary<string, Guid>)airbyte.Installation.Connections)[table] = (Guid)made["connectionId"]!;
        await airbyte.PatchConnectionAsync(table, new()
        {
            ["configurations"] = new JsonObject
            {
                ["streams"] = new JsonArray(new JsonObject { ["name"] = table, ["syncMode"] = "incremental_append", ["cursorField"] = new JsonArray("changed") }),
            },
        }, Cancel);
    }
}
