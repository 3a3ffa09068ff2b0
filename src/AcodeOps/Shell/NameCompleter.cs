using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace AcodeOps.Shell;

/// <summary>Completes names by their beginning, whatever its case and in whatever quotes.</summary>
public abstract class NameCompleter : IArgumentCompleter
{
    /// <summary>The names, in the order in which they are offered, each with what is told of it; null for nothing.</summary>
    protected abstract IEnumerable<(string Name, string? Tip)> Names();

    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        WildcardPattern wanted = new(WildcardPattern.Escape((wordToComplete ?? "").Trim('\'', '"')) + "*", WildcardOptions.IgnoreCase);
        return Names().Where(one => wanted.IsMatch(one.Name)).Select(one => new CompletionResult(Written(one.Name), one.Name, CompletionResultType.ParameterValue, one.Tip ?? one.Name));
    }

    // As it can stand on a command line.
    private static string Written(string name) =>
        name.Length > 0 && name.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.' or ':' or '/') && name[0] != '-' ? name : $"'{CodeGeneration.EscapeSingleQuotedStringContent(name)}'";
}
