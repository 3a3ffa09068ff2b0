using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;

namespace AcodeOps.Lab.Hosting;

/// <summary>Makes the runspaces of the lab host.</summary>
public static class HostRunspace
{
    // $PSHOME, where the engine looks for modules of its own, is not this folder in a build for all platforms.
    private static readonly string Modules = Path.Combine(AppContext.BaseDirectory, "Modules");

    // The engine reports its use to its makers otherwise, which a test host has no business to do, and which costs a tenth of a second.
    static HostRunspace()
    {
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        string? path = Environment.GetEnvironmentVariable("PSModulePath");
        Environment.SetEnvironmentVariable("PSModulePath", string.IsNullOrEmpty(path) ? Modules : Modules + Path.PathSeparator + path);
    }

    /// <summary>An open runspace; with a manifest, that module is imported into it, and a failure to import throws.</summary>
    public static Runspace Open(PSHost host, string? manifest = null)
    {
        ArgumentNullException.ThrowIfNull(host);
        Runspace runspace = RunspaceFactory.CreateRunspace(host, InitialSessionState.CreateDefault2());
        runspace.Open();
        if (manifest is not null)
        {
            using PowerShell import = PowerShell.Create(runspace);
            import.AddCommand("Import-Module").AddParameter("Name", manifest).AddParameter("ErrorAction", ActionPreference.Stop).Invoke();
        }

        return runspace;
    }
}
