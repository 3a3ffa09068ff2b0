using System.Text.RegularExpressions;
using AcodeOps.Adapters.Files;
using AcodeOps.Documents;
using AcodeOps.Lab.Driver;

namespace AcodeOps.Adapters.Tests.Configuration;

/// <summary>The pipelines among the examples keep to what a pipeline with such rights must keep to.</summary>
public sealed partial class PipelineExampleTests
{
    private const string GitHub = "github-workflow.yml";
    private const string Azure = "azure-pipelines.yml";
    private static readonly string Examples = Path.Combine(Repository.Find().Root, "Examples");

    [Theory]
    [InlineData(GitHub)]
    [InlineData(Azure)]
    public void It_is_YAML_and_every_script_that_it_calls_is_an_example(string file)
    {
        Assert.NotEmpty(Read(file).Entries);
        string[] scripts = [.. Script().Matches(Text(file)).Select(match => match.Groups["name"].Value).Distinct()];
        Assert.Equal(["06-Deploy.ps1"], scripts);
        Assert.All(scripts, script => Assert.True(File.Exists(Path.Combine(Examples, script)), script));
        Assert.Equal(["Plan", "Publish", "Test", "Validate"], Stage().Matches(Text(file)).Select(match => match.Groups["stage"].Value).Distinct().Order(StringComparer.Ordinal));
        Assert.Contains("Send-AcodeNotification", Text(file), StringComparison.Ordinal);
        Assert.Contains("Restore-AcodeConfiguration", Text(file), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_action_is_pinned_to_a_commit_and_its_version_is_beside_it()
    {
        string[] uses = [.. Text(GitHub).Split('\n').Where(line => line.Contains("uses:", StringComparison.Ordinal))];
        Assert.NotEmpty(uses);
        Assert.All(uses, line => Assert.Matches(@"uses: [a-z-]+(/[a-z-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line));
        Assert.All(Steps().Where(step => $"{Value(step, "uses")}".StartsWith("actions/checkout@", StringComparison.Ordinal)), step => Assert.Equal("false", Value(step, "with", "persist-credentials")));
    }

    [Fact]
    public void Every_job_has_the_rights_that_it_needs_and_no_more()
    {
        Assert.Empty(Assert.IsType<MappingNode>(Child(Read(GitHub), "permissions")).Entries);
        foreach ((string job, MappingNode node) in Jobs())
        {
            Dictionary<string, string> rights = Assert.IsType<MappingNode>(Child(node, "permissions")).Entries.ToDictionary(e => e.Key.Value, e => ((ScalarNode)e.Value).Value);
            string[] actions = [.. Sequence(node, "steps").Select(step => $"{Value(step, "uses")}")];
            Assert.Equal("read", rights["contents"]);
            Assert.Equal(actions.Any(action => action.StartsWith("aws-actions/", StringComparison.Ordinal)), rights.Remove("id-token", out string? token) && token == "write");
            Assert.Equal(actions.Any(action => action.Contains("/upload-sarif@", StringComparison.Ordinal)), rights.Remove("security-events", out string? events) && events == "write");
            Assert.True(rights.Count == 1, $"{job}: {string.Join(", ", rights.Keys)}");
        }
    }

    [Fact]
    public void A_job_that_deploys_has_an_environment_runs_alone_and_is_not_cut_off()
    {
        (string Name, MappingNode Node)[] deploying = [.. Jobs().Where(job => Sequence(job.Node, "steps").Any(step => $"{Value(step, "run")}".Contains("-Stage Publish", StringComparison.Ordinal)))];
        Assert.Equal(["staging", "production"], deploying.Select(job => job.Name));
        foreach ((string name, MappingNode node) in deploying)
        {
            Assert.Equal(name, Value(node, "environment"));
            Assert.Equal($"acode-{name}", Value(node, "concurrency", "group"));
            Assert.Equal("false", Value(node, "concurrency", "cancel-in-progress"));
            Assert.Equal("failure()", Value(Sequence(node, "steps")[^1], "if"));
        }

        MappingNode azure = Read(Azure);
        Assert.Equal("sequential", Value(azure, "lockBehavior"));
        Assert.Equal(
            ["acode-staging", "acode-production"],
            Sequence(azure, "stages").SelectMany(stage => Sequence(stage, "jobs")).Where(job => Value(job, "deployment") is not null).Select(job => Value(job, "environment")));
    }

    [Fact]
    public void No_text_that_is_run_holds_what_GitHub_puts_in_and_a_step_stops_at_an_error()
    {
        Assert.Equal("pwsh", Value(Read(GitHub), "defaults", "run", "shell"));
        string[] runs = [.. Steps().Select(step => Value(step, "run")).OfType<string>()];
        Assert.NotEmpty(runs);
        Assert.All(runs, run => Assert.StartsWith("$ErrorActionPreference = 'Stop'", run, StringComparison.Ordinal));
        // Neither a secret nor a title of a pull request becomes a piece of a script.
        Assert.All(runs, run => Assert.DoesNotContain("${{", run, StringComparison.Ordinal));
        Assert.DoesNotContain("secrets.", Text(GitHub), StringComparison.Ordinal);
        Assert.DoesNotContain("password", Text(GitHub) + Text(Azure), StringComparison.OrdinalIgnoreCase);
    }

    private static IEnumerable<(string Name, MappingNode Node)> Jobs() =>
        Assert.IsType<MappingNode>(Child(Read(GitHub), "jobs")).Entries.Select(job => (job.Key.Value, (MappingNode)job.Value));

    private static IEnumerable<MappingNode> Steps() => Jobs().SelectMany(job => Sequence(job.Node, "steps"));

    private static MappingNode[] Sequence(MappingNode node, string key) => [.. Assert.IsType<SequenceNode>(Child(node, key)).Items.Cast<MappingNode>()];

    private static string? Value(MappingNode node, params string[] keys) => keys.Aggregate((DocumentNode?)node, Child) is ScalarNode scalar ? scalar.Value : null;

    private static DocumentNode? Child(DocumentNode? node, string key) => (node as MappingNode)?.Entries.FirstOrDefault(entry => entry.Key.Value == key).Value;

    private static MappingNode Read(string file) => Assert.IsType<MappingNode>(new YamlDocumentReader(YamlKind.Configuration).Read(Path.Combine(Examples, file)));

    private static string Text(string file) => File.ReadAllText(Path.Combine(Examples, file));

    [GeneratedRegex(@"\./(?<name>[\w-]+\.ps1)")]
    private static partial Regex Script();

    [GeneratedRegex(@"-Stage (?<stage>\w+)")]
    private static partial Regex Stage();
}
