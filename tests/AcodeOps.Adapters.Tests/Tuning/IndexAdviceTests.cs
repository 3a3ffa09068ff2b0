using AcodeOps.Adapters.MySql;
using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Adapters.Tests.MySql;
using AcodeOps.Lab.Driver;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Tuning.Indexes;

namespace AcodeOps.Adapters.Tests.Tuning;

/// <summary>Index advice on real servers: from the pipeline's own statements by EXPLAIN, accepted there, used then, and not given again.</summary>
[Collection(AskedStatements.Collection)]
public sealed class IndexAdviceTests(LabFixture lab)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task The_freshness_and_cursor_statements_get_an_index_that_EXPLAIN_then_uses(DatabaseFlavor flavor)
    {
        DatabaseServer server = (await lab.PairAsync(flavor)).Primary;
        await SalesTable.FillAsync(server, "idx_bare", Cancel);
        IndexedServer before = await ReadAsync(server, "idx_bare");
        IndexedTable bare = Assert.Single(before.Tables);
        Show(bare);

        IndexAdvice[] advice = [.. IndexAdvisor.Judge(before).Where(one => one.Rule == "StatementWithoutIndex")];
        Assert.Equal(["Data", "Data_Processamento"], advice.Select(one => one.Subject).Order(StringComparer.Ordinal));
        Assert.All(advice, one => Assert.Equal(FindingSeverity.Warning, one.Severity));
        IndexAdvice cursor = advice.Single(one => one.Subject == "Data_Processamento");
        Assert.Contains("ALL", cursor.Evidence, StringComparison.Ordinal);
        Assert.Contains("Using filesort", cursor.Evidence, StringComparison.Ordinal);
        Assert.All(new[] { "Freshness", "CursorRead", "DayCounts", "DayFigures" }, name => Assert.True(Statement(bare, name).Plan.Scans("idx_bare", 100_000), $"{name}: {Statement(bare, name).Plan}"));
        // What is sent meanwhile is bounded by the newest rows.
        Assert.DoesNotContain(Statement(bare, "Freshness").Sent!.Steps, step => step is { Table: "idx_bare", Access: "ALL" });

        foreach (IndexAdvice one in advice)
        {
            await server.ExecuteAsync(one.Proposed!, Cancel, server.Database);
        }

        await server.ExecuteAsync(IndexStatements.Analyze("idx_bare"), Cancel, server.Database);
        IndexedServer after = await ReadAsync(server, "idx_bare");
        IndexedTable indexed = Assert.Single(after.Tables);
        Show(indexed);
        Assert.True(Statement(indexed, "Freshness").Plan.IsAnsweredByIndex);
        Assert.True(Statement(indexed, "CursorRead").Plan.Uses("acode_data_processamento"));
        Assert.False(Statement(indexed, "CursorRead").Plan.Sorts);
        Assert.All(new[] { "DayCounts", "DayFigures", "DayPages" }, name => Assert.True(Statement(indexed, name).Plan.Uses("acode_data"), $"{name}: {Statement(indexed, name).Plan}"));
        Assert.All(indexed.Statements, statement => Assert.False(statement.Plan.Scans("idx_bare", 20_000) || statement.Plan.Rows > 60_000, $"{statement.Name}: {statement.Plan}"));
        // It says nothing more.
        Assert.Empty(IndexAdvisor.Judge(after));
    }

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task The_guides_five_are_judged_by_what_the_server_does_with_them(DatabaseFlavor flavor)
    {
        DatabaseServer server = (await lab.PairAsync(flavor)).Primary;
        await SalesTable.FillAsync(server, "idx_guide", Cancel);
        Dictionary<string, string> judged = [], told = [];
        foreach (InstalledIndex index in GuideIndexes.All)
        {
            await server.ExecuteAsync($"ALTER TABLE idx_guide ADD INDEX {index.Name} ({index.Columns})", Cancel, server.Database);
            await server.ExecuteAsync(IndexStatements.Analyze("idx_guide"), Cancel, server.Database);
            IndexedTable alone = Assert.Single((await ReadAsync(server, "idx_guide")).Tables);
            InstalledIndex made = alone.Indexes.Single(one => one.Name == index.Name);
            Assert.Equal(index.Columns.Replace(" DESC", "", StringComparison.Ordinal), made.Columns.Replace(" DESC", "", StringComparison.Ordinal));
            IndexJudgement judgement = GuideIndexes.Judge(made, alone);
            string[] used = [.. alone.Statements.Where(statement => statement.Plan.Uses(index.Name) && !statement.Plan.Scans("idx_guide", 100_000)).Select(statement => statement.Name)];
            judged[index.Name] = $"{judgement.Worth} [{string.Join(", ", used)}]";
            told[index.Name] = $"| `{index.Name}` | {index.Columns} | {(judgement.Worth == IndexWorth.Useful ? judgement.Why.TrimEnd('.').Replace("It serves", "serves", StringComparison.Ordinal) : judgement.Worth)} | ";
            TestContext.Current.SendDiagnosticMessage($"{flavor} {index}: {judged[index.Name]} {judgement.Why}");
            // What is called of no use the server has no use for, and the other way round; to go along all of it instead of the table is no use.
            Assert.True((judgement.Worth == IndexWorth.NotNeeded) == (used.Length == 0), judged[index.Name]);
            await server.ExecuteAsync($"ALTER TABLE idx_guide DROP INDEX {index.Name}", Cancel, server.Database);
        }

        Assert.Equal(["idx_acode_cnpj_data", "idx_acode_ean_performance"], judged.Where(one => one.Value.StartsWith("NotNeeded", StringComparison.Ordinal)).Select(one => one.Key));

        // All five beside the two that the pipeline needs: each is told, by its name and why.
        await server.ExecuteAsync(
            $"ALTER TABLE idx_guide {string.Join(", ", GuideIndexes.All.Select(index => $"ADD INDEX {index.Name} ({index.Columns})"))}, ADD INDEX acode_data (Data), ADD INDEX acode_data_processamento (Data_Processamento)",
            Cancel, server.Database);
        IndexAdvice[] advice = [.. IndexAdvisor.Judge(await ReadAsync(server, "idx_guide"))];
        Assert.Equal(GuideIndexes.All.Select(index => $"GuideIndexIdle {index.Name}").Order(StringComparer.Ordinal), advice.Select(one => $"{one.Rule} {one.Subject}").Order(StringComparer.Ordinal));
        Assert.Equal(3, advice.Count(one => one.Evidence.StartsWith("Redundant", StringComparison.Ordinal)));
        // The documentation says the same.
        string[] lines = await File.ReadAllLinesAsync(Path.Combine(Repository.Find().Root, "docs", "indexes.md"), Cancel);
        Assert.All(advice, one => Assert.Contains($"{told[one.Subject]}{one.Evidence.Split('.')[0]} |", lines));
        foreach (IndexAdvice one in advice)
        {
            await server.ExecuteAsync(one.Proposed!, Cancel, server.Database);
            await server.ExecuteAsync(IndexStatements.Drop("idx_guide", one.Subject), Cancel, server.Database);
        }

        Assert.Empty(IndexAdvisor.Judge(await ReadAsync(server, "idx_guide")));
    }

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task Redundant_hidden_and_unused_ones_are_told_and_no_others(DatabaseFlavor flavor)
    {
        DatabaseServer server = (await lab.PairAsync(flavor)).Primary;
        bool isMySql = flavor == DatabaseFlavor.MySql;
        await server.ExecuteAsync(
            $"""
            CREATE TABLE idx_parent (id BIGINT PRIMARY KEY, code INT, UNIQUE KEY by_code (code));
            CREATE TABLE idx_mixed (idpk BIGINT NOT NULL PRIMARY KEY, Data DATE, Data_Processamento DATETIME, EAN VARCHAR(14), parent BIGINT, code INT, a INT, b INT, words TEXT,
              KEY day (Data), KEY day_ean (Data, EAN), KEY at (Data_Processamento), UNIQUE KEY ean (EAN), KEY ean_again (EAN), KEY ean_begin (EAN(4)),
              KEY a_b (a, b), KEY a_only (a), KEY b_down (b DESC), KEY b_a (b, a), KEY hidden (code, b) {(isMySql ? "INVISIBLE" : "IGNORED")}, FULLTEXT KEY full (words),
              CONSTRAINT to_parent FOREIGN KEY (parent) REFERENCES idx_parent (id), CONSTRAINT to_code FOREIGN KEY (code) REFERENCES idx_parent (code)
              {(isMySql ? ", KEY computed ((a + b))" : "")});
            INSERT INTO idx_parent VALUES (1, 1); INSERT INTO idx_mixed VALUES (1, '2026-01-01', '2026-01-01', '7', 1, 1, 1, 1, 'x')
            """,
            Cancel, server.Database);
        await using MySqlSource source = SourceUnderTest.Open(SourceUnderTest.Definition(server, Admin(await lab.PairAsync(flavor))), new OneCredential(Admin(await lab.PairAsync(flavor)).Password));
        TableDefinition[] tables = [new() { Name = "idx_mixed", EventDate = "Data", ProcessedAt = "Data_Processamento" }, new() { Name = "idx_parent", Key = "id" }];

        IndexedServer young = await source.Indexes.ReadAsync(tables, Cancel);
        Assert.Null(young.UnknownUse);
        foreach (IndexAdvice one in IndexAdvisor.Judge(young))
        {
            TestContext.Current.SendDiagnosticMessage($"{flavor} {one.Rule} {one.Table} {one.Subject}: {one.Problem} {one.Evidence} {one.Proposed}");
        }

        // b_down has the other direction on MySQL; MariaDB has it too since 10.8.
        Assert.Equal(
            ["IndexInvisible hidden", "IndexRedundant a_only", "IndexRedundant ean_again", "IndexUseUnknown use"],
            IndexAdvisor.Judge(young).Select(one => $"{one.Rule} {one.Subject}").Order(StringComparer.Ordinal));

        // A week later, by the same counters: what keeps a promise or serves a statement is never called unused.
        IndexedServer old = young with { Uptime = TimeSpan.FromDays(8) };
        string[] unused = [.. IndexAdvisor.Judge(old).Where(one => one.Rule == "IndexUnused").Select(one => one.Subject).Order(StringComparer.Ordinal)];
        Assert.Equal([.. isMySql ? ["a_b", "a_only", "b_a", "b_down", "computed", "ean_again", "ean_begin", "full"] : (string[])["a_b", "a_only", "b_a", "b_down", "ean_again", "ean_begin", "full"]], unused);

        // Used once, and it is not unused.
        await server.ExecuteAsync("SELECT * FROM idx_mixed FORCE INDEX (a_b) WHERE a = 1; SELECT * FROM idx_mixed FORCE INDEX (a_b) WHERE a = 1 AND b = 1", Cancel, server.Database);
        IndexedServer used = await source.Indexes.ReadAsync(tables, Cancel) with { Uptime = TimeSpan.FromDays(8) };
        Assert.DoesNotContain(IndexAdvisor.Judge(used), one => one is { Rule: "IndexUnused", Subject: "a_b" });

        foreach (IndexAdvice one in IndexAdvisor.Judge(old).Where(one => one.Proposed is not null).DistinctBy(one => one.Subject))
        {
            await server.ExecuteAsync(one.Proposed!, Cancel, server.Database);
            await server.ExecuteAsync($"ALTER TABLE {one.Table} DROP INDEX {one.Subject}", Cancel, server.Database);
        }

        Assert.Equal(["IndexInvisible hidden"], IndexAdvisor.Judge(await source.Indexes.ReadAsync(tables, Cancel)).Select(one => $"{one.Rule} {one.Subject}"));
    }

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task Who_may_not_read_the_use_of_indexes_is_told_so_and_which_right_it_takes(DatabaseFlavor flavor)
    {
        DatabasePair pair = await lab.PairAsync(flavor);
        await pair.Primary.ExecuteAsync("CREATE TABLE idx_closed (idpk BIGINT NOT NULL PRIMARY KEY, v INT, KEY v (v)); INSERT INTO idx_closed VALUES (1, 1)", Cancel, pair.Primary.Database);
        await pair.WaitUntilInSyncAsync(TimeSpan.FromSeconds(20), Cancel);
        TableDefinition[] tables = [new() { Name = "idx_closed" }];

        await using MySqlSource closed = SourceUnderTest.Open(pair.Primary);
        IndexAdvice told = Assert.Single(IndexAdvisor.Judge(await closed.Indexes.ReadAsync(tables, Cancel)));
        Assert.Equal(("IndexUseUnknown", "Unknown"), (told.Rule, told.Current));
        Assert.Contains("GRANT SELECT ON performance_schema.table_io_waits_summary_by_index_usage", told.Remedy, StringComparison.Ordinal);

        // The replica's reader has it.
        await using MySqlSource open = SourceUnderTest.Open(pair.Replica);
        Assert.Null((await open.Indexes.ReadAsync(tables, Cancel)).UnknownUse);
    }

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task A_server_is_asked_for_plans_and_for_its_newest_rows_only(DatabaseFlavor flavor)
    {
        DatabaseServer server = (await lab.PairAsync(flavor)).Primary;
        await SalesTable.FillAsync(server, "idx_light", Cancel);
        DatabaseLogin login = await AskedStatements.BeginAsync(server, "u_idx_light", Cancel);
        await using (MySqlSource source = SourceUnderTest.Open(SourceUnderTest.Definition(server, login), new OneCredential(login.Password)))
        {
            await source.Indexes.ReadAsync([SalesTable.Definition("idx_light")], Cancel);
        }

        string sql = Assert.Single(await AskedStatements.EndAsync(server, login.User, Cancel), one => one.Contains("idx_light", StringComparison.Ordinal));
        await using MySqlConnector.MySqlConnection admin = await server.OpenAsync(Cancel, database: server.Database);
        await AskedStatements.AssertNoScanAsync(admin, "idx_light", sql, 4_100, Cancel);
    }

    private static DatabaseLogin Admin(DatabasePair pair) => pair.Accounts.Admin;

    private static PipelineStatement Statement(IndexedTable table, string name) => table.Statements.Single(statement => statement.Name == name);

    private static void Show(IndexedTable table) => TestContext.Current.SendDiagnosticMessage(string.Join('\n', table.Statements.Select(statement => $"{table.Name} {statement.Name}: {statement.Plan} | sent {statement.Sent}")));

    private static async Task<IndexedServer> ReadAsync(DatabaseServer server, string table)
    {
        await using MySqlSource source = SourceUnderTest.Open(server);
        return await source.Indexes.ReadAsync([SalesTable.Definition(table)], Cancel);
    }
}
