namespace AcodeOps.Audit;

/// <summary>Where records come from: observed facts of the running process, none of them made up.</summary>
/// <param name="User">The user as the operating system names it.</param>
/// <param name="Host">The machine.</param>
/// <param name="ProcessId">The process.</param>
/// <param name="ModuleVersion">The module's version.</param>
/// <param name="PowerShellVersion">The version of PowerShell.</param>
/// <param name="SessionId">The session: random, one for each runspace.</param>
public sealed record AuditOrigin(
    string User, string Host, int ProcessId, string ModuleVersion, string PowerShellVersion, string SessionId)
{
    /// <summary>The chains of the session's records.</summary>
    public AuditChains Chains { get; init; } = new();
}
