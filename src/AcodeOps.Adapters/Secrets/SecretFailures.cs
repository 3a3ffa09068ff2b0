namespace AcodeOps.Adapters.Secrets;

/// <summary>The ways in which reading and writing a secret fails.</summary>
internal static class SecretFailures
{
    /// <summary>It was read, and is not what a credential looks like. Its content is never shown.</summary>
    public static AcodeException Unreadable(CredentialReference reference) => new(
        "SecretUnreadable", FailureClass.InvalidInput, $"{reference} is not a JSON object with a password (and, where it has one, a port from 1 to 65535).")
    {
        Advice = "It must hold username and password, or client_id and client_secret, or access_key_id and secret_access_key.",
        Subject = reference,
    };

    /// <summary>
    /// Turns the failure of a call into the secret's own. Whatever keeps the holder from answering gets the class
    /// Unknown: callers decide about a source by the class, and this is not the source's failure.
    /// </summary>
    public static AcodeException OfCall(CredentialReference reference, AcodeException failure) => failure.Cause switch
    {
        FailureClass.NotFound => new("SecretNotFound", FailureClass.NotFound, $"There is no secret {reference}, or it has no current version. {failure.Message}")
        {
            Advice = "Check the name and the region, or make it with Set-AcodeCredential.",
            Subject = reference,
        },
        FailureClass.Permission => new("SecretAccessDenied", FailureClass.Permission, $"{reference} may not be used by this identity. {failure.Message}")
        {
            Advice = "It needs secretsmanager:GetSecretValue, for writing secretsmanager:PutSecretValue and CreateSecret, for a rotation secretsmanager:DescribeSecret, UpdateSecretVersionStage and RotateSecret, and kms:Decrypt on the secret's key.",
            Subject = reference,
        },
        _ when failure.Cause.IsOutage() || failure.Cause is FailureClass.NameNotResolved or FailureClass.Tls or FailureClass.Throttled or FailureClass.Protocol =>
            new("SecretsUnavailable", FailureClass.Unknown, $"{reference} could not be asked for. {failure.Message}", failure.InnerException)
            {
                Advice = failure.Advice ?? "Look at the way from here to Secrets Manager, then try again.",
                Subject = reference,
            },
        _ => failure,
    };
}
