using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace AcodeOps.Audit;

/// <summary>The running session as the audit trail tells it: observed, never made up.</summary>
internal static class AuditSession
{
    private static readonly ConditionalWeakTable<Runspace, string> Ids = [];
    private static readonly string ModuleVersion = VersionOf(typeof(AuditSession).Assembly);

    /// <summary>The origin of records that are written in this runspace.</summary>
    public static AuditOrigin Origin(SessionState session) => new(
        OperatingSystem.IsWindows() ? $"{Environment.UserDomainName}\\{Environment.UserName}" : Environment.UserName,
        Environment.MachineName,
        Environment.ProcessId,
        ModuleVersion,
        (session.PSVariable.GetValue("PSVersionTable") as IDictionary)?["PSVersion"]?.ToString() ?? "unknown",
        Ids.GetValue(Runspace.DefaultRunspace, _ => Convert.ToHexString(RandomNumberGenerator.GetBytes(16)).ToLowerInvariant()));

    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? assembly.GetName().Version!.ToString();
}
