using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace AcodeOps.Lab.Hosting;

/// <summary>The lab's PowerShell host: enough of one to run the module where no <c>pwsh</c> is installed. It does not pass for <c>pwsh</c>.</summary>
public sealed class LabHost(LabUserInterface ui) : PSHost
{
    /// <summary>What <c>exit N</c> asked for; null when no script asked to leave.</summary>
    public int? ExitCode { get; private set; }

    public override PSObject PrivateData => field ??= PSObject.AsPSObject(Outcome);

    /// <summary>What scripts may tell the host.</summary>
    public CommandOutcome Outcome { get; } = new();

    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;
    public override CultureInfo CurrentUICulture { get; } = CultureInfo.GetCultureInfo("en-US");
    public override Guid InstanceId { get; } = Guid.NewGuid();
    public override string Name => "AcodeOps lab host";
    public override PSHostUserInterface UI => ui;
    public override Version Version { get; } = typeof(LabHost).Assembly.GetName().Version ?? new Version(1, 0);

    public override void EnterNestedPrompt() => throw new NotSupportedException("The lab host has no nested prompt.");
    public override void ExitNestedPrompt() => throw new NotSupportedException("The lab host has no nested prompt.");
    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;
}
