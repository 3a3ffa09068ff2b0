using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using AcodeOps.Alerts.Outages;

namespace AcodeOps.Alerts;

/// <summary>Completes the names of the outages that rules are tried in, each with what happens in it.</summary>
public sealed class AlertOutageCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        WildcardPattern wanted = new((wordToComplete ?? "").Trim('\'', '"') + "*", WildcardOptions.IgnoreCase);
        return OutageCatalog.All.Where(outage => wanted.IsMatch(outage.Id))
            .Select(outage => new CompletionResult(outage.Id, outage.Id, CompletionResultType.ParameterValue, outage.Title));
    }
}
