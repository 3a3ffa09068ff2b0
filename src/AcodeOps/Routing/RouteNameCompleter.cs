using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using AcodeOps.Environments;

namespace AcodeOps.Routing;

/// <summary>Completes the names of the connected environment's routes. It connects to nothing.</summary>
public sealed class RouteNameCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        WildcardPattern wanted = new((wordToComplete ?? "").Trim('\'', '"') + "*", WildcardOptions.IgnoreCase);
        IEnumerable<string> names = ConnectedEnvironment.OfThisRunspace?.Installation.Environment.Routes.Select(r => r.Name) ?? [];
        return names.Where(wanted.IsMatch).Select(name => new CompletionResult(name));
    }
}
