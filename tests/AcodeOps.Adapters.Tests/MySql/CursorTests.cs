using AcodeOps.Adapters.MySql;
using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Lab.Servers.Databases;
using MySqlConnector;

namespace AcodeOps.Adapters.Tests.MySql;

/// <summary>Cursors and counts: the right answer in the states' own words, along the index.</summary>
[Collection(AskedStatements.Collection)]
public sealed class CursorTests(LabFixture lab)
{
    private const int Rows = 20_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task Cursors_of_each_type_are_read_and_counted_along_their_index(DatabaseFlavor flavor)
    {
        DatabasePair pair = await lab.PairAsync(flavor);
        await FillAsync(pair.Primary, "cursors");
        TableDefinition table = new() { Name = "cursors" };
        DatabaseLogin login = await AskedStatements.BeginAsync(pair.Primary, "u_cursors", Cancel);
        await using MySqlSource source = SourceUnderTest.Open(SourceUnderTest.Definition(pair.Primary, login), new OneCredential(login.Password));

        // Row n is n seconds (hours, units) after the start; ten rows from the end, five from the end.
        foreach ((string column, string newest, string from, string to) in new[]
        {
            ("idpk", "20000", "19990", "19995"),
            ("at", "2026-01-01T05:33:20.000000", "2026-01-01T05:33:10.000000", "2026-01-01T05:33:15.000000"),
            // Written by a session in UTC-3.
            ("stamped", "2026-01-01T08:33:20.250000Z", "2026-01-01T08:33:10.250000Z", "2026-01-01T08:33:15.250000Z"),
            ("day", "2080-10-04", "2080-09-24", "2080-09-29"),
            ("amount", "20000.50", "19990.50", "19995.5"),
            ("big", "18446744073709551615", "18446744073709551605", "18446744073709551610"),
            ("ratio", "20000.5", "19990.5", "19995.5"),
            ("code", "c20000", "c19990", "c19995"),
        })
        {
            Assert.Equal((column, newest), (column, await source.ReadCursorAsync(table, column, Cancel)));
            Assert.Equal((column, 10), (column, await source.CountCursorAsync(table, column, from, including: false, null, Cancel)));
            Assert.Equal((column, 11), (column, await source.CountCursorAsync(table, column, from, including: true, null, Cancel)));
            Assert.Equal((column, 6), (column, await source.CountCursorAsync(table, column, from, including: true, to, Cancel)));
            Assert.Equal((column, 0), (column, await source.CountCursorAsync(table, column, newest, including: false, null, Cancel)));
            Assert.Equal((column, 1), (column, await source.CountCursorAsync(table, column, newest, including: true, newest, Cancel)));
        }

        IReadOnlyList<string> asked = await AskedStatements.EndAsync(pair.Primary, login.User, Cancel);
        Assert.Equal(8 * 6, asked.Count);
        await using MySqlConnection admin = await pair.Primary.OpenAsync(Cancel, database: pair.Primary.Database);
        await admin.RowsAsync("SET time_zone='+00:00'", Cancel);
        foreach (string sql in asked)
        {
            await AskedStatements.AssertNoScanAsync(admin, table.Name, sql, 20, Cancel);
        }
    }

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task What_cannot_be_found_along_an_index_is_refused_and_nothing_is_nothing(DatabaseFlavor flavor)
    {
        DatabasePair pair = await lab.PairAsync(flavor);
        await pair.Primary.ExecuteAsync(
            "CREATE TABLE uncursored (idpk BIGINT PRIMARY KEY, at DATETIME(6) NULL, plain DATETIME, second DATETIME, KEY (at, second)); CREATE TABLE void LIKE uncursored; "
            + "INSERT INTO uncursored VALUES (1, NULL, NOW(), NOW())",
            Cancel, pair.Primary.Database);
        await using MySqlSource source = SourceUnderTest.Open(pair.Primary);
        TableDefinition table = new() { Name = "uncursored" };

        Assert.Equal("SourceTableNotIndexed", (await FailureAsync(() => source.ReadCursorAsync(table, "plain", Cancel))).Id);
        Assert.Equal("SourceTableNotIndexed", (await FailureAsync(() => source.CountCursorAsync(table, "second", "2026-01-01", false, null, Cancel))).Id);
        Assert.Equal("SourceColumnMissing", (await FailureAsync(() => source.ReadCursorAsync(table, "no_such", Cancel))).Id);
        Assert.Equal("SourceTableMissing", (await FailureAsync(() => source.ReadCursorAsync(new TableDefinition { Name = "no_such" }, "at", Cancel))).Id);
        Assert.Equal("CursorInvalid", (await FailureAsync(() => source.CountCursorAsync(table, "idpk", "2026-01-01", false, null, Cancel))).Id);
        Assert.Equal("CursorInvalid", (await FailureAsync(() => source.CountCursorAsync(table, "at", "4711", false, null, Cancel))).Id);
        Assert.Null(await source.ReadCursorAsync(table, "at", Cancel));
        Assert.Null(await source.ReadCursorAsync(new TableDefinition { Name = "void" }, "at", Cancel));
        Assert.Equal(0, await source.CountCursorAsync(new TableDefinition { Name = "void" }, "at", "2026-01-01T00:00:00.000000", true, null, Cancel));
        Assert.Equal(0, await source.CountRowsAsync(new TableDefinition { Name = "void" }, TimeSpan.FromSeconds(10), Cancel));

        static async Task<AcodeException> FailureAsync(Func<Task> ask) => await Assert.ThrowsAsync<AcodeException>(ask);
    }

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task A_whole_table_is_counted_within_a_limit_of_its_own(DatabaseFlavor flavor)
    {
        DatabasePair pair = await lab.PairAsync(flavor);
        await FillAsync(pair.Primary, "counted");
        // A view that takes longer than any table of this size, whatever the machine.
        await pair.Primary.ExecuteAsync("CREATE VIEW endless AS SELECT a.idpk FROM counted a, counted b, counted c WHERE a.at + b.at + c.at > 0", Cancel, pair.Primary.Database);
        await using MySqlSource source = SourceUnderTest.Open(pair.Primary);

        Assert.Equal(Rows, await source.CountRowsAsync(new TableDefinition { Name = "counted" }, TimeSpan.FromMinutes(1), Cancel));
        Assert.Null(await source.CountRowsAsync(new TableDefinition { Name = "endless" }, TimeSpan.FromMilliseconds(50), Cancel));
        Assert.Null(await source.CountRowsAsync(new TableDefinition { Name = "endless" }, TimeSpan.Zero, Cancel));
        // The server has stopped by itself, and the connection is good for more.
        Assert.Equal(Rows, await source.CountRowsAsync(new TableDefinition { Name = "counted" }, TimeSpan.FromMinutes(1), Cancel));
    }

    private static Task FillAsync(DatabaseServer server, string table) => server.ExecuteAsync(
        $"""
        CREATE TABLE {table}_digits (d INT PRIMARY KEY);
        INSERT INTO {table}_digits VALUES (0),(1),(2),(3),(4),(5),(6),(7),(8),(9);
        CREATE TABLE {table} (idpk BIGINT PRIMARY KEY, at DATETIME(6), stamped TIMESTAMP(6) NULL, day DATE, amount DECIMAL(12,2), big BIGINT UNSIGNED, ratio DOUBLE, code VARCHAR(20),
            KEY (at), KEY (stamped), KEY (day), KEY (amount), KEY (big), KEY (ratio), KEY (code));
        SET time_zone='-03:00';
        INSERT INTO {table} SELECT n, '2026-01-01' + INTERVAL n SECOND, TIMESTAMP'2026-01-01 00:00:00.250000' + INTERVAL n SECOND, '2026-01-01' + INTERVAL n DAY, n + 0.5,
            18446744073709551615 - {Rows} + n, n + 0.5, CONCAT('c', LPAD(n, 5, '0'))
            FROM (SELECT 1 + a.d + 10*b.d + 100*c.d + 1000*d.d + 10000*e.d AS n FROM {table}_digits a, {table}_digits b, {table}_digits c, {table}_digits d, {table}_digits e WHERE e.d < 2) x;
        ANALYZE TABLE {table};
        """,
        Cancel, server.Database);
}
