using AcodeOps.Tuning.Indexes;
using AcodeOps.Tuning.Settings;

namespace AcodeOps.Core.Tests.Tuning.Indexes;

/// <summary>Index advice: what is missing, what is there twice or for nothing, what is not known, and that it converges.</summary>
public sealed class IndexAdvisorTests
{
    private static readonly ServerVersion Nine = new(SourceFlavor.MySql, new Version(9, 7));

    private static readonly InstalledIndex Primary = Index("PRIMARY", "idpk") with { IsUnique = true };

    [Fact]
    public void What_serves_every_statement_is_left_alone() => Assert.Empty(Judge(Primary, Index("day", "Data"), Index("at", "Data_Processamento")));

    [Fact]
    public void A_scan_without_an_index_is_told_once_for_all_statements_that_begin_alike()
    {
        IndexAdvice[] advice = Judge(Primary);
        Assert.Equal(["StatementWithoutIndex Data", "StatementWithoutIndex Data_Processamento"], Names(advice));
        IndexAdvice day = advice.Single(one => one.Subject == "Data");
        // InnoDB ends the index with the key by itself.
        Assert.Equal(["Data"], day.Columns);
        Assert.Equal("CREATE INDEX `acode_data` ON `sales` (`Data`) ALGORITHM=INPLACE LOCK=NONE", day.Proposed);
        Assert.Contains("DayCounts", day.Evidence, StringComparison.Ordinal);
        Assert.Contains("DayPages", day.Evidence, StringComparison.Ordinal);
        Assert.Contains("ALL, 200,000 rows, Using filesort", advice.Single(one => one.Subject == "Data_Processamento").Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_key_is_not_the_primary_one_it_is_part_of_the_proposal() =>
        Assert.Contains(Judge(Index("PRIMARY", "other") with { IsUnique = true }, Index("at", "Data_Processamento"), Index("key", "idpk")), one => one.Columns.SequenceEqual(["Data", "idpk"]));

    [Fact]
    public void A_small_table_needs_none() => Assert.Empty(IndexAdvisor.Judge(Server(Table(900, Primary))));

    [Theory]
    [InlineData(false, null, true)]
    [InlineData(true, 4, true)]
    [InlineData(true, null, false)]
    public void What_is_invisible_or_holds_only_a_part_of_a_column_does_not_serve(bool visible, int? prefix, bool isTold) => Assert.Equal(
        isTold,
        Judge(Primary, Index("day", "Data"), new InstalledIndex { Name = "at", Parts = [new IndexPart("Data_Processamento", prefix)], IsVisible = visible }).Any(one => one.Rule == "StatementWithoutIndex"));

    [Fact]
    public void A_full_text_index_has_no_order() =>
        Assert.Contains(Judge(Primary, Index("day", "Data"), Index("at", "Data_Processamento") with { IsOrdered = false }), one => one.Rule == "StatementWithoutIndex");

    [Theory]
    [InlineData("a b", "a", "y")]
    [InlineData("a b", "b", "")]
    [InlineData("a b", "a b", "y")]
    [InlineData("a b", "a DESC", "")]
    [InlineData("a b", "a(4)", "")]
    [InlineData("a(4) b", "a(4)", "y")]
    [InlineData("idpk a", "idpk", "y")]
    [InlineData("idpk b", "a", "")]
    public void An_index_that_another_begins_with_is_redundant(string longer, string shorter, string redundant)
    {
        IndexAdvice[] advice = [.. Served(Parse("x", longer), Parse("y", shorter)).Where(one => one.Rule == "IndexRedundant")];
        Assert.Equal(redundant, string.Join(' ', advice.Select(one => one.Subject)));
    }

    [Fact]
    public void A_unique_one_is_never_redundant_to_a_longer_one_and_its_copy_that_is_not_unique_is()
    {
        Assert.DoesNotContain(Served(Index("x", "a", "b"), Index("y", "a") with { IsUnique = true }), one => one.Rule == "IndexRedundant");
        Assert.Equal("x", Served(Index("x", "a"), Index("y", "a") with { IsUnique = true }).Single(one => one.Rule == "IndexRedundant").Subject);
        Assert.Equal("y", Served(Index("x", "a") with { IsUnique = true }, Index("y", "a") with { IsUnique = true }).Single(one => one.Rule == "IndexRedundant").Subject);
    }

    // The pages of a date want its rows in the order of the key, which a longer index does not have.
    [Fact]
    public void The_beginning_of_a_longer_one_stays_where_a_statement_needs_the_order_that_it_has() =>
        Assert.DoesNotContain(Judge(Primary, Index("at", "Data_Processamento"), Index("day", "Data"), Index("day_ean", "Data", "EAN") with { Uses = 5 }), one => one.Rule == "IndexRedundant");

    [Fact]
    public void An_expression_is_redundant_to_the_same_expression_only()
    {
        InstalledIndex one = new() { Name = "x", Parts = [new IndexPart(null, Expression: "(a + b)")] };
        Assert.DoesNotContain(Served(one, one with { Name = "y", Parts = [new IndexPart(null, Expression: "(a - b)")] }), advice => advice.Rule == "IndexRedundant");
        Assert.Contains(Served(one, one with { Name = "y" }), advice => advice is { Rule: "IndexRedundant", Subject: "y" });
    }

    [Fact]
    public void What_nobody_used_in_a_week_is_told_and_what_keeps_a_promise_is_not()
    {
        InstalledIndex idle = Index("idle", "EAN") with { Uses = 0 };
        Assert.Equal(["IndexUnused idle"], Names(Served(idle)));
        Assert.Empty(Served(idle with { Uses = 1 }));
        Assert.Empty(Served(idle with { Uses = null }));
        Assert.Empty(Served(idle with { IsUnique = true }));
        Assert.Empty(Served(idle with { ServesForeignKey = true }));
        Assert.Empty(Judge(Primary, Index("day", "Data") with { Uses = 0 }, Index("at", "Data_Processamento") with { Uses = 0 }));
    }

    [Fact]
    public void What_is_not_counted_or_not_for_a_week_is_unknown_and_nothing_is_concluded()
    {
        InstalledIndex idle = Index("idle", "EAN") with { Uses = 0 };
        IndexedServer server = Server(Table(200_000, [.. Serving, idle]));
        IndexAdvice young = Assert.Single(IndexAdvisor.Judge(server with { Uptime = TimeSpan.FromDays(6.9) }));
        Assert.Equal(("IndexUseUnknown", "Unknown"), (young.Rule, young.Current));
        Assert.Contains("6.9 days", young.Problem, StringComparison.Ordinal);
        IndexAdvice closed = Assert.Single(IndexAdvisor.Judge(Server(Table(200_000, [.. Serving, idle with { Uses = null }])) with { UnknownUse = new UnknownUse("nobody told", "Ask.") }));
        Assert.Equal(("IndexUseUnknown", "Ask."), (closed.Rule, closed.Remedy));
        // Where there is nothing to judge, nothing needs to be known.
        Assert.Empty(IndexAdvisor.Judge(Server(Table(200_000, Serving)) with { UnknownUse = new UnknownUse("nobody told", "Ask.") }));
    }

    [Theory]
    [InlineData("idx_acode_data_performance", IndexWorth.Useful, IndexWorth.Redundant)]
    [InlineData("idx_acode_cnpj_data", IndexWorth.NotNeeded, IndexWorth.NotNeeded)]
    [InlineData("idx_acode_ean_performance", IndexWorth.NotNeeded, IndexWorth.NotNeeded)]
    [InlineData("idx_acode_fiscal", IndexWorth.Useful, IndexWorth.Redundant)]
    [InlineData("idx_acode_values", IndexWorth.Useful, IndexWorth.Redundant)]
    public void The_guides_five_are_judged_alone_and_beside_what_the_pipeline_needs(string name, IndexWorth alone, IndexWorth beside)
    {
        InstalledIndex index = GuideIndexes.All.Single(one => one.Name == name);
        Assert.Equal(alone, GuideIndexes.Judge(index, Table(200_000, Primary, index)).Worth);
        Assert.Equal(beside, GuideIndexes.Judge(index, Table(200_000, [.. Serving, index])).Worth);
        Assert.Equal([$"GuideIndexIdle {name}"], Names(Served(index)));
        // Somebody else may need it.
        Assert.Empty(Served(index with { Uses = 3 }));
        Assert.True(GuideIndexes.IsOne(index with { Name = "of_another_name" }));
    }

    [Fact]
    public void A_trial_that_nobody_ended_is_told() => Assert.Equal(["IndexInvisible trial"], Names(Served(Index("trial", "EAN") with { IsVisible = false })));

    // Taken once, it says nothing more: any indexes on any columns.
    [Fact]
    public void Advice_converges_and_never_leaves_a_statement_without_its_index()
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        string[] columns = ["Data", "Data_Processamento", "EAN", "CNPJ", "idpk"];
        for (int round = 0; round < 3_000; round++)
        {
            List<InstalledIndex> indexes = [Primary];
            for (int i = random.Next(6); i > 0; i--)
            {
                random.Shuffle(columns);
                indexes.Add(new InstalledIndex
                {
                    Name = $"i{i}",
                    Parts = [.. columns.Take(random.Next(1, 4)).Select(column => new IndexPart(column, random.Next(8) == 0 ? 3 : null, random.Next(4) == 0))],
                    IsUnique = random.Next(5) == 0,
                    ServesForeignKey = random.Next(8) == 0,
                    IsVisible = random.Next(8) != 0,
                    Uses = random.Next(2),
                });
            }

            // The guide's, and those that nobody used, go; one at a time, as an operator would.
            for (int step = 0; ; step++)
            {
                Assert.True(step < 20, $"seed {seed}: {string.Join("; ", indexes)}");
                if (IndexAdvisor.Judge(Server(Table(200_000, [.. indexes]))).FirstOrDefault(one => one.Proposed is not null) is not { } advice)
                {
                    break;
                }

                if (advice.Columns.Count > 0)
                {
                    indexes.Add(Index(IndexStatements.NameOf(advice.Columns), [.. advice.Columns]));
                }
                else
                {
                    indexes.RemoveAll(index => index.Name == advice.Subject);
                }
            }

            IndexedTable table = Table(200_000, [.. indexes]);
            Assert.All(table.Statements, statement => Assert.True(table.Leading(statement.Columns).Any(), $"seed {seed}: {statement.Name} {string.Join("; ", indexes)}"));
        }
    }

    [Theory]
    [InlineData(SourceFlavor.MySql, "9.7", "ALTER TABLE `a``b` ADD INDEX `n` (`c`, `d`) INVISIBLE, ALGORITHM=INPLACE, LOCK=NONE")]
    [InlineData(SourceFlavor.MySql, "5.7", "ALTER TABLE `a``b` ADD INDEX `n` (`c`, `d`), ALGORITHM=INPLACE, LOCK=NONE")]
    [InlineData(SourceFlavor.MariaDb, "10.11", "ALTER TABLE `a``b` ADD INDEX `n` (`c`, `d`) IGNORED, ALGORITHM=INPLACE, LOCK=NONE")]
    [InlineData(SourceFlavor.MariaDb, "10.5", "ALTER TABLE `a``b` ADD INDEX `n` (`c`, `d`), ALGORITHM=INPLACE, LOCK=NONE")]
    public void Statements_are_of_the_version(SourceFlavor flavor, string version, string statement) =>
        Assert.Equal(statement, IndexStatements.Add("a`b", "n", ["c", "d"], new ServerVersion(flavor, new Version(version))));

    [Fact]
    public void A_finding_says_whose_server_it_is()
    {
        SourceDefinition source = new() { Role = SourceRole.Primary, Credential = new CredentialReference(CredentialHolder.SecretsManager, "x"), IsPartners = true };
        Finding finding = IndexAdvisor.Finding(Judge(Primary).First(one => one.Subject == "Data"), source);
        Assert.Equal(("Primary source, sales", "Primary:StatementWithoutIndex:sales(Data)"), (finding.Target, finding.Fingerprint));
        Assert.Contains("partner's", finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_finding_names_the_index_that_it_proposes_and_others_name_none()
    {
        SourceDefinition source = new() { Role = SourceRole.Backup, Credential = new CredentialReference(CredentialHolder.SecretsManager, "x") };
        Finding[] findings = [.. Judge(Index("PRIMARY", "other") with { IsUnique = true }, Index("at", "Data_Processamento"), Index("key", "idpk"), Index("hidden", "EAN") with { IsVisible = false })
            .Select(advice => IndexAdvisor.Finding(advice, source))];
        Assert.Equal(["Backup sales Data,idpk", ""], findings.Select(finding => IndexDefinition.Of(finding) is var (role, table, columns) ? $"{role} {table} {string.Join(',', columns)}" : ""));
        Assert.Null(IndexDefinition.Of(findings[0] with { Rule = "BinlogNotSynced" }));
        Assert.Null(IndexDefinition.Of(findings[0] with { Fingerprint = null }));
    }

    [Theory]
    [InlineData("Data", "", "acode_data_processamento")]
    [InlineData("EAN", "", "acode_ean, 14,040,000 bytes")]
    [InlineData("at", "SourceColumnMissing", "")]
    [InlineData("note", "IndexNotOnline", "")]
    [InlineData("EAN EAN", "IndexColumnTwice", "")]
    [InlineData("CNPJ EAN", "IndexNameTaken", "")]
    public void A_plan_says_what_is_there_and_what_is_refused(string columns, string refusal, string expected)
    {
        InstalledIndex[] indexes = [Primary, Index("acode_data_processamento", "Data", "Data_Processamento"), Index("acode_cnpj_ean", "CFOP")];
        IndexedTable table = Table(300_000, indexes) with
        {
            Columns = [.. new[] { ("idpk", "bigint"), ("Data", "date"), ("Data_Processamento", "datetime"), ("EAN", "varchar(14)"), ("CNPJ", "varchar(18)"), ("note", "text") }.Select(c => new TableColumn(c.Item1, c.Item2, true))],
        };
        IndexDefinition wanted = new() { Table = new TableDefinition { Name = "sales" }, Columns = columns.Split(' ') };
        if (refusal.Length > 0)
        {
            Assert.Equal(refusal, Assert.Throws<AcodeException>(() => IndexPlanner.Plan(wanted, Server(table))).Id);
            Assert.Equal("IndexNotOnline", columns == "EAN" ? Assert.Throws<AcodeException>(() => IndexPlanner.Plan(wanted, Server(table with { Engine = "MyISAM" }))).Id : "IndexNotOnline");
            return;
        }

        IndexPlan plan = IndexPlanner.Plan(wanted, Server(table));
        Assert.Equal(expected, plan.Present?.Name ?? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{plan.Name}, {plan.EstimatedBytes:#,0} bytes"));
    }

    [Fact]
    public void A_partner_gets_the_statement_the_evidence_and_the_way_back_in_two_languages()
    {
        SourceDefinition source = new() { Role = SourceRole.Primary, Host = "db.example", Credential = new CredentialReference(CredentialHolder.SecretsManager, "x"), IsPartners = true };
        IndexedTable table = Table(200_000, Primary) with { Columns = [new TableColumn("Data", "date", true), new TableColumn("idpk", "bigint", false)] };
        string text = IndexRequest.Of(source, IndexPlanner.Plan(new IndexDefinition { Table = new TableDefinition { Name = "sales" }, Columns = ["data"] }, Server(table))).Text;
        Assert.All(new[] { "--- Request:", "--- Pedido:" }, part => Assert.Contains(part, text, StringComparison.Ordinal));
        Assert.All(
            new[] { "ALTER TABLE `sales` ADD INDEX `acode_data` (`Data`) INVISIBLE, ALGORITHM=INPLACE, LOCK=NONE;", "ALTER INDEX `acode_data` VISIBLE;", "DROP INDEX `acode_data`", "DayCounts: ALL, 200,000 rows" },
            part => Assert.Equal(3, text.Split(part).Length));
    }

    private static InstalledIndex[] Serving => [Primary, Index("at", "Data_Processamento"), Index("day", "Data")];

    private static IndexAdvice[] Served(params InstalledIndex[] more) => Judge([.. Serving, .. more]);

    private static IndexAdvice[] Judge(params InstalledIndex[] indexes) => [.. IndexAdvisor.Judge(Server(Table(200_000, indexes)))];

    private static string[] Names(IEnumerable<IndexAdvice> advice) => [.. advice.Select(one => $"{one.Rule} {one.Subject}").Order(StringComparer.Ordinal)];

    private static IndexedServer Server(params IndexedTable[] tables) => new() { Version = Nine, Uptime = TimeSpan.FromDays(30), Tables = tables };

    private static IndexedTable Table(long rows, params InstalledIndex[] indexes) => new()
    {
        Name = "sales",
        Engine = "InnoDB",
        Columns = [],
        Indexes = indexes,
        Rows = rows,
        DataBytes = rows * 100,
        Statements =
        [
            Statement("Freshness", rows, "Data_Processamento"), Statement("CursorRead", rows, "Data_Processamento"),
            Statement("DayCounts", rows, "Data"), Statement("DayPages", rows, "Data", "idpk"),
        ],
    };

    private static PipelineStatement Statement(string name, long rows, params string[] columns) => new()
    {
        Name = name,
        Purpose = "of a test",
        Columns = columns,
        Plan = new QueryPlan { Steps = [new PlanStep("sales", "ALL", null, rows, "Using filesort")] },
        Otherwise = "it scans.",
    };

    private static InstalledIndex Index(string name, params string[] columns) => new() { Name = name, Parts = [.. columns.Select(column => new IndexPart(column))] };

    private static InstalledIndex Parse(string name, string columns) => new()
    {
        Name = name,
        Parts = [.. columns.Replace(" DESC", "-", StringComparison.Ordinal).Split(' ').Select(text => new IndexPart(text.TrimEnd('-').Split('(')[0], text.Contains('(', StringComparison.Ordinal) ? 4 : null, text.EndsWith('-')))],
    };
}
