using AcodeOps.Quality;
using AcodeOps.Quality.Checks;

namespace AcodeOps.Core.Tests.Quality;

/// <summary>Each kind of check by itself: what it finds, what it lets pass, and which columns it takes for its own.</summary>
public sealed class RowCheckTests
{
    private static readonly TableDefinition Sales = new() { Name = "sales", EventDate = "Data", ProcessedAt = "Data_Processamento", Value = "ACODE_Val_Total", Pharmacy = "CNPJ" };
    private static readonly string[] Columns = ["idpk", "Data", "Data_Processamento", "CNPJ", "EAN", "Qtd_Trib", "Val_Prod", "ACODE_Val_Total", "Fornecedor"];
    private static readonly QualityTable Table = new(Sales, Columns, new DateTime(2026, 11, 27, 12, 0, 0, DateTimeKind.Unspecified), new Objectives());

    [Theory]
    [InlineData(null, "NULL")]
    [InlineData("", "empty")]
    [InlineData("  ", "empty")]
    [InlineData("x", null)]
    [InlineData(0, null)]
    public void A_value_must_be_there(object? value, string? fault) => Assert.Equal(fault, Fault("notNull", value));

    [Theory]
    [InlineData(-0.01, "negative")]
    [InlineData(0, null)]
    [InlineData(100, null)]
    [InlineData(100.5, "too great")]
    [InlineData("100.5", "too great")]
    [InlineData("1e400", "too great")]
    [InlineData("NaN", "no number")]
    [InlineData("12,5", "no number")]
    [InlineData(null, null)]
    public void A_number_must_lie_in_its_range(object? value, string? fault) => Assert.Equal(fault, Fault("range", value, rule => rule with { Min = 0, Max = 100 }));

    [Fact]
    public void A_decimal_is_a_number() => Assert.Equal("too small", Fault("range", 0.9999m, rule => rule with { Min = 1 }));

    [Theory]
    [InlineData("MARCA", null)]
    [InlineData(" MARCA ", null)]
    [InlineData("marca", "none of them")]
    [InlineData(null, null)]
    public void A_value_must_be_one_of_a_list(object? value, string? fault) => Assert.Equal(fault, Fault("oneOf", value, rule => rule with { Values = ["MARCA", "GENERICO"] }));

    [Theory]
    [InlineData("A1", null)]
    [InlineData("A1 and more", "does not match")]
    [InlineData("B1|A1", "does not match")]
    public void A_pattern_is_for_the_whole_value(string value, string? fault) => Assert.Equal(fault, Fault("pattern", value, rule => rule with { Pattern = "A1|B1" }));

    [Theory]
    [InlineData("2026-11-27 12:14:59", null)]
    [InlineData("2026-11-27T12:15:01.000000Z", "in the future")]
    [InlineData("2026-11-28", "in the future")]
    [InlineData("tomorrow", "no time")]
    public void A_time_must_not_lie_ahead(string value, string? fault) => Assert.Equal(fault, Fault("notFuture", value));

    [Fact]
    public void A_typed_time_is_judged_alike() =>
        Assert.Equal("in the future", Fault("notFuture", new DateTime(2026, 11, 27, 12, 16, 0, DateTimeKind.Unspecified)));

    [Theory]
    [InlineData("2026-11-26 00:00:00", null)]
    [InlineData("2026-11-25 23:59:59", "before Data")]
    public void Nothing_is_processed_before_its_day(string processed, string? fault)
    {
        Func<object?[], string?> judge = RowChecks.Find("notBefore")!.Open(Rule("Data_Processamento", "notBefore") with { Other = "Data" }, Table);
        Assert.Equal(fault, judge(Row(("Data", new DateOnly(2026, 11, 26)), ("Data_Processamento", processed))));
        Assert.Null(judge(Row(("Data_Processamento", processed))));
    }

    // 12:00 on the wall in São Paulo is 15:00 UTC.
    [Fact]
    public void A_time_in_utc_is_held_against_the_clock_on_the_wall()
    {
        QualityTable there = Table with { Zone = TimeZoneInfo.FindSystemTimeZoneById("America/Sao_Paulo") };
        Func<object?[], string?> notFuture = RowChecks.Find("notFuture")!.Open(Rule("Data_Processamento", "notFuture"), there);
        Func<object?[], string?> notBefore = RowChecks.Find("notBefore")!.Open(Rule("Data_Processamento", "notBefore") with { Other = "Data" }, there);
        Assert.Null(notFuture(Row(("Data_Processamento", new DateTime(2026, 11, 27, 14, 59, 0, DateTimeKind.Utc)))));
        Assert.Equal("in the future", notFuture(Row(("Data_Processamento", new DateTime(2026, 11, 27, 15, 16, 0, DateTimeKind.Utc)))));
        // 01:00 UTC is the day before, on the wall.
        Assert.Equal("before Data", notBefore(Row(("Data", new DateOnly(2026, 11, 26)), ("Data_Processamento", new DateTime(2026, 11, 26, 1, 0, 0, DateTimeKind.Utc)))));
        // As text in the lake it may be either: nothing is invented.
        Assert.Null(notFuture(Row(("Data_Processamento", "2026-11-27T14:59:00.000000Z"))));
        Assert.Equal("in the future", notFuture(Row(("Data_Processamento", "2026-11-27T15:16:00.000000Z"))));
        Assert.Null(notBefore(Row(("Data", "2026-11-26"), ("Data_Processamento", "2026-11-26T01:00:00.000000Z"))));
        Assert.Equal("before Data", notBefore(Row(("Data", "2026-11-26"), ("Data_Processamento", "2026-11-25T23:59:59.000000Z"))));
    }

    [Fact]
    public void A_key_comes_once()
    {
        Func<object?[], string?> judge = RowChecks.Find("unique")!.Open(Rule("idpk", "unique"), Table);
        string?[] faults = [.. new object?[] { 1L, "2", 2, "02", "a", "a", null, null, "", "99999999999999999999", "99999999999999999999" }.Select(key => judge(Row(("idpk", key))))];
        Assert.Equal([null, null, "comes again", null, null, "comes again", null, null, null, null, "comes again"], faults);
    }

    [Fact]
    public void A_table_has_rules_by_its_columns()
    {
        string[] rules = [.. RowChecks.All.SelectMany(check => check.RulesOf(Table)).Select(rule => $"{rule.Column}.{rule.Check}").Order(StringComparer.Ordinal)];
        Assert.Equal(
            [
                "ACODE_Val_Total.notNull", "ACODE_Val_Total.range", "CNPJ.cnpj", "CNPJ.notNull", "Data_Processamento.notBefore", "Data_Processamento.notFuture", "Data_Processamento.notNull",
                "EAN.gtin", "EAN.notNull", "Qtd_Trib.range", "Val_Prod.range",
            ],
            rules);
        Assert.Contains("idpk.unique", RowChecks.All.SelectMany(check => check.RulesOf(Table with { KeyMayRepeat = true })).Select(rule => $"{rule.Column}.{rule.Check}"));
    }

    [Fact]
    public void The_environment_changes_adds_and_takes_away()
    {
        AcodeEnvironment environment = TestInstallation.Definition with
        {
            Quality =
            [
                Rule("EAN", "gtin") with { Limit = 7, Owner = "the partner" },
                Rule("Fornecedor", "notNull"),
                Rule("CNPJ", "cnpj") with { IsEnabled = false },
                Rule("nowhere", "notNull"),
                new QualityRuleDefinition { Table = "other", Column = "EAN", Check = "gtin", Limit = 50 },
                new QualityRuleDefinition { Table = "SALES", Check = "weekday", Limit = 80 },
            ],
        };
        IReadOnlyList<QualityRuleDefinition> rules = QualityRuleBook.RowRules(Table, environment);
        Assert.Equal(7, Assert.Single(rules, rule => rule is { Column: "EAN", Check: "gtin" }).Limit);
        Assert.Contains(rules, rule => rule.Column == "Fornecedor");
        Assert.Contains(rules, rule => rule.Column == "nowhere");
        Assert.DoesNotContain(rules, rule => rule.Check == "cnpj");
        Assert.Equal(80, Assert.Single(QualityRuleBook.DayRules(Sales, environment), rule => rule.Check == "weekday").Limit);
    }

    [Fact]
    public void A_tally_counts_keeps_keys_and_tells_from_where_to_read_again()
    {
        RuleTally tally = new(Rule("EAN", "gtin") with { Limit = 10 }, Table);
        for (int i = 0; i < 5_000; i++)
        {
            tally.Add(Row(("idpk", (long)i), ("EAN", i % 4 == 0 ? "123" : i % 4 == 1 ? "SEM GTIN" : "7891000315507"), ("Data_Processamento", new DateTime(2026, 11, 26, 8, 0, 0, DateTimeKind.Unspecified).AddSeconds(-i))));
        }

        QualityRuleResult result = tally.ToResult(5_000);
        Assert.Equal((Verdict.Degraded, 1_250, 25, 0.75), (result.Verdict, result.BadRows, result.Value, result.Share));
        Assert.Equal(Enumerable.Range(0, 1_000).Select(i => $"{i * 4}"), result.Keys);
        Assert.Equal(new DateTime(2026, 11, 26, 8, 0, 0, DateTimeKind.Unspecified).AddSeconds(-4996), result.ReplayFrom);
        Assert.Equal(1_250, Assert.Single(result.Faults).Value);
        Assert.Equal(Verdict.Failed, Tallied(Rule("EAN", "gtin") with { Severity = FindingSeverity.Error }).Verdict);
        Assert.Equal(("QualityNotMeasured", Verdict.Unknown), (new RuleTally(Rule("EAN", "gtin"), Table).ToResult(0).ErrorId, new RuleTally(Rule("EAN", "gtin"), Table).ToResult(0).Verdict));
        Assert.Equal(("QualityColumnMissing", Verdict.Unknown), (Tallied(Rule("nowhere", "notNull")).ErrorId, Tallied(Rule("nowhere", "notNull")).Verdict));
    }

    [Fact]
    public void The_score_weighs_errors_three_times_and_leaves_out_what_is_unknown()
    {
        QualityRuleResult good = Tallied(Rule("CNPJ", "notNull")) with { Share = 1, Severity = FindingSeverity.Warning };
        Assert.Equal(100 * (1 + (3 * 0.5)) / 4, QualityScore.Of([good, good with { Share = 0.5, Severity = FindingSeverity.Error }, good with { Share = null }]));
        Assert.Null(QualityScore.Of([good with { Share = null }]));
    }

    private static QualityRuleResult Tallied(QualityRuleDefinition rule)
    {
        RuleTally tally = new(rule, Table);
        tally.Add(Row(("idpk", 1L), ("EAN", "1")));
        return tally.ToResult(1);
    }

    private static string? Fault(string check, object? value, Func<QualityRuleDefinition, QualityRuleDefinition>? with = null)
    {
        QualityRuleDefinition rule = Rule("Fornecedor", check);
        return RowChecks.Find(check)!.Open(with?.Invoke(rule) ?? rule, Table)(Row(("Fornecedor", value)));
    }

    private static QualityRuleDefinition Rule(string column, string check) => new() { Table = "sales", Column = column, Check = check };

    private static object?[] Row(params (string Column, object? Value)[] values)
    {
        object?[] row = new object?[Columns.Length];
        foreach ((string column, object? value) in values)
        {
            row[Array.IndexOf(Columns, column)] = value;
        }

        return row;
    }
}
