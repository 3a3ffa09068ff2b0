using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Secrets;

namespace AcodeOps.Commands;

/// <summary>
/// Reads credentials that the environment refers to, as PSCredential objects with their host, port and database. Without
/// a choice, all of them. The password is in the PSCredential only.
/// </summary>
[Needs(AccessRole.Rotator, Need.ReadCredentials)]
[Cmdlet(VerbsCommon.Get, "AcodeCredential", DefaultParameterSetName = "All")]
[OutputType(typeof(PSCredential))]
public sealed class GetAcodeCredentialCommand : CredentialCmdlet
{
    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        if (ParameterSetName != "All")
        {
            await WriteAsync(Chosen, cancel);
            return;
        }

        foreach (CredentialReference reference in CredentialReferences.Of(Installation.Environment))
        {
            try
            {
                await WriteAsync(reference, cancel);
            }
            catch (AcodeException failure)
            {
                WriteFailure(failure);
            }
        }
    }

    private async Task WriteAsync(CredentialReference reference, CancellationToken cancel) =>
        WriteObject(AcodeCredentials.Make(await Installation.Credentials.ReadAsync(reference, cancel), Installation.Environment));
}
