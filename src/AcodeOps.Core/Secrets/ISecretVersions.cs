namespace AcodeOps.Secrets;

/// <summary>
/// The versions of secrets in Secrets Manager, and the labels by which they are told apart. Nothing is kept: each question asks
/// the service. Every failure is an <see cref="AcodeException"/>, as the store's are.
/// </summary>
public interface ISecretVersions
{
    /// <summary>Which version has which label, and whether the secret is rotated by a Lambda. Holds no value.</summary>
    /// <exception cref="AcodeException"><c>SecretNotFound</c>, <c>SecretAccessDenied</c>, <c>SecretsUnavailable</c>.</exception>
    Task<SecretDescription> DescribeAsync(CredentialReference reference, CancellationToken cancel);

    /// <summary>One version; null where there is none of this id.</summary>
    Task<Credential?> ReadAsync(CredentialReference reference, string versionId, CancellationToken cancel);

    /// <summary>
    /// Writes a version that is pending: what the current one holds, with another user and password. The current one stays
    /// current. Doing it again with the same id and the same credential changes nothing.
    /// </summary>
    Task StageAsync(CredentialReference reference, string versionId, Credential credential, CancellationToken cancel);

    /// <summary>Moves a label from one version to another; with no version to go to it is taken off, with none to come from it is put on.</summary>
    /// <param name="reference">The secret.</param>
    /// <param name="label">One of <see cref="SecretLabels"/>.</param>
    /// <param name="from">The version that has it; null where none has.</param>
    /// <param name="to">The version that gets it; null for none.</param>
    /// <param name="cancel">Ends the request.</param>
    Task MoveLabelAsync(CredentialReference reference, string label, string? from, string? to, CancellationToken cancel);

    /// <summary>Has the secret's own Lambda rotate it. It works on after this has returned.</summary>
    /// <param name="reference">The secret.</param>
    /// <param name="lambda">The Lambda that it has.</param>
    /// <param name="token">Makes a repetition harmless.</param>
    /// <param name="cancel">Ends the request, not the Lambda.</param>
    /// <returns>The version that is to become the current one.</returns>
    Task<string> RotateAsync(CredentialReference reference, string lambda, string token, CancellationToken cancel);
}

/// <summary>The labels of Secrets Manager's versions.</summary>
public static class SecretLabels
{
    /// <summary>The version that is in use.</summary>
    public const string Current = "AWSCURRENT";

    /// <summary>The version that is to be in use.</summary>
    public const string Pending = "AWSPENDING";
}

/// <summary>What is known of a secret besides its values.</summary>
public sealed record SecretDescription
{
    /// <summary>The version in use; null where none is.</summary>
    public string? CurrentVersionId { get; init; }

    /// <summary>The version that was in use before; null where none is kept.</summary>
    public string? PreviousVersionId { get; init; }

    /// <summary>The version that is to be in use; null where no rotation is under way.</summary>
    public string? PendingVersionId { get; init; }

    /// <summary>The Lambda that rotates it; null where none does.</summary>
    public string? RotationLambda { get; init; }
}
