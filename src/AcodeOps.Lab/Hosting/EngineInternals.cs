using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace AcodeOps.Lab.Hosting;

/// <summary>What <c>pwsh</c> itself reaches inside the engine for; it ties the host to the pinned version of the engine.</summary>
internal static class EngineInternals
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary><c>exit</c> in the next script file leaves the session, as with <c>-File</c>, and not only the script.</summary>
    public static void LetNextScriptExit(Runspace runspace)
    {
        object context = typeof(Runspace).GetProperty("ExecutionContext", Any)!.GetValue(runspace)!;
        context.GetType().GetProperty("ScriptCommandProcessorShouldRethrowExit", Any)!.SetValue(context, true);
    }

    /// <summary>The exception by which a command ends the commands before it, and nothing else.</summary>
    public static Exception StopUpstream(InternalCommand command)
    {
        Type type = typeof(PSObject).Assembly.GetType("System.Management.Automation.StopUpstreamCommandsException", throwOnError: true)!;
        return (Exception)Activator.CreateInstance(type, Any, null, [command], null)!;
    }
}
