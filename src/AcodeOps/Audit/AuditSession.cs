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
    private static readonly ConditionalWeakTable<Runspace, Session> Sessions = [];
    private static readonly string ModuleVersion = VersionOf(typeof(AuditSession).Assembly);

    /// <summary>The origin of records that are written in this runspace.</summary>
    public static AuditOrigin Origin(SessionState session)
    {
        Session known = Sessions.GetValue(Runspace.DefaultRunspace, _ => new Session());
        return new AuditOrigin(
            OperatingSystem.IsWindows() ? $"{Environment.UserDomainName}\\{Environment.UserName}" : Environment.UserName,
            Environment.MachineName,
            Environment.ProcessId,
            ModuleVersion,
            (session.PSVariable.GetValue("PSVersionTable") as IDictionary)?["PSVersion"]?.ToString() ?? "unknown",
            known.Id)
        {
            Chains = known.Chains,
        };
    }

    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? assembly.GetName().Version!.ToString();

    private sealed class Session
    {
        public string Id { get; } = Convert.ToHexString(RandomNumberGenerator.GetBytes(16)).ToLowerInvariant();

        public AuditChains Chains { get; } = new();
    }
}
