using System.Management.Automation;
using System.Security;

namespace AcodeOps.Secrets;

/// <summary>
/// A credential as PowerShell knows it: a real PSCredential, fit for every command that takes one, with its coordinates
/// as note properties.
/// </summary>
internal static class AcodeCredentials
{
    /// <summary>The name of the output type.</summary>
    public const string TypeName = "AcodeOps.AcodeCredential";

    /// <summary>Makes it; what the environment says of a source goes before what the secret says.</summary>
    public static PSObject Make(Credential credential, AcodeEnvironment environment)
    {
        SourceDefinition? source = environment.Sources.FirstOrDefault(s => s.Credential == credential.Reference);
        // A PSCredential needs a user name: a bare password or token gets that of its holder.
        string user = source?.User ?? credential.UserName ?? credential.Reference.Name;
        PSObject result = new(new PSCredential(user, Secure(credential.Password)));
        result.TypeNames.Insert(0, TypeName);
        (string Name, object? Value)[] notes =
        [
            ("Host", source?.Host ?? credential.Host),
            ("Port", source?.Port ?? credential.Port),
            ("Database", source?.Database ?? credential.Database),
            ("Reference", credential.Reference.ToString()),
            ("VersionId", credential.VersionId),
            ("CreatedAt", credential.CreatedAt),
        ];
        foreach ((string name, object? value) in notes)
        {
            result.Properties.Add(new PSNoteProperty(name, value));
        }

        return result;
    }

    /// <summary>The password of a PSCredential, for the one call that needs it.</summary>
    public static SecretText PasswordOf(PSCredential credential) => new(credential.GetNetworkCredential().Password);

    private static SecureString Secure(SecretText password)
    {
        SecureString secure = new();
        foreach (char c in password.Reveal())
        {
            secure.AppendChar(c);
        }

        secure.MakeReadOnly();
        return secure;
    }
}
