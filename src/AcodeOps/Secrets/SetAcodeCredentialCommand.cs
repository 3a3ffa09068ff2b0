using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Secrets;

namespace AcodeOps.Commands;

/// <summary>
/// Writes a new current version of a credential to AWS Secrets Manager, or makes the secret. It changes the secret only,
/// not the server's own password. What is not given (host, port, database, other fields) stays as the present version
/// has it; a version that says the same is not written again.
/// </summary>
[Needs(AccessRole.Rotator, Need.WriteCredentials)]
[Cmdlet(VerbsCommon.Set, "AcodeCredential", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = "Source")]
[OutputType(typeof(PSCredential))]
public sealed class SetAcodeCredentialCommand : CredentialCmdlet
{
    /// <summary>The user and the password. Without a password on the command line, PowerShell asks for it.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [Credential]
    [ValidateNotNull]
    public PSCredential Credential { get; set; } = PSCredential.Empty;

    /// <summary>The host to keep beside it.</summary>
    [Parameter]
    [Alias("Host")]
    [ValidateNotNullOrEmpty]
    public string? HostName { get; set; }

    /// <summary>The port to keep beside it.</summary>
    [Parameter]
    [ValidateRange(1, 65535)]
    public int? Port { get; set; }

    /// <summary>The database to keep beside it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Database { get; set; }

    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        CredentialReference reference = Chosen;
        CredentialReferences.EnsureWritable(reference);
        if (!ShouldProcess($"{reference} for user '{Credential.UserName}'", "Write a new current version"))
        {
            return;
        }

        Credential credential = new()
        {
            Reference = reference,
            UserName = Credential.UserName.TrimStart('\\'),
            Password = AcodeCredentials.PasswordOf(Credential),
            Host = HostName,
            Port = Port,
            Database = Database,
        };
        await Installation.Credentials.WriteAsync(reference, credential, cancel);
        // Read back: what comes out is what everybody gets from now on.
        WriteObject(AcodeCredentials.Make(await Installation.Credentials.RefreshAsync(reference, cancel), Installation.Environment));
    }
}
