using System.Text.Json.Nodes;
using AcodeOps.Adapters.Tests.Failover;
using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Lab.Sales;
using AcodeOps.Lab.Servers.Databases;
using static AcodeOps.RowDifferenceKind;

namespace AcodeOps.Adapters.Tests.Comparing;

/// <summary>Sources are compared with the lake and with each other, on real servers: every planted difference is found to the row, and none is invented.</summary>
public sealed class ComparisonTests(LabFixture labs)
{
    private const int Rows = 20_000;
    private const string Old = "Data_Processamento = Data_Processamento - INTERVAL 1 HOUR";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task Every_difference_of_a_snapshot_and_of_a_replica_is_found_and_none_is_invented(DatabaseFlavor flavor)
    {
        await using FailoverSite site = await FailoverSite.StartAsync(labs, flavor, rows: Rows);
        ComparedSite compared = new(site);
        await using EngineSite? engines = flavor == DatabaseFlavor.MySql ? await EngineSite.StartAsync(compared) : null;
        long[] keys = await KeysAsync(compared);
        (long first, long last) = (keys[0], keys[^1]);
        long[] gaps = [keys[100], keys[4_000], keys[4_001], keys[12_345]];
        await compared.ExecuteAsync($"DELETE FROM {SalesTables.Daily} WHERE idpk IN ({string.Join(',', gaps)})");
        await compared.SyncAsync();

        foreach (bool withValues in new[] { false, true })
        {
            DataDifference equal = await compared.CompareAsync(withValues);
            ComparedSite.AssertRows(equal);
            Assert.True(equal.Verdict == Verdict.Healthy, $"{equal} {equal.ErrorId} {string.Join("; ", equal.Evidence)}");
            Assert.Equal((Rows - gaps.Length, Rows - gaps.Length), (equal.RowsFrom, equal.RowsTo));
            Assert.Equal(withValues, equal.IncludesValues);
            await (engines?.AssertAgreeAsync(equal) ?? Task.CompletedTask);
        }

        // One more than fill gaps: what cancels out in a row group is seen by values alone.
        long[] deleted = [first, keys[7_000], keys[7_001], keys[14_000], keys[15_000]];
        (long Key, string Set)[] changed =
        [
            (keys[10], "ACODE_Val_Total = ACODE_Val_Total + 0.0001"), (keys[500], "CNPJ = NULL"), (keys[501], "Fornecedor = ''"), (keys[9_000], "Fornecedor = 'Farmácia São João'"),
            (keys[9_999], "Data = Data - INTERVAL 1 DAY"), (keys[17_000], "NF_Numero = NF_Numero + 1"),
        ];
        long[] tail = [last + 1, last + 5];
        await compared.ExecuteAsync($"DELETE FROM {SalesTables.Daily} WHERE idpk IN ({string.Join(',', deleted)})");
        await compared.ExecuteAsync(string.Concat(gaps.Concat(tail).Select(key => ComparedSite.InsertLike(key, keys[200], Old))));
        await compared.ExecuteAsync(string.Concat(changed.Select(one => $"UPDATE {SalesTables.Daily} SET {one.Set} WHERE idpk = {one.Key};")));

        // What came or changed after the sync is no difference.
        await compared.ExecuteAsync(ComparedSite.InsertLike(last + 9, keys[200], "Data_Processamento = UTC_TIMESTAMP()"));
        await compared.ExecuteAsync($"UPDATE {SalesTables.Daily} SET ST = 3, Data_Processamento = UTC_TIMESTAMP() WHERE idpk = {keys[11]}");

        DataDifference byKey = await compared.CompareAsync();
        ComparedSite.AssertRows(byKey, (Missing, [.. gaps, .. tail]), (Extra, deleted));
        Assert.Equal((Verdict.Failed, 6, 5, 0, 1), (byKey.Verdict, byKey.Missing, byKey.Extra, byKey.Changed, byKey.RowsInFlight));

        DataDifference byValue = await compared.CompareAsync(withValues: true);
        ComparedSite.AssertRows(byValue, (Missing, [.. gaps, .. tail]), (Extra, deleted), (Changed, [.. changed.Select(one => one.Key)]));
        Assert.Equal(2, byValue.RowsInFlight);
        Assert.Equal(
            ["ACODE_Val_Total", "CNPJ", "Fornecedor", "Fornecedor", "Data", "NF_Numero"],
            changed.Select(one => string.Join(',', byValue.Rows.Single(row => row.Kind == Changed && row.Key == one.Key).Columns)));
        Assert.All(byValue.Rows.Where(row => row.Kind != Missing), row => Assert.NotEmpty(row.Objects));
        Assert.NotEmpty(byValue.Days);
        await (engines?.AssertAgreeAsync(byValue) ?? Task.CompletedTask);

        // Another sync, and all is well.
        await compared.SyncAsync();
        DataDifference after = await compared.CompareAsync(withValues: true);
        ComparedSite.AssertRows(after);
        Assert.Equal(Verdict.Healthy, after.Verdict);

        // The other tables too: one without any time, and one without a date.
        foreach (TableDefinition table in site.Installation.Environment.Tables)
        {
            DataDifference whole = await compared.CompareAsync(withValues: true, table: table);
            Assert.True(whole.Verdict == Verdict.Healthy, $"{whole} {whole.ErrorId} {string.Join("; ", whole.Evidence)}");
        }

        await AssertTheNewestSnapshotCountsWhoeverWroteItAsync(compared);
        await AssertDriftOfReplicaIsFoundAsync(compared);
        await AssertNothingIsSaidBesideASyncAsync(compared);
    }

    // The other route was on for a while, by hand: the lake holds its snapshot, and the active route's own is gone.
    private static async Task AssertTheNewestSnapshotCountsWhoeverWroteItAsync(ComparedSite compared)
    {
        IAirbyteServer airbyte = compared.Site.Installation.Airbyte;
        (Guid own, Guid other) = (await compared.ConnectionAsync(), await compared.Site.ConnectionAsync(compared.Site.Installation.Environment.Routes[1].Connection));
        await compared.Site.Lab.Databases.WaitUntilInSyncAsync(TimeSpan.FromMinutes(1), Cancel);
        await airbyte.SetStatusAsync(own, ConnectionStatus.Inactive, Cancel);
        await airbyte.SetStatusAsync(other, ConnectionStatus.Active, Cancel);
        await compared.Site.SyncApartAsync(own, other);
        await airbyte.SetStatusAsync(other, ConnectionStatus.Inactive, Cancel);
        await airbyte.SetStatusAsync(own, ConnectionStatus.Active, Cancel);
        DataDifference beside = await compared.CompareAsync(withValues: true);
        Assert.True(beside.Verdict == Verdict.Healthy && beside.RowsTo == beside.RowsFrom, $"{beside} {beside.ErrorId} {string.Join("; ", beside.Evidence)}");
    }

    // What a sync that overwrites has taken away, or not yet written, is no difference: whether there is one is not known.
    private static async Task AssertNothingIsSaidBesideASyncAsync(ComparedSite compared)
    {
        await compared.ExecuteAsync($"DELETE FROM {SalesTables.Daily} WHERE idpk IN (SELECT idpk FROM (SELECT MIN(idpk) idpk FROM {SalesTables.Daily}) least)");
        Assert.Equal(Verdict.Failed, (await compared.CompareAsync()).Verdict);
        Guid connection = await compared.ConnectionAsync();
        await compared.Site.AirbyteFaultAsync(new JsonObject { ["kind"] = "job_hang", ["connectionId"] = connection });
        Sync running = await compared.Site.Installation.Airbyte.StartSyncAsync(connection, Cancel);
        await compared.Site.UntilFaultStrikesAsync();
        DataDifference beside = await compared.CompareAsync();
        Assert.Equal((Verdict.Unknown, "LakeInMotion"), (beside.Verdict, beside.ErrorId));
        await compared.Site.ClearAirbyteFaultsAsync();
        await compared.Site.Installation.Airbyte.CancelSyncAsync(running.JobId, Cancel);
    }

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task Duplicates_are_told_apart_from_versions_and_from_missing_rows(DatabaseFlavor flavor)
    {
        await using FailoverSite site = await FailoverSite.StartAsync(labs, flavor, "incremental", rows: 3_000);
        ComparedSite compared = new(site);
        await using EngineSite? engines = flavor == DatabaseFlavor.MariaDb ? await EngineSite.StartAsync(compared) : null;
        DataDifference begin = await compared.CompareAsync(withValues: true);
        Assert.True(begin.Verdict == Verdict.Healthy, $"{begin} {begin.ErrorId} {string.Join("; ", begin.Evidence)}");
        long[] keys = await KeysAsync(compared);
        long last = keys[^1];

        // A row that changed is appended again; three rows that came make an object of their own.
        const string Soon = "Data_Processamento = (SELECT MAX(Data_Processamento) FROM (SELECT * FROM " + SalesTables.Daily + ") AS sales) + INTERVAL 1 SECOND";
        await compared.ExecuteAsync($"UPDATE {SalesTables.Daily} SET ST = 3, {Soon} WHERE idpk = {keys[7]}");
        await compared.SyncAsync();
        DataDifference versions = await compared.CompareAsync(withValues: true);
        ComparedSite.AssertRows(versions);
        // Airbyte has read the row of its cursor's very value again, as it promises each row at least once.
        Assert.Equal((Verdict.Healthy, 2L, 3_002L), (versions.Verdict, versions.RowsSuperseded, versions.RowsTo));
        await (engines?.AssertAgreeAsync(versions) ?? Task.CompletedTask);

        long[] more = [last + 1, last + 2, last + 3];
        await compared.ExecuteAsync($"SET @soon = (SELECT MAX(Data_Processamento) FROM {SalesTables.Daily}) + INTERVAL 1 SECOND;" + string.Concat(more.Select(key => ComparedSite.InsertLike(key, keys[1], $"Data_Processamento = @soon + INTERVAL {key - last} SECOND"))));
        await compared.SyncAsync();
        StoredObject newest = (await compared.Store.ListAsync(compared.Folder(versions), cancel: Cancel).ToArrayAsync(Cancel)).MaxBy(stored => stored.ModifiedAt)!;
        await compared.Store.CopyAsync(compared.Store.Definition, newest, newest.Key.Replace(".parquet", "_again.parquet", StringComparison.Ordinal), Cancel);
        DataDifference twice = await compared.CompareAsync();
        ComparedSite.AssertRows(twice, (Duplicated, more[..2]));
        Assert.Equal((Verdict.Degraded, 2L), (twice.Verdict, twice.Duplicated));
        Assert.All(twice.Rows, row => Assert.Equal(2, row.Objects.Count));
        await (engines?.AssertAgreeAsync(twice) ?? Task.CompletedTask);

        // An object that is gone leaves rows missing; one that is damaged too, and is told.
        using (var storage = site.Lab.OpenStorageAsAdministrator())
        {
            await storage.DeleteObjectAsync(compared.Store.Definition.Bucket, newest.Key, Cancel);
            await storage.DeleteObjectAsync(compared.Store.Definition.Bucket, newest.Key.Replace(".parquet", "_again.parquet", StringComparison.Ordinal), Cancel);
            await storage.PutObjectAsync(new() { BucketName = compared.Store.Definition.Bucket, Key = newest.Key.Replace(".parquet", "_bad.parquet", StringComparison.Ordinal), ContentBody = "no such thing" }, Cancel);
        }

        // Rows of the very value of the cursor may still be to come; these are not.
        await compared.ExecuteAsync($"UPDATE {SalesTables.Daily} SET Data_Processamento = Data_Processamento - INTERVAL 1 SECOND WHERE idpk > {last}");
        DataDifference gone = await compared.CompareAsync();
        ComparedSite.AssertRows(gone, (Missing, more));
        Assert.Equal((Verdict.Failed, 1), (gone.Verdict, gone.Unreadable.Count));
    }

    private static async Task AssertDriftOfReplicaIsFoundAsync(ComparedSite compared)
    {
        long[] keys = await KeysAsync(compared);
        await compared.Site.Lab.Databases.WaitUntilInSyncAsync(TimeSpan.FromMinutes(1), Cancel);
        DataDifference equal = await compared.CompareAsync(withValues: true, replica: true);
        Assert.True(equal.Verdict == Verdict.Healthy, $"{equal} {equal.ErrorId} {string.Join("; ", equal.Evidence)}");
        Assert.Equal((keys.Length, keys.Length), (equal.RowsFrom, equal.RowsTo));

        await compared.ExecuteOnReplicaAsync($"DELETE FROM {SalesTables.Daily} WHERE idpk IN ({keys[0]}, {keys[10_000]})");
        await compared.ExecuteOnReplicaAsync($"UPDATE {SalesTables.Daily} SET EAN = '7891000315507' WHERE idpk = {keys[3]}");
        await compared.ExecuteOnReplicaAsync(ComparedSite.InsertLike(keys[^1] + 100, keys[5], ""));
        DataDifference drifted = await compared.CompareAsync(withValues: true, replica: true);
        ComparedSite.AssertRows(drifted, (Missing, [keys[0], keys[10_000]]), (Changed, [keys[3]]), (Extra, [keys[^1] + 100]));
        Assert.Equal((keys.Length, keys.Length - 1), (drifted.RowsFrom, drifted.RowsTo));

        // What is read row by row has a limit; what is beyond it is counted.
        DataDifference limited = await compared.CompareAsync(withValues: true, replica: true, mostRows: 1);
        Assert.Equal((Verdict.Failed, false), (limited.Verdict, limited.IsWhole));
    }

    private static async Task<long[]> KeysAsync(ComparedSite compared) => [.. (await FailoverSite.SourceIdsAsync(compared.Primary)).Order()];
}
