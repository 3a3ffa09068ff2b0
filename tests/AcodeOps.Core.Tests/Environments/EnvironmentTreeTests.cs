using AcodeOps.Documents;
using AcodeOps.Environments;

namespace AcodeOps.Core.Tests.Environments;

/// <summary>The judgement of trees, whatever they were read from.</summary>
public sealed class EnvironmentTreeTests
{
    private readonly Tree _tree = new();

    [Fact]
    public void A_document_that_is_no_mapping_has_one_error_and_no_environment()
    {
        foreach (DocumentNode root in new DocumentNode[] { _tree.Plain("text"), _tree.List(), _tree.Plain("") })
        {
            EnvironmentFile file = EnvironmentFileReader.Judge(root, "acode.yaml");
            Finding error = Assert.Single(file.Findings);
            Assert.Equal(("WrongType", root.Line), (error.Rule, error.Line));
            Assert.Equal("EnvironmentInvalid", Assert.Throws<AcodeException>(() => file.Choose()).Id);
        }
    }

    [Fact]
    public void A_document_without_environments_says_so()
    {
        Assert.Equal("MissingKey", Assert.Single(Judge(_tree.Map())).Rule);
        Assert.Equal("MissingKey", Assert.Single(Judge(_tree.Map(("environments", _tree.Map())))).Rule);
        Assert.Equal("MissingKey", Assert.Single(Judge(_tree.Map(("environments", _tree.Plain("~"))))).Rule);
        Assert.Equal("WrongType", Assert.Single(Judge(_tree.Map(("environments", _tree.List())))).Rule);
    }

    [Fact]
    public void An_empty_environment_names_every_part_that_is_missing()
    {
        IReadOnlyList<Finding> findings = Judge(_tree.Map(("environments", _tree.Map(("production", _tree.Map())))));
        Assert.All(findings, f => Assert.Equal("MissingKey", f.Rule));
        Assert.Equal(
            ["airbyte", "routes", "sources", "storages", "tables"],
            findings.Select(f => f.Target["environments.production.".Length..]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Only_an_unquoted_value_is_a_number_a_flag_or_nothing()
    {
        Assert.Equal(["InvalidValue", "InvalidValue"], Sources(("port", _tree.Quoted("3306")), ("partner", _tree.Quoted("true"))));
        Assert.Empty(Sources(("port", _tree.Plain("3306")), ("partner", _tree.Plain("true"))));
        Assert.Empty(Sources(("user", _tree.Plain("null")), ("port", _tree.Plain(""))));
        Assert.Empty(Sources(("user", _tree.Quoted("null"))));
        Assert.Equal(["InvalidValue"], Sources(("user", _tree.Quoted(""))));
    }

    [Fact]
    public void Control_characters_of_the_file_do_not_reach_the_terminal()
    {
        IReadOnlyList<Finding> findings = Judge(_tree.Map(("\u001b[31mred\u0007", _tree.Plain("x")), ("environments", _tree.Map())));
        Assert.All(findings, f => Assert.DoesNotContain($"{f} {f.Target} {f.Current}", char.IsControl));
    }

    [Theory]
    [InlineData("pro\u0001duction")]
    [InlineData("production.")]
    [InlineData("")]
    public void An_environment_with_a_name_that_cannot_be_is_kept_back(string name)
    {
        EnvironmentFile file = EnvironmentFileReader.Judge(_tree.Map(("environments", _tree.Map((name, _tree.Map())))), "acode.yaml");
        Assert.Empty(file.Environments);
        Assert.Contains(file.Findings, f => f.Rule == "InvalidValue");
    }

    [Fact]
    public void A_very_long_key_is_cut_short_in_the_message()
    {
        Finding finding = Judge(_tree.Map((new string('k', 100_000), _tree.Plain("x")))).First(f => f.Rule == "UnknownKey");
        Assert.True(finding.Message.Length + finding.Target.Length + finding.Current!.Length < 600);
    }

    private string[] Sources(params (string, DocumentNode)[] keys)
    {
        MappingNode primary = _tree.Map([("credential", _tree.Plain("env:A")), .. keys]);
        MappingNode document = _tree.Map(("environments", _tree.Map(("production", _tree.Map(("sources", _tree.Map(("primary", primary))))))));
        return [.. Judge(document).Where(f => f.Target.StartsWith("environments.production.sources", StringComparison.Ordinal)).Select(f => f.Rule)];
    }

    private static IReadOnlyList<Finding> Judge(DocumentNode root) => EnvironmentFileReader.Judge(root, "acode.yaml").Findings;
}
