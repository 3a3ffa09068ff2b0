using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Environments;
using AcodeOps.Shell;

namespace AcodeOps.Commands;

/// <summary>Closes what the connected environment has opened. Without a connected environment it does nothing.</summary>
[Needs(AccessRole.Everyone)]
[Cmdlet(VerbsCommunications.Disconnect, "AcodeEnvironment")]
[OutputType(typeof(void))]
public sealed class DisconnectAcodeEnvironmentCommand : AcodeCmdlet
{
    /// <inheritdoc />
    protected override Task ProcessAsync(CancellationToken cancel) => ConnectedEnvironment.ReplaceAsync(null);
}
