using System.Management.Automation;
using System.Management.Automation.Language;

namespace AcodeOps.Module.Tests.Contract;

/// <summary>What help and documents tell people to type.</summary>
internal static class TypedCommands
{
    /// <summary>It parses; each of the module's cmdlets in it exists, and so do its parameters and the values of its enumerations.</summary>
    public static void AssertCanBeTyped(string code)
    {
        ScriptBlockAst script = Parser.ParseInput(code, out _, out ParseError[] errors);
        Assert.Empty(errors.Select(error => $"{code}: {error.Message}"));
        foreach (CommandAst command in script.FindAll(ast => ast is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>()
            .Where(command => command.GetCommandName()?.Contains("-Acode", StringComparison.Ordinal) == true))
        {
            AssertBinds(command);
        }
    }

    // Each parameter is one of the cmdlet's, and values of enumerations are among them.
    private static void AssertBinds(CommandAst command)
    {
        CmdletInfo cmdlet = Of(command);
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

    private static CmdletInfo Of(CommandAst command) =>
        CmdletContractTests.Cmdlets.Value.SingleOrDefault(cmdlet => cmdlet.Name == command.GetCommandName()) ?? throw new Xunit.Sdk.XunitException($"{command}: there is no such cmdlet.");

    private static Type Bare(Type type) => type.IsArray ? Bare(type.GetElementType()!) : Nullable.GetUnderlyingType(type) ?? type;
}
