using System.Management.Automation;
using AcodeOps.Shell;

namespace AcodeOps.Environments;

/// <summary>Completes the names of the environments that are in the file at hand, and of the connected one. It connects to nothing.</summary>
public sealed class EnvironmentNameCompleter : NameCompleter
{
    /// <inheritdoc />
    protected override IEnumerable<(string Name, string? Tip)> Names() => Known().Distinct().Order(StringComparer.Ordinal).Select(name => (name, (string?)null));

    private static string[] Known()
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
