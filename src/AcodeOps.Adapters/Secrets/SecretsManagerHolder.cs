using AcodeOps.Adapters.Aws;
using AcodeOps.Secrets;
using Amazon.SecretsManager.Model;

namespace AcodeOps.Adapters.Secrets;

/// <summary>Credentials in AWS Secrets Manager.</summary>
internal sealed class SecretsManagerHolder(AwsAccount account)
{
    private readonly SecretsManagerCalls _calls = new(account);

    /// <summary>The current version.</summary>
    public async Task<Credential> ReadAsync(CredentialReference reference, CancellationToken cancel)
    {
        (SecretDocument? document, GetSecretValueResponse answer) = await CurrentAsync(reference, cancel).ConfigureAwait(false);
        return (document is null ? CredentialDocument.TryReadAddress(reference, answer.SecretString ?? "") : CredentialDocument.TryRead(reference, document)) is { } credential
            ? credential with
            {
                VersionId = answer.VersionId,
                CreatedAt = answer.CreatedDate is { } created ? new DateTimeOffset(created, TimeSpan.Zero) : null,
            }
            : throw SecretFailures.Unreadable(reference);
    }

    /// <summary>
    /// Writes a new current version over what the present one holds besides, or makes the secret. Nothing is written
    /// when the present version says the same.
    /// </summary>
    public async Task<string> WriteAsync(CredentialReference reference, Credential credential, CancellationToken cancel)
    {
        (SecretDocument? Document, GetSecretValueResponse Answer)? present = await FindCurrentAsync(reference, cancel).ConfigureAwait(false);
        string text = CredentialDocument.Write(present?.Document ?? SecretDocument.Empty, credential);
        if (present is null)
        {
            CreateSecretRequest create = new() { Name = reference.Name, SecretString = text };
            return (await _calls.CallAsync(reference, (api, c) => api.CreateSecretAsync(create, c), cancel).ConfigureAwait(false)).VersionId
                ?? throw await _calls.NotTheServiceAsync(reference, cancel).ConfigureAwait(false);
        }

        if (SecretDocument.AreEqual(text, present.Value.Answer.SecretString))
        {
            return present.Value.Answer.VersionId!;
        }

        PutSecretValueRequest put = new() { SecretId = reference.Name, SecretString = text };
        return (await _calls.CallAsync(reference, (api, c) => api.PutSecretValueAsync(put, c), cancel).ConfigureAwait(false)).VersionId
            ?? throw await _calls.NotTheServiceAsync(reference, cancel).ConfigureAwait(false);
    }

    private async Task<(SecretDocument? Document, GetSecretValueResponse Answer)?> FindCurrentAsync(CredentialReference reference, CancellationToken cancel)
    {
        try
        {
            return await CurrentAsync(reference, cancel).ConfigureAwait(false);
        }
        catch (AcodeException e) when (e.Id == "SecretNotFound")
        {
            return null;
        }
    }

    // The stage is always named: servers have been seen to answer with a pending version where it was left out.
    private async Task<(SecretDocument? Document, GetSecretValueResponse Answer)> CurrentAsync(CredentialReference reference, CancellationToken cancel)
    {
        GetSecretValueResponse answer = await _calls.CallAsync(
            reference, (api, c) => api.GetSecretValueAsync(new() { SecretId = reference.Name, VersionStage = "AWSCURRENT" }, c), cancel).ConfigureAwait(false);
        if (answer.VersionId is null)
        {
            throw await _calls.NotTheServiceAsync(reference, cancel).ConfigureAwait(false);
        }

        return (answer.SecretString is { } text ? SecretDocument.TryParse(text) : null, answer);
    }
}
