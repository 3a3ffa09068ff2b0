using System.Globalization;
using AcodeOps.Adapters.MySql;
using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Lab.Servers.Databases;
using MySqlConnector;

namespace AcodeOps.Adapters.Tests.MySql;

/// <summary>Rows by window: each of them once, in an order that is the same each time, and no statement that scans. 200,000 rows.</summary>
[Collection(AskedStatements.Collection)]
public sealed class RowPagingTests(LabFixture lab)
{
    private const int Rows = 200_000;
    private const int RowsADay = 2_000;
    private static readonly DateOnly First = new(2026, 1, 1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // Loading so many rows takes its time: by default a half of them, with ACODE_TEST_THOROUGH=1 all.
    public static TheoryData<DatabaseFlavor, string> Variants => new(
        from variant in new (DatabaseFlavor Flavor, string Index, bool IsUsual)[]
        {
            (DatabaseFlavor.MySql, "", true), (DatabaseFlavor.MySql, "KEY by_data (Data)", true), (DatabaseFlavor.MySql, "KEY by_both (Data, idpk)", false), (DatabaseFlavor.MySql, "KEY by_other (Data, CNPJ)", false),
            (DatabaseFlavor.MariaDb, "", false), (DatabaseFlavor.MariaDb, "KEY by_data (Data)", false), (DatabaseFlavor.MariaDb, "KEY by_both (Data, idpk)", true), (DatabaseFlavor.MariaDb, "KEY by_other (Data, CNPJ)", true),
        }
        where variant.IsUsual || Failover.Thoroughness.IsFull
        select (variant.Flavor, variant.Index));

    [Theory]
    [MemberData(nameof(Variants))]
    public async Task The_last_days_are_read_without_a_scan_and_each_row_once(DatabaseFlavor flavor, string index)
    {
        DatabasePair pair = await lab.PairAsync(flavor);
        string name = "paged_" + (index.Length == 0 ? "none" : index.Split(' ')[1]);
        await FillAsync(pair.Primary, name, index);
        TableDefinition table = new() { Name = name, EventDate = "Data" };
        bool isIndexed = index.Length > 0 && !index.Contains("CNPJ", StringComparison.Ordinal);
        (DateOnly from, DateOnly to) = (First.AddDays(93), First.AddDays(98));
        DatabaseLogin login = await AskedStatements.BeginAsync(pair.Primary, "u_" + name, Cancel);
        await using MySqlSource source = SourceUnderTest.Open(SourceUnderTest.Definition(pair.Primary, login), new OneCredential(login.Password));

        TableWay way = await source.FindWayAsync(table, Cancel);
        Assert.Equal(isIndexed ? RowOrder.EventDate : RowOrder.Key, way.Order);
        DateLocations? located = isIndexed ? null : await source.LocateDatesAsync(table, from, to, null, Cancel);
        for (DateOnly day = from; day <= to; day = day.AddDays(1))
        {
            RowWindow window = located is null ? new RowWindow { Date = day } : new RowWindow { Date = day, Keys = located.Dates[day].Keys };
            List<string> keys = await KeysAsync(source, table, window, null);
            Assert.Equal(await KeysAsync(pair.Primary, name, day), keys);
            // From anywhere on, the rest.
            Assert.Equal(keys[1234..], await KeysAsync(source, table, window, new RowPosition(0, keys[1233])));
            if (located is not null)
            {
                Assert.Equal(keys.Count, located.Dates[day].Rows);
            }
        }

        IReadOnlyList<string> asked = await AskedStatements.EndAsync(pair.Primary, login.User, Cancel);
        Assert.InRange(asked.Count, 20, 200);
        await using MySqlConnection admin = await pair.Primary.OpenAsync(Cancel, database: pair.Primary.Database);
        foreach (string sql in asked)
        {
            // A page, or a block of it that is looked through once, and the intermediate rows of its counting.
            await AskedStatements.AssertNoScanAsync(admin, name, sql, sql.Contains("COUNT(", StringComparison.Ordinal) ? 20_100 : 10_100, Cancel);
        }
    }

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task Late_rows_are_found_where_they_lie_and_older_blocks_end_the_search(DatabaseFlavor flavor)
    {
        DatabasePair pair = await lab.PairAsync(flavor);
        await FillAsync(pair.Primary, "late", "");
        // Day 95 in three places: its own, among day 97's rows, and at the very end. And one row of it where nobody looks.
        await pair.Primary.ExecuteAsync(
            "UPDATE late SET Data = '2026-04-06' WHERE idpk IN (194600, 194601, 199999, 500); UPDATE late SET Data = NULL WHERE idpk = 199998; ANALYZE TABLE late", Cancel, pair.Primary.Database);
        await using MySqlSource source = SourceUnderTest.Open(pair.Primary);
        TableDefinition table = new() { Name = "late", EventDate = "Data" };
        DateOnly day = new(2026, 4, 6);

        List<long> progress = [];
        DateLocations located = await source.LocateDatesAsync(table, day, day, new Listed(progress), Cancel);

        Assert.InRange(located.RowsSeen, 20_000, 30_000);
        Assert.NotEmpty(progress);
        DateLocation found = located.Dates[day];
        List<string> keys = await KeysAsync(source, table, new RowWindow { Date = day, Keys = found.Keys }, null);
        List<string> expected = await KeysAsync(pair.Primary, "late", day);
        Assert.Equal(expected.Where(key => key != "500"), keys);
        Assert.Equal(keys.Count, found.Rows);
        Assert.Empty((await source.LocateDatesAsync(table, First.AddDays(200), First.AddDays(201), null, Cancel)).Dates);
    }

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task A_whole_table_with_gaps_large_rows_and_large_keys_is_read_to_where_it_was_to_end(DatabaseFlavor flavor)
    {
        DatabasePair pair = await lab.PairAsync(flavor);
        await pair.Primary.ExecuteAsync(
            """
            CREATE TABLE large (id BIGINT UNSIGNED PRIMARY KEY, XML LONGTEXT);
            INSERT INTO large VALUES (0, NULL), (7, REPEAT('a', 3000000)), (18446744073709551615, 'last');
            INSERT INTO large SELECT 1000 + a.d * 1000000007 + b.d, REPEAT('x', 200000) FROM (SELECT 1 AS d UNION SELECT 2 UNION SELECT 3 UNION SELECT 4) a, (SELECT 1 AS d UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT 6) b;
            INSERT INTO large SELECT id + 100, XML FROM large WHERE id > 1000 AND id < 18446744073709551615;
            INSERT INTO large SELECT id + 200, XML FROM large WHERE id > 1000 AND id < 18446744073709551615;
            INSERT INTO large SELECT id + 400, XML FROM large WHERE id > 1000 AND id < 18446744073709551615;
            """, Cancel, pair.Primary.Database);
        await using MySqlSource source = SourceUnderTest.Open(pair.Primary);
        TableDefinition table = new() { Name = "large", Key = "id" };
        string upTo = (await source.ReadCursorAsync(table, "id", Cancel))!;
        await pair.Primary.ExecuteAsync("DELETE FROM large WHERE id = 18446744073709551615", Cancel, pair.Primary.Database);

        List<int> pageBytes = [];
        List<string> keys = [];
        await foreach (IReadOnlyList<SourceRow> page in source.ReadRowsAsync(table, new RowWindow { Keys = [new KeyRange(null, upTo)] }, null, Cancel))
        {
            pageBytes.Add(page.Sum(row => row.Bytes));
            keys.AddRange(page.Select(row => row.Position.Key));
        }

        Assert.Equal("18446744073709551615", upTo);
        Assert.Equal(2 + (4 * 6 * 8), keys.Distinct().Count());
        Assert.Equal(keys.Count, keys.Distinct().Count());
        // 80 MB in memory, never more than a page of it at once.
        Assert.InRange(pageBytes.Sum(bytes => (long)bytes), 76_000_000, 90_000_000);
        Assert.All(pageBytes, bytes => Assert.InRange(bytes, 0, 24 << 20));
        Assert.Empty(await KeysAsync(source, table, new RowWindow { Keys = [new KeyRange(null, upTo)] }, new RowPosition(0, upTo)));
    }

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task A_table_that_cannot_be_read_page_by_page_is_refused(DatabaseFlavor flavor)
    {
        DatabasePair pair = await lab.PairAsync(flavor);
        await pair.Primary.ExecuteAsync(
            "CREATE TABLE keyless (idpk BIGINT, Data DATE, KEY (Data)); CREATE TABLE doubled (idpk BIGINT, n INT, Data DATE, PRIMARY KEY (idpk, n), KEY (Data)); "
            + "CREATE TABLE nullable_key (idpk BIGINT NULL UNIQUE, Data DATE); CREATE TABLE worded (idpk VARCHAR(20) PRIMARY KEY, Data DATE); CREATE TABLE timed (idpk BIGINT PRIMARY KEY, Data DATETIME, KEY (Data)); "
            + "CREATE TABLE second_key (id INT PRIMARY KEY, idpk BIGINT NOT NULL UNIQUE, Data DATE, KEY (Data))",
            Cancel, pair.Primary.Database);
        await using MySqlSource source = SourceUnderTest.Open(pair.Primary);

        foreach (string name in (string[])["keyless", "doubled", "nullable_key", "worded"])
        {
            TableDefinition table = new() { Name = name, EventDate = "Data" };
            Assert.Equal((name, "SourceTableNotIndexed"), (name, (await FailureAsync(() => source.FindWayAsync(table, Cancel))).Id));
            Assert.Equal("SourceTableNotIndexed", (await FailureAsync(() => source.LocateDatesAsync(table, First, First, null, Cancel))).Id);
            Assert.Equal("SourceTableNotIndexed", (await FailureAsync(() => KeysAsync(source, table, new RowWindow { Keys = [new KeyRange(null, "1")] }, null))).Id);
        }

        Assert.Equal("SourceTableMissing", (await FailureAsync(() => source.FindWayAsync(new TableDefinition { Name = "no_such" }, Cancel))).Id);
        // Times have no page for a day; and an index whose rows are in the order of another key has none in that of this one.
        Assert.Equal(RowOrder.Key, (await source.FindWayAsync(new TableDefinition { Name = "timed", EventDate = "Data" }, Cancel)).Order);
        Assert.Equal(RowOrder.Key, (await source.FindWayAsync(new TableDefinition { Name = "second_key", EventDate = "Data" }, Cancel)).Order);
        Assert.Equal("SourceTableNotIndexed", (await FailureAsync(() => KeysAsync(source, new TableDefinition { Name = "timed", EventDate = "Data" }, new RowWindow { Date = First }, null))).Id);

        static async Task<AcodeException> FailureAsync(Func<Task> ask) => await Assert.ThrowsAsync<AcodeException>(ask);
    }

    private static async Task<List<string>> KeysAsync(MySqlSource source, TableDefinition table, RowWindow window, RowPosition? after)
    {
        List<string> keys = [];
        await foreach (IReadOnlyList<SourceRow> page in source.ReadRowsAsync(table, window, after, Cancel))
        {
            keys.AddRange(page.Select(row => row.Position.Key));
        }

        return keys;
    }

    private static async Task<List<string>> KeysAsync(DatabaseServer server, string table, DateOnly day)
    {
        await using MySqlConnection admin = await server.OpenAsync(Cancel, database: server.Database);
        return
        [
            .. (await admin.RowsAsync($"SELECT idpk FROM {table} WHERE Data = '{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}' ORDER BY idpk", Cancel))
                .Select(row => Convert.ToString(row["idpk"], CultureInfo.InvariantCulture)!),
        ];
    }

    private static Task FillAsync(DatabaseServer server, string table, string index) => server.ExecuteAsync(
        $"""
        CREATE TABLE {table}_digits (d INT PRIMARY KEY);
        INSERT INTO {table}_digits VALUES (0),(1),(2),(3),(4),(5),(6),(7),(8),(9);
        CREATE TABLE {table} (idpk BIGINT PRIMARY KEY, Data DATE, CNPJ VARCHAR(18){(index.Length > 0 ? ", " + index : "")});
        INSERT INTO {table} SELECT n + 1, '{First:yyyy-MM-dd}' + INTERVAL n DIV {RowsADay} DAY, CONCAT('11.111.111/', n % 977) FROM
            (SELECT a.d + 10*b.d + 100*c.d + 1000*d.d + 10000*e.d + 100000*f.d AS n FROM {table}_digits a, {table}_digits b, {table}_digits c, {table}_digits d, {table}_digits e, {table}_digits f WHERE f.d < {Rows / 100_000}) x;
        ANALYZE TABLE {table};
        """,
        Cancel, server.Database);

    private sealed class Listed(List<long> told) : IProgress<long>
    {
        public void Report(long value) => told.Add(value);
    }
}
