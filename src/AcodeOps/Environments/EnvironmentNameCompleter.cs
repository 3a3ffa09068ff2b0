using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace AcodeOps.Environments;

/// <summary>Completes the names of the environments that are in the file at hand, and of the connected one. It connects to nothing.</summary>
public sealed class EnvironmentNameCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        WildcardPattern wanted = new((wordToComplete ?? "").Trim('\'', '"') + "*", WildcardOptions.IgnoreCase);
        return Names().Distinct().Where(wanted.IsMatch).Order(StringComparer.Ordinal).Select(name => new CompletionResult(name));
    }

    private static string[] Names()
    {
        string[] connected = ConnectedEnvironment.OfThisRunspace is { } one ? [one.Installation.Environment.Name] : [];
        try
        {
            // Completion runs within a pipeline, so the runspace's own proxy is busy: a nested script asks.
            using PowerShell nested = PowerShell.Create(RunspaceMode.CurrentRunspace);
            string folder = nested.AddScript("$ExecutionContext.SessionState.Path.CurrentFileSystemLocation.ProviderPath").Invoke<string>()[0];
            string file = Path.Combine(folder, SessionPath.StandardFile);
            return File.Exists(file) ? [.. connected, .. EnvironmentFinder.Read(file).Names] : connected;
        }
        catch (Exception e) when (e is AcodeException or RuntimeException or InvalidOperationException)
        {
            // A broken file completes nothing; the command itself will say what is wrong.
            return connected;
        }
    }
}
