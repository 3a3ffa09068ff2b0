using System.Text.Json.Nodes;
using AcodeOps.Findings;

namespace AcodeOps.Core.Tests.Findings;

public sealed class FindingReportTests
{
    private static readonly string Root = Path.Combine(Path.GetTempPath(), "repository");

    private static readonly Finding Wrong = new()
    {
        Rule = "UnknownKey",
        Severity = FindingSeverity.Error,
        Target = "configuration.a",
        Message = "100 % wrong: [a]; really\nnot.",
        Remedy = "Mend it.",
        File = Path.Combine(Root, "airbyte", "a b,c.yaml"),
        Line = 3,
        Column = 5,
    };

    [Fact]
    public void Annotations_escape_what_would_end_them()
    {
        Assert.Equal("::error file=airbyte/a b%2Cc.yaml,line=3,col=5,title=UnknownKey::100 %25 wrong: [a]; really%0Anot. Mend it.", AnnotationLines.GitHub(Wrong, Root));
        Assert.Equal(
            "##vso[task.logissue type=error;sourcepath=airbyte/a b,c.yaml;linenumber=3;columnnumber=5;code=UnknownKey]100 %AZP25 wrong: [a%5D%3B really%0Anot. Mend it.",
            AnnotationLines.AzureDevOps(Wrong, Root));
        Assert.Equal("::warning title=UnknownKey::Old.", AnnotationLines.GitHub(Wrong with { File = null, Severity = FindingSeverity.Warning, Message = "Old.", Remedy = null }, Root));
        Assert.DoesNotContain("##vso", AnnotationLines.AzureDevOps(Wrong with { Severity = FindingSeverity.Information, Message = "##vso[task.complete]\n##vso[x]" }, Root)[1..], StringComparison.Ordinal);
    }

    [Fact]
    public void Sarif_names_files_from_the_root_and_each_rule_once()
    {
        JsonNode run = JsonNode.Parse(SarifReport.Write([Wrong, Wrong with { File = null, Severity = FindingSeverity.Information }], Root, "1.2.3"))!["runs"]![0]!;

        Assert.Equal(("AcodeOps", "1.2.3"), ((string?)run["tool"]!["driver"]!["name"], (string?)run["tool"]!["driver"]!["version"]));
        Assert.Equal(["UnknownKey"], run["tool"]!["driver"]!["rules"]!.AsArray().Select(rule => (string?)rule!["id"]));
        Assert.Equal(["error", "note"], run["results"]!.AsArray().Select(result => (string?)result!["level"]));
        JsonNode place = run["results"]![0]!["locations"]![0]!["physicalLocation"]!;
        Assert.Equal(("airbyte/a%20b%2Cc.yaml", 3, 5), ((string?)place["artifactLocation"]!["uri"], (int?)place["region"]!["startLine"], (int?)place["region"]!["startColumn"]));
        Assert.Empty(JsonNode.Parse(SarifReport.Write([], Root, "1.2.3"))!["runs"]![0]!["results"]!.AsArray());
    }
}
