namespace AcodeOps.Secrets.Rotating;

/// <summary>Chooses how a password is replaced, and refuses what would break something.</summary>
internal static class RotationChoice
{
    /// <summary>The mode.</summary>
    /// <exception cref="AcodeException"><c>RotationRefused</c>; or why the server could not be asked.</exception>
    public static async Task<RotationMode> ModeAsync(
        IInstallation installation, SourceDefinition source, SecretDescription secret, RotationRequest request, Credential own, CancellationToken cancel)
    {
        if (source.IsPartners)
        {
            return request.Mode is RotationMode.Automatic or RotationMode.Partner
                ? RotationMode.Partner
                : throw RotationRefusals.Refused(source, $"the server is the partner's, and {request.Mode} changes it.", "Ask them: Invoke-AcodeCredentialRotation without -Mode writes the request.");
        }

        if (request.Mode == RotationMode.Partner || request.Password is not null)
        {
            throw RotationRefusals.Refused(
                source, "the server is your own: there is nobody to ask for a password, or to hand one over.", "Leave -Mode and -Credential out; where it is somebody else's, say so: partner: true.");
        }

        if (request.Mode == RotationMode.Lambda && secret.RotationLambda is null)
        {
            throw RotationRefusals.Refused(source, $"no Lambda rotates {source.Credential}.", "Leave -Mode out, or have its rotation set up.");
        }

        if (secret.RotationLambda is not null && request.Mode is not (RotationMode.Automatic or RotationMode.Lambda))
        {
            throw RotationRefusals.Refused(source, $"a Lambda rotates {source.Credential}, which would be in the way.", "Use -Mode Lambda, or have its rotation switched off.");
        }

        if (secret.RotationLambda is not null)
        {
            return RotationMode.Lambda;
        }

        return request.Mode != RotationMode.Automatic ? request.Mode
            : (await installation.Accounts(source.Role).ReviewAsync(own, null, cancel).ConfigureAwait(false)).CanKeepTwoPasswords ? RotationMode.DualPassword : RotationMode.AlternatingUser;
    }
}
