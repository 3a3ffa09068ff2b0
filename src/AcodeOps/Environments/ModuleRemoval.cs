using System.Management.Automation;
using AcodeOps.Shell;

namespace AcodeOps.Environments;

/// <summary>Closes the connected environment when the module is removed from the session.</summary>
public sealed class ModuleRemoval : IModuleAssemblyCleanup
{
    /// <summary>Called by PowerShell in the session that the module is removed from.</summary>
    public void OnRemove(PSModuleInfo psModuleInfo) => PipelinePump.Run(() => ConnectedEnvironment.ReplaceAsync(null));
}
