using AcodeOps.Configuration.Reading;
using AcodeOps.Core.Tests.Environments;
using AcodeOps.Documents;

namespace AcodeOps.Core.Tests.Configuration;

public sealed class VariablesTests
{
    private static readonly Dictionary<string, string> Set = new() { ["A"] = "one", ["B"] = "two", ["EMPTY"] = "", ["PORT"] = "3306", ["YEAR"] = "1999" };
    private readonly Tree _tree = new();
    private readonly FindingList _findings = new("file");

    // As PyYAML with os.path.expandvars, but for variables that are not set and Airbyte's own macros.
    [Theory]
    [InlineData("${A}", "one")]
    [InlineData("x${A}y${B}", "xoneytwo")]
    [InlineData("${A}-$B", "one-two")]
    [InlineData("$B", "$B")]
    [InlineData("${A}$UNSET", "one$UNSET")]
    [InlineData("${EMPTY}", "")]
    [InlineData("${PORT}", "3306")]
    [InlineData("$ {A}", "$ {A}")]
    [InlineData("${}", "${}")]
    public void A_plain_scalar_gets_its_variables(string text, string expected)
    {
        ScalarNode put = Assert.IsType<ScalarNode>(Put(_tree.Plain(text)));

        Assert.Equal(expected, put.Value);
        Assert.Empty(_findings.InOrder);
        Assert.Equal(text.Contains("${", StringComparison.Ordinal) && text != "${}", put is { IsPlain: false, Written: not null });
    }

    [Fact]
    public void What_is_quoted_stays_and_keys_are_expanded_too()
    {
        MappingNode put = Assert.IsType<MappingNode>(Put(_tree.Map(("${A}", _tree.Quoted("${B}")))));

        Assert.Equal(("one", "${B}"), (put.Entries[0].Key.Value, Assert.IsType<ScalarNode>(put.Entries[0].Value).Value));
    }

    [Fact]
    public void One_that_is_not_set_is_an_error_where_it_stands()
    {
        Put(_tree.Map(("password", _tree.Plain("${NOT_SET}"))));

        Finding finding = Assert.Single(_findings.InOrder);
        Assert.Equal(("UndefinedVariable", FindingSeverity.Error, "password", 1), (finding.Rule, finding.Severity, finding.Target, finding.Line));
        Assert.Contains("NOT_SET", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Macros_of_the_destination_are_left_to_it()
    {
        ScalarNode put = Assert.IsType<ScalarNode>(Put(_tree.Plain("${STREAM_NAME}/${YEAR}")));

        Assert.Equal("${STREAM_NAME}/${YEAR}", put.Value);
        Assert.Equal(["MacroVariable"], _findings.InOrder.Select(finding => finding.Rule));
    }

    private DocumentNode Put(DocumentNode node) => new Variables(Set.GetValueOrDefault, _findings).PutInto(node, "");
}
