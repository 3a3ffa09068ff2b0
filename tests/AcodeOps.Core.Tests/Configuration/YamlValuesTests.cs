using AcodeOps.Configuration.Reading;
using AcodeOps.Core.Tests.Environments;
using AcodeOps.Documents;

namespace AcodeOps.Core.Tests.Configuration;

/// <summary>Plain scalars mean what PyYAML 6.0.3, octavia's loader, takes them for; the hash is the one that it keeps.</summary>
public sealed class YamlValuesTests
{
    private readonly Tree _tree = new();

    [Theory]
    [InlineData("0", "0")]
    [InlineData("007", "7")]
    [InlineData("010", "8")]
    [InlineData("0x1F", "31")]
    [InlineData("-0x10", "-16")]
    [InlineData("0b101", "5")]
    [InlineData("1_000", "1000")]
    [InlineData("190:20:30", "685230")]
    [InlineData("1:30", "90")]
    [InlineData("-12", "-12")]
    [InlineData("+5", "5")]
    [InlineData("09", "\"09\"")]
    [InlineData("0o17", "\"0o17\"")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("1.", "1")]
    [InlineData("1.5e+3", "1500")]
    [InlineData(".5", "0.5")]
    [InlineData("1e5", "\"1e5\"")]
    [InlineData("yes", "true")]
    [InlineData("on", "true")]
    [InlineData("OFF", "false")]
    [InlineData("y", "\"y\"")]
    [InlineData("tRUE", "\"tRUE\"")]
    [InlineData("~", "null")]
    [InlineData("", "null")]
    [InlineData("nULL", "\"nULL\"")]
    [InlineData("2001-12-14", "\"2001-12-14\"")]
    [InlineData("1,000", "\"1,000\"")]
    [InlineData(".inf", "\".inf\"")]
    public void A_plain_scalar_is_what_the_loader_takes_it_for(string text, string json)
    {
        Assert.Equal(json, YamlValues.ToJson(_tree.Plain(text))?.ToJsonString() ?? "null");
        Assert.Equal(text, (string?)YamlValues.ToJson(_tree.Quoted(text)));
    }

    [Fact]
    public void The_hash_is_octavias()
    {
        Assert.Equal("8d621bd700ff9a864bc603f56b4ec73536110b37d814dd4629767e898da70bef", Hash(_tree.Map(("example", _tree.Plain("foo")))));
        Assert.Equal("1d99f59b7cc0704d4358f4b45c18dbfef6fd7988100180dab14024ab3c1f35c4", Hash(_tree.Map(
            ("b", _tree.List([.. "1 2.0 1.0e-5 1.5e+17 1.0e+15 0.1 -0.0".Split(' ').Select(_tree.Plain)])),
            ("a", _tree.Map(("z", _tree.Quoted("é\"\\\\ \t")), ("y", _tree.Plain("null")), ("x", _tree.Plain("yes")))),
            ("c", _tree.Plain("😀")))));
        Assert.Equal("e507fe457056e066991cee6312c022a8e957ab4b8aca719f79c9a3fec818e0f2", Hash(_tree.Map(
            ("definition_type", _tree.Plain("source")),
            ("resource_name", _tree.Plain("shop db")),
            ("configuration", _tree.Map(("port", _tree.Plain("3306")), ("host", _tree.Plain("db")), ("ssl", _tree.Plain("false")), ("empty", _tree.Map()), ("list", _tree.List()))))));
    }

    [Fact]
    public void A_secret_that_a_variable_brought_is_hashed_by_the_variables_name()
    {
        ScalarNode brought = _tree.Quoted("s3cret") with { Written = "${PASS}" };

        string named = ConfigurationHash.Of(_tree.Map(("configuration", _tree.Map(("password", brought)))), path => path == "configuration.password");

        Assert.Equal(Hash(_tree.Map(("configuration", _tree.Map(("password", _tree.Quoted("${PASS}")))))), named);
        Assert.NotEqual(Hash(_tree.Map(("configuration", _tree.Map(("password", brought))))), named);
    }

    private static string Hash(DocumentNode document) => ConfigurationHash.Of(document, _ => false);
}
