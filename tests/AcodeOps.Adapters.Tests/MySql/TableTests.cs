using AcodeOps.Adapters.MySql;
using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Lab.Servers.Databases;
using MySqlConnector;

namespace AcodeOps.Adapters.Tests.MySql;

/// <summary>What is asked of tables: the right answer, and never by a scan. 200,000 rows, with and without indexes.</summary>
[Collection(AskedStatements.Collection)]
public sealed class TableTests(LabFixture lab)
{
    private const int Rows = 200_000;
    private const int RowsADay = 2_000;
    private static readonly DateOnly First = new(2026, 1, 1);
    private static readonly DateOnly Last = First.AddDays(Rows / RowsADay);

    // 200,000 numbers from 0 on, as a cross join that both makes of server run in a second.
    private const string Numbers = """
        SELECT a.d + 10*b.d + 100*c.d + 1000*d.d + 10000*e.d + 100000*f.d AS n FROM digits a, digits b, digits c, digits d, digits e, digits f WHERE f.d < 2
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<DatabaseFlavor, string> Variants => new(
        from flavor in new[] { DatabaseFlavor.MySql, DatabaseFlavor.MariaDb }
        from indexes in new[] { "", "Data", "Data_Processamento", "both" }
        select (flavor, indexes));

    [Theory]
    [MemberData(nameof(Variants))]
    public async Task Watermark_and_volume_are_right_and_no_statement_scans_the_table(DatabaseFlavor flavor, string indexes)
    {
        DatabasePair pair = await lab.PairAsync(flavor);
        string name = "scan_" + (indexes.Length == 0 ? "none" : indexes.ToLowerInvariant());
        await FillAsync(pair.Primary, name, indexes);
        TableDefinition table = new() { Name = name, EventDate = "Data", ProcessedAt = "Data_Processamento" };
        DatabaseLogin login = await AskedStatements.BeginAsync(pair.Primary, "u_" + name, Cancel);
        await using MySqlSource source = SourceUnderTest.Open(SourceUnderTest.Definition(pair.Primary, login), new OneCredential(login.Password), "America/Sao_Paulo");

        TableWatermark watermark = await source.ReadWatermarkAsync(table, Cancel);
        TableVolume volume = await source.ReadVolumeAsync(table, Last.AddDays(-8), Last, Cancel);
        await source.ReadWatermarkAsync(table, Cancel);

        Assert.Equal(Last, watermark.EventDate);
        // The day after the last, at noon in São Paulo (UTC-3).
        Assert.Equal(new DateTimeOffset(Last.AddDays(1).ToDateTime(new TimeOnly(15, 0)), TimeSpan.Zero), watermark.ProcessedAt);
        Assert.False(watermark.IsEmpty);
        Assert.Equal(Last.AddDays(-8), volume.CompleteFrom);
        // The last day has but one row: number 200,000 begins a day.
        Assert.Equal([(Last, 1L), .. Enumerable.Range(1, 8).Select(back => (Last.AddDays(-back), (long)RowsADay))], volume.RowsByDate.OrderByDescending(d => d.Key).Select(d => (d.Key, d.Value)));
        Assert.Equal(indexes is "Data" or "both", volume.Method.Contains("by index", StringComparison.Ordinal));
        Assert.Equal(indexes is "Data_Processamento" or "both", watermark.Method.Contains("Data_Processamento by index", StringComparison.Ordinal));

        IReadOnlyList<string> asked = await AskedStatements.EndAsync(pair.Primary, login.User, Cancel);
        Assert.True(asked.Count(sql => sql.Contains("MAX(", StringComparison.Ordinal)) >= 2, string.Join('\n', asked));
        await using MySqlConnection admin = await pair.Primary.OpenAsync(Cancel, database: pair.Primary.Database);
        foreach (string sql in asked)
        {
            // Counting may look at the newest 100,000 of the 200,000 rows, finding the newest dates at 1,000 each. Rows that count are
            // read once more: from the intermediate result, or as a look-up of their date in it.
            bool counts = sql.Contains("COUNT(", StringComparison.Ordinal) || sql.Contains("OFFSET", StringComparison.Ordinal);
            await AskedStatements.AssertNoScanAsync(admin, name, sql, counts ? 120_000 : 4_100, Cancel);
        }
    }

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task Empty_missing_and_changed_tables_are_told_apart(DatabaseFlavor flavor)
    {
        DatabasePair pair = await lab.PairAsync(flavor);
        await pair.Primary.ExecuteAsync(
            "CREATE TABLE empty_one (idpk BIGINT PRIMARY KEY, Data DATE, Data_Processamento DATETIME); "
            + "CREATE TABLE unkeyed (Data DATE); CREATE TABLE `odd ``name` (idpk BIGINT PRIMARY KEY, `from` DATETIME); INSERT INTO `odd ``name` VALUES (1, '2026-02-03 04:05:06'); "
            + "CREATE TABLE stamped (idpk BIGINT PRIMARY KEY, at TIMESTAMP NULL, KEY (at)); SET time_zone='-03:00'; INSERT INTO stamped VALUES (1, '2026-02-03 04:05:06')",
            Cancel, pair.Primary.Database);
        await using MySqlSource source = SourceUnderTest.Open(SourceUnderTest.Definition(pair.Primary), new OneCredential(pair.Primary.Reader.Password), "America/Sao_Paulo");
        TableDefinition empty = new() { Name = "empty_one", EventDate = "Data", ProcessedAt = "Data_Processamento" };
        DateTimeOffset at = new(2026, 2, 3, 7, 5, 6, TimeSpan.Zero);

        TableWatermark watermark = await source.ReadWatermarkAsync(empty, Cancel);
        TableVolume volume = await source.ReadVolumeAsync(empty, First, Last, Cancel);

        Assert.True(watermark is { IsEmpty: true, ProcessedAt: null, EventDate: null });
        Assert.Equal((0, First), (volume.RowsByDate.Count, volume.CompleteFrom));
        Assert.Equal("SourceTableMissing", (await FailureAsync(empty with { Name = "no_such" })).Id);
        Assert.Equal("SourceColumnMissing", (await FailureAsync(empty with { ProcessedAt = "renamed" })).Id);
        Assert.Equal("SourceTableNotIndexed", (await FailureAsync(new TableDefinition { Name = "unkeyed", EventDate = "Data" })).Id);
        Assert.Equal(at, (await source.ReadWatermarkAsync(new TableDefinition { Name = "odd `name", ProcessedAt = "from" }, Cancel)).ProcessedAt);
        Assert.Equal(at, (await source.ReadWatermarkAsync(new TableDefinition { Name = "stamped", ProcessedAt = "at" }, Cancel)).ProcessedAt);

        // An index that goes away meanwhile.
        await pair.Primary.ExecuteAsync("ALTER TABLE stamped DROP INDEX at", Cancel, pair.Primary.Database);
        TableWatermark again = await source.ReadWatermarkAsync(new TableDefinition { Name = "stamped", ProcessedAt = "at" }, Cancel);
        Assert.Equal((at, "at among the newest 1,000 rows by idpk"), (again.ProcessedAt, again.Method));

        async Task<AcodeException> FailureAsync(TableDefinition table) => await Assert.ThrowsAsync<AcodeException>(() => source.ReadWatermarkAsync(table, Cancel));
    }

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task Columns_and_indexes_come_from_the_catalogue(DatabaseFlavor flavor)
    {
        DatabasePair pair = await lab.PairAsync(flavor);
        string hidden = flavor == DatabaseFlavor.MySql ? "INVISIBLE" : "IGNORED";
        await pair.Primary.ExecuteAsync(
            $"CREATE TABLE described (idpk BIGINT PRIMARY KEY, Data DATE NOT NULL, EAN VARCHAR(14), v DECIMAL(15,2), KEY by_date (Data, EAN), KEY hidden (v) {hidden}, UNIQUE KEY u (EAN))",
            Cancel, pair.Primary.Database);
        await using MySqlSource source = SourceUnderTest.Open(pair.Primary);

        TableSchema table = Assert.Single(await source.ReadSchemaAsync(["described", "no_such"], Cancel));

        Assert.Equal(["idpk False", "Data date False", "EAN varchar(14) True", "v decimal(15,2) True"], table.Columns.Select(c => c.Name == "idpk" ? $"idpk {c.IsNullable}" : $"{c.Name} {c.Type} {c.IsNullable}"));
        Assert.Equal(["PRIMARY(idpk) True", "by_date(Data,EAN) False", "u(EAN) True"], table.Indexes.OrderBy(i => i.Name, StringComparer.Ordinal).Select(i => $"{i.Name}({string.Join(',', i.Columns)}) {i.IsUnique}"));
        Assert.Empty(await source.ReadSchemaAsync([], Cancel));
    }

    private static Task FillAsync(DatabaseServer server, string table, string indexes) => server.ExecuteAsync(
        $"""
        CREATE TABLE IF NOT EXISTS digits (d INT PRIMARY KEY);
        INSERT IGNORE INTO digits VALUES (0),(1),(2),(3),(4),(5),(6),(7),(8),(9);
        CREATE TABLE {table} (idpk BIGINT PRIMARY KEY, Data DATE, Data_Processamento DATETIME, CNPJ VARCHAR(18)
            {(indexes is "Data" or "both" ? ", KEY by_data (Data)" : "")} {(indexes is "Data_Processamento" or "both" ? ", KEY by_processed (Data_Processamento)" : "")});
        INSERT INTO {table} SELECT n + 1, '{First:yyyy-MM-dd}' + INTERVAL (n + 1) DIV {RowsADay} DAY, '{First:yyyy-MM-dd} 12:00:00' + INTERVAL 1 + (n + 1) DIV {RowsADay} DAY, '11.111.111/0001-11' FROM ({Numbers}) x;
        ANALYZE TABLE {table};
        """,
        Cancel, server.Database);
}
