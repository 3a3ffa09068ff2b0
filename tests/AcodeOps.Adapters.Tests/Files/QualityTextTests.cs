namespace AcodeOps.Adapters.Tests.Files;

/// <summary>The quality section of an environment file.</summary>
public sealed class QualityTextTests
{
    [Fact]
    public void Rules_are_read_with_all_that_they_say()
    {
        IReadOnlyList<QualityRuleDefinition> rules = YamlText.Judge(With("""
                  owner: data@example.com
                  rules:
                    - { table: sales, column: EAN, check: gtin, limit: 2.5, severity: warning, owner: the partner }
                    - { table: sales, column: Ganho, check: range, min: -10.5, max: 25 }
                    - { table: sales, column: Tipo, check: oneOf, values: [MARCA, GENERICO] }
                    - { table: sales, column: Lote, check: pattern, pattern: "[A-Z]{2}[0-9]+" }
                    - { table: sales, column: Fim, check: notBefore, other: Inicio }
                    - { table: sales, check: weekday, limit: 70, severity: error }
                    - { table: sales, column: CST, check: cst, enabled: false }
            """)).Choose().Quality;

        Assert.Equal(["sales.EAN.gtin", "sales.Ganho.range", "sales.Tipo.oneOf", "sales.Lote.pattern", "sales.Fim.notBefore", "sales.weekday", "sales.CST.cst"], rules.Select(rule => rule.Id));
        Assert.Equal((2.5, FindingSeverity.Warning, "the partner"), (rules[0].Limit, rules[0].Severity, rules[0].Owner));
        Assert.Equal((-10.5, 25, "data@example.com"), (rules[1].Min, rules[1].Max, rules[1].Owner));
        Assert.Equal(["MARCA", "GENERICO"], rules[2].Values);
        Assert.Equal(("[A-Z]{2}[0-9]+", "Inicio"), (rules[3].Pattern, rules[4].Other));
        Assert.Equal([true, true, true, true, true, true, false], rules.Select(rule => rule.IsEnabled));
        Assert.Empty(YamlText.Judge(YamlText.Smallest).Choose().Quality);
    }

    [Theory]
    [InlineData("rules: []", "MissingKey", "rules")]
    [InlineData("rules: [{ column: EAN, check: gtin }]", "MissingKey", "rules[0].table")]
    [InlineData("rules: [{ table: sale, column: EAN, check: gtin }]", "UnknownTable", "rules[0].table")]
    [InlineData("rules: [{ table: sales, check: gtin }]", "MissingKey", "rules[0].column")]
    [InlineData("rules: [{ table: sales, column: EAN, check: gtn }]", "InvalidValue", "rules[0].check")]
    [InlineData("rules: [{ table: sales, column: EAN, check: gtin, limit: 101 }]", "InvalidValue", "rules[0].limit")]
    [InlineData("rules: [{ table: sales, column: EAN, check: gtin, severity: information }]", "InvalidValue", "rules[0].severity")]
    [InlineData("rules: [{ table: sales, column: EAN, check: range }]", "InvalidValue", "rules[0].check")]
    [InlineData("rules: [{ table: sales, column: EAN, check: range, min: 2, max: 1 }]", "InvalidValue", "rules[0].check")]
    [InlineData("rules: [{ table: sales, column: EAN, check: oneOf }]", "InvalidValue", "rules[0].check")]
    [InlineData("rules: [{ table: sales, column: EAN, check: pattern, pattern: \"(\" }]", "InvalidValue", "rules[0].check")]
    [InlineData("rules: [{ table: sales, column: EAN, check: pattern, pattern: \"(?=a)b\" }]", "InvalidValue", "rules[0].check")]
    [InlineData("rules: [{ table: sales, column: EAN, check: notBefore }]", "InvalidValue", "rules[0].check")]
    [InlineData("rules: [{ table: sales, column: EAN, check: weekday }]", "InvalidValue", "rules[0].column")]
    [InlineData("rules: [{ table: sales, check: weekday }, { table: Sales, check: weekday }]", "DuplicateName", "rules[1].check")]
    public void What_is_wrong_is_found_where_it_is(string section, string rule, string target)
    {
        Finding error = Assert.Single(YamlText.Errors(With("      " + section)));
        Assert.Equal((rule, $"environments.production.quality.{target}"), (error.Rule, error.Target));
    }

    private static string With(string section) => $"{YamlText.Smallest}\n    quality:\n{section}\n";
}
