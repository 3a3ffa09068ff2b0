using System.Management.Automation;
using System.Management.Automation.Language;
using AcodeOps.Module.Tests.Hosting;

namespace AcodeOps.Module.Tests.Contract;

/// <summary>What Get-Help tells of every cmdlet, as users get it from the packed module.</summary>
public sealed class HelpTests
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
            ScriptBlockAst script = Parser.ParseInput(code, out _, out ParseError[] errors);
            Assert.Empty(errors.Select(error => $"{code}: {error.Message}"));
            foreach (CommandAst command in script.FindAll(ast => ast is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>()
                .Where(command => command.GetCommandName()?.Contains("-Acode", StringComparison.Ordinal) == true))
            {
                AssertBinds(command);
            }
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

    // Each parameter is one of the cmdlet's, and values of enumerations are among them.
    private static void AssertBinds(CommandAst command)
    {
        CmdletInfo cmdlet = CmdletOf(command.GetCommandName());
        foreach (CommandParameterAst given in command.CommandElements.OfType<CommandParameterAst>())
        {
            ParameterMetadata? parameter = cmdlet.Parameters.GetValueOrDefault(given.ParameterName);
            Assert.True(parameter is not null, $"{command}: there is no parameter {given.ParameterName}");
            int at = command.CommandElements.IndexOf(given);
            if (Bare(parameter.ParameterType) is { IsEnum: true } choices && command.CommandElements.ElementAtOrDefault(at + 1) is StringConstantExpressionAst value)
            {
                Assert.True(Enum.TryParse(choices, value.Value, ignoreCase: true, out _), $"{command}: {value.Value} is none of {string.Join(", ", Enum.GetNames(choices))}");
            }
        }

        foreach ((StringConstantExpressionAst value, int position) in command.CommandElements.Skip(1).TakeWhile(element => element is StringConstantExpressionAst).Cast<StringConstantExpressionAst>().Select((value, i) => (value, i)))
        {
            CommandParameterInfo? parameter = cmdlet.ParameterSets.SelectMany(set => set.Parameters).FirstOrDefault(parameter => parameter.Position == position);
            Assert.True(parameter is not null, $"{command}: there is no parameter at position {position}");
            if (Bare(parameter.ParameterType) is { IsEnum: true } choices)
            {
                Assert.True(Enum.TryParse(choices, value.Value, ignoreCase: true, out _), $"{command}: {value.Value} is none of {string.Join(", ", Enum.GetNames(choices))}");
            }
        }
    }

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

    private static Type Bare(Type type) => type.IsArray ? Bare(type.GetElementType()!) : Nullable.GetUnderlyingType(type) ?? type;
}
