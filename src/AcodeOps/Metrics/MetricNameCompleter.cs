using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace AcodeOps.Metrics;

/// <summary>Completes the names of the registry's metrics, each with what it means.</summary>
public sealed class MetricNameCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        WildcardPattern wanted = new((wordToComplete ?? "").Trim('\'', '"') + "*", WildcardOptions.IgnoreCase);
        return MetricCatalog.All.Where(metric => wanted.IsMatch(metric.Name))
            .Select(metric => new CompletionResult(metric.Name, metric.Name, CompletionResultType.ParameterValue, metric.Meaning));
    }
}
