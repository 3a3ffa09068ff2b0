using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace AcodeOps.Alerts;

/// <summary>Completes the names of alert rules, each with what has happened when it fires.</summary>
public sealed class AlertRuleCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        WildcardPattern wanted = new((wordToComplete ?? "").Trim('\'', '"') + "*", WildcardOptions.IgnoreCase);
        return AlertCatalog.All.Where(rule => wanted.IsMatch(rule.Id))
            .Select(rule => new CompletionResult(rule.Id, rule.Id, CompletionResultType.ParameterValue, rule.Title));
    }
}
