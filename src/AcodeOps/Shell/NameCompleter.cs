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
        WildcardPattern wanted = new((wordToComplete ?? "").Trim('\'', '"') + "*", WildcardOptions.IgnoreCase);
        return Names().Where(one => wanted.IsMatch(one.Name)).Select(one => one.Tip is null ? new CompletionResult(one.Name) : new CompletionResult(one.Name, one.Name, CompletionResultType.ParameterValue, one.Tip));
    }
}
