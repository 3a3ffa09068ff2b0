using System.Text.RegularExpressions;
using AcodeOps.Lab.Driver;

namespace AcodeOps.Module.Tests.Contract;

/// <summary>What the documents tell people to type, and the errors that the page for the night names.</summary>
public sealed partial class DocumentTests
{
    private static readonly string Root = Repository.Find().Root;

    public static TheoryData<string> Documents =>
        [.. Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md").Append(Path.Combine(Root, "README.md")).Select(file => Path.GetRelativePath(Root, file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Documents))]
    public void What_it_tells_to_type_can_be_typed(string document)
    {
        foreach (Match block in Block().Matches(Read(document)))
        {
            TypedCommands.AssertCanBeTyped(block.Groups["code"].Value);
        }
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Its_links_lead_somewhere(string document)
    {
        string folder = Path.GetDirectoryName(Path.Combine(Root, document))!;
        Assert.All(
            Link().Matches(Read(document)).Select(link => link.Groups["to"].Value).Where(to => !to.Contains("://", StringComparison.Ordinal)),
            to => Assert.True(Path.Exists(Path.Combine(folder, to)), to));
    }

    [Theory]
    [InlineData("docs/at-3-am.md")]
    [InlineData("docs/as-tres-da-manha.md")]
    public void The_errors_on_the_page_for_the_night_are_errors_of_the_product(string document)
    {
        string text = Read(document);
        string[] errors = [.. Error().Matches(text[text.LastIndexOf("\n## ", StringComparison.Ordinal)..]).Select(error => error.Groups["id"].Value)];
        Assert.Equal(7, errors.Length);
        string[] sources = [.. Directory.EnumerateFiles(Path.Combine(Root, "src", "AcodeOps.Core"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText)];
        Assert.All(errors, error => Assert.Contains(sources, source => source.Contains($"\"{error}\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void Each_figure_of_the_README_is_one_that_the_benchmarks_wrote()
    {
        string measured = Read("README.md");
        measured = measured[measured.IndexOf("## Measured", StringComparison.Ordinal)..];
        string[] rows = [.. measured[..measured.IndexOf("## Package", StringComparison.Ordinal)].Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal))];
        Assert.True(rows.Length > 5, $"{rows.Length} rows");
        Assert.Empty(rows.Except(Read("docs/bench.md").Split('\n')));
    }

    private static string Read(string document) => File.ReadAllText(Path.Combine(Root, document)).ReplaceLineEndings("\n");

    [GeneratedRegex("```powershell\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\]\((?<to>[^)#]+)(#[^)]*)?\)")]
    private static partial Regex Link();

    [GeneratedRegex("`(?<id>[A-Z][a-z]+[A-Z][A-Za-z]+)`")]
    private static partial Regex Error();
}
