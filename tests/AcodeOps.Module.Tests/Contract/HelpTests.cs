using System.Management.Automation;
using System.Text.RegularExpressions;
using AcodeOps.Lab.Driver;
using AcodeOps.Module.Tests.Hosting;

namespace AcodeOps.Module.Tests.Contract;

/// <summary>What Get-Help tells of every cmdlet, as users get it from the packed module.</summary>
public sealed partial class HelpTests
{
    private const int LeastExamples = 3;

    // Asked once: each question costs a session and a tenth of a second.
    private static readonly Lazy<Dictionary<string, PSObject>> Told = new(() =>
    {
        using ModuleSession session = new();
        return session.Run("Get-Command -Module AcodeOps | ForEach-Object { Get-Help $_.Name -Full }").Clean().ToDictionary(help => $"{help.Properties["Name"].Value}");
    });

    public static TheoryData<string> Names => CmdletContractTests.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_cmdlet_and_every_parameter_is_explained(string name)
    {
        PSObject help = Help(name);
        Assert.Contains(' ', Text(help, "Synopsis"));
        Assert.DoesNotContain(name + " [", Text(help, "Synopsis"), StringComparison.Ordinal);
        string[] told = [.. Items(help, "parameters", "parameter").Where(parameter => Text(parameter, "description").Length > 0).Select(parameter => Text(parameter, "name"))];
        IEnumerable<string> has = CmdletOf(name).Parameters.Keys.Except(Cmdlet.CommonParameters);
        Assert.Equal(has.Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_examples_can_be_typed(string name)
    {
        PSObject[] examples = [.. Items(Help(name), "examples", "example")];
        Assert.True(examples.Length >= LeastExamples, $"{examples.Length} examples");
        Assert.Contains(examples, example => Text(example, "code").Contains(name, StringComparison.Ordinal));
        foreach (string code in examples.Select(example => Text(example, "code")))
        {
            TypedCommands.AssertCanBeTyped(code);
        }
    }

    [Theory]
    [InlineData("about_AcodeOps")]
    [InlineData("about_AcodeEnvironment")]
    [InlineData("about_AcodeFailover")]
    [InlineData("about_AcodeRecovery")]
    [InlineData("about_AcodeAudit")]
    public void What_is_about_the_whole_can_be_read(string name)
    {
        string text = File.ReadAllText(Path.Combine(PackedModule.Folder, "en-US", name + ".help.txt"));
        Assert.StartsWith($"TOPIC\n    {name}\n\nSHORT DESCRIPTION\n", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 100, line));
        using ModuleSession session = new();
        Assert.Contains(name, session.With("name", name).Run("Get-Help $name | Out-String").Clean().Select(line => $"{line}").First(), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_error_that_the_code_can_raise_is_explained_and_no_other()
    {
        string[] explained = [.. Entries("en-US").Select(line => line.Split(':')[0])];
        Assert.Equal(explained.Distinct(), explained);
        string[] sources = [.. Directory.EnumerateFiles(Path.Combine(Repository.Find().Root, "src"), "*.cs", SearchOption.AllDirectories).Where(file => !file.Contains("AcodeOps.Lab", StringComparison.Ordinal)).Select(File.ReadAllText)];
        string[] raised = [.. sources.SelectMany(text => RaisedId().Matches(text)).Select(match => match.Groups["id"].Value).Distinct()];
        Assert.True(raised.Length > 200, $"{raised.Length} ids found");

        // Some are put together from a kind of server or file, and what befell it.
        Assert.Empty(raised.Except(explained).Where(id => !explained.Any(longer => longer.EndsWith(id, StringComparison.Ordinal))).Order(StringComparer.Ordinal));
        string all = string.Join('\n', sources);
        Assert.DoesNotContain(explained, id => !all.Contains($"\"{id}\"", StringComparison.Ordinal) && !Parts(id).Any(parts => FrontIn(all, parts.Front) && all.Contains(parts.Back, StringComparison.Ordinal)));

        static bool FrontIn(string all, string front) => all.Contains($"\"{front}\"", StringComparison.Ordinal) || all.Contains($"\"{front}{{", StringComparison.Ordinal);

        static IEnumerable<(string Front, string Back)> Parts(string id) => Enumerable.Range(1, id.Length - 1).Where(at => char.IsUpper(id[at])).Select(at => (id[..at], id[at..]));
    }

    [Fact]
    public void The_errors_that_the_pages_name_exist()
    {
        HashSet<string> known = [.. Entries("en-US").Select(line => line.Split(':')[0])];
        string[] named =
        [
            .. from page in Directory.EnumerateFiles(Path.Combine(Repository.Find().Root, "docs", "help"), "*.md")
               from line in File.ReadLines(page).SkipWhile(line => line != "## Errors")
               from id in NamedId().Matches(line)
               select id.Value,
        ];
        Assert.True(named.Length > 50, $"{named.Length} ids named");
        Assert.Empty(named.Except(known));
    }

    [Fact]
    public void To_who_reads_Portuguese_an_error_says_what_it_means_in_Portuguese_and_the_particulars_as_they_are_on_record()
    {
        const string Wrong = "Get-AcodeEnvironment -Path /no/such/acode.yaml";
        using ModuleSession session = new();
        ErrorRecord english = Assert.Single(session.Run(Wrong).Errors);
        ErrorRecord portuguese = Assert.Single(session.Run($"[cultureinfo]::CurrentUICulture = 'pt-BR'; {Wrong}").Errors);
        Assert.Equal(english.FullyQualifiedErrorId, portuguese.FullyQualifiedErrorId);
        Assert.Equal(english.Exception.Message, portuguese.Exception.Message);
        Assert.StartsWith("não há arquivo de ambiente", portuguese.ErrorDetails.Message, StringComparison.OrdinalIgnoreCase);
        Assert.EndsWith($"({english.ErrorDetails.Message})", portuguese.ErrorDetails.Message, StringComparison.Ordinal);
        Assert.Equal(Entries("en-US").Select(line => line.Split(':')[0]), Entries("pt-BR").Select(line => line.Split(':')[0]));
    }

    [Fact]
    public void To_who_reads_Portuguese_it_is_told_in_Portuguese()
    {
        using ModuleSession session = new();
        foreach (string name in CmdletContractTests.Cmdlets.Value.Select(cmdlet => cmdlet.Name))
        {
            PSObject help = session.With("name", name).Run("[cultureinfo]::CurrentUICulture = 'pt-BR'; Get-Help $name -Full").Clean()[0];
            Assert.NotEqual(Text(Help(name), "Synopsis"), Text(help, "Synopsis"));
            Assert.Equal(
                Items(Help(name), "examples", "example").Select(example => Text(example, "code")), Items(help, "examples", "example").Select(example => Text(example, "code")));
            Assert.All(Items(help, "examples", "example"), example => Assert.Contains("Exemplo", Text(example, "title"), StringComparison.Ordinal));
            Assert.Equal(
                Items(Help(name), "parameters", "parameter").Select(parameter => Text(parameter, "name")), Items(help, "parameters", "parameter").Select(parameter => Text(parameter, "name")));
            Assert.All(Items(help, "parameters", "parameter"), parameter => Assert.NotEmpty(Text(parameter, "description")));
        }

        Assert.Equal(
            Names(Path.Combine(PackedModule.Folder, "en-US")), Names(Path.Combine(PackedModule.Folder, "pt-BR")));

        static IEnumerable<string?> Names(string folder) => Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Entries(string language) => File.ReadLines(Path.Combine(PackedModule.Folder, language, "about_AcodeErrors.help.txt"))
        .Where(line => line.StartsWith("    - ", StringComparison.Ordinal)).Select(line => line[6..]);

    [GeneratedRegex(@"(?<=^- |, |\. )[A-Z][a-z]+[A-Z][A-Za-z]+(?=,|:)")]
    private static partial Regex NamedId();

    [GeneratedRegex("\"(?<id>[A-Z][A-Za-z0-9]+)\",\\s*(cause|FailureClass)\\b")]
    private static partial Regex RaisedId();

    private static PSObject Help(string name) => Told.Value[name];

    private static CmdletInfo CmdletOf(string name) => CmdletContractTests.Cmdlets.Value.Single(cmdlet => cmdlet.Name == name);

    private static IEnumerable<PSObject> Items(PSObject help, string list, string item) =>
        help.Properties[list]?.Value is { } value && PSObject.AsPSObject(value).Properties[item]?.Value is { } items
            ? LanguagePrimitives.GetEnumerable(items) is { } many ? many.Cast<object>().Select(PSObject.AsPSObject) : [PSObject.AsPSObject(items)]
            : [];

    private static string Text(PSObject help, string property) => help.Properties[property]?.Value switch
    {
        null => "",
        string text => text.Trim(),
        object[] paragraphs => string.Join('\n', paragraphs.Select(paragraph => Text(PSObject.AsPSObject(paragraph), "Text"))).Trim(),
        var value => $"{value}".Trim(),
    };
}
