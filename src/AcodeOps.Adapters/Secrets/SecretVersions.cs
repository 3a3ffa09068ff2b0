using AcodeOps.Adapters.Aws;
using AcodeOps.Secrets;
using Amazon.SecretsManager.Model;

namespace AcodeOps.Adapters.Secrets;

/// <summary>The versions of secrets in AWS Secrets Manager.</summary>
internal sealed class SecretVersions(AwsAccount account) : ISecretVersions
{
    private readonly SecretsManagerCalls _calls = new(account);

    /// <inheritdoc />
    public async Task<SecretDescription> DescribeAsync(CredentialReference reference, CancellationToken cancel)
    {
        DescribeSecretResponse answer = await _calls.CallAsync(reference, (api, c) => api.DescribeSecretAsync(new() { SecretId = reference.Name }, c), cancel).ConfigureAwait(false);
        if (answer.Name is null)
        {
            throw await _calls.NotTheServiceAsync(reference, cancel).ConfigureAwait(false);
        }

        return new SecretDescription
        {
            CurrentVersionId = With(SecretLabels.Current),
            PreviousVersionId = With("AWSPREVIOUS"),
            PendingVersionId = With(SecretLabels.Pending),
            RotationLambda = answer.RotationEnabled == true && answer.RotationLambdaARN is { Length: > 0 } lambda ? lambda : null,
        };

        string? With(string label) => answer.VersionIdsToStages?.FirstOrDefault(version => version.Value.Contains(label)).Key;
    }

    /// <inheritdoc />
    public async Task<Credential?> ReadAsync(CredentialReference reference, string versionId, CancellationToken cancel)
    {
        try
        {
            GetSecretValueResponse answer = await _calls.CallAsync(
                reference, (api, c) => api.GetSecretValueAsync(new() { SecretId = reference.Name, VersionId = versionId }, c), cancel).ConfigureAwait(false);
            if (answer.VersionId is null)
            {
                throw await _calls.NotTheServiceAsync(reference, cancel).ConfigureAwait(false);
            }

            return answer.SecretString is { } text && SecretDocument.TryParse(text) is { } document && CredentialDocument.TryRead(reference, document) is { } credential
                ? credential with { VersionId = answer.VersionId }
                : throw SecretFailures.Unreadable(reference);
        }
        catch (AcodeException missing) when (missing.Id == "SecretNotFound")
        {
            return null;
        }
    }

    /// <inheritdoc />
    public async Task StageAsync(CredentialReference reference, string versionId, Credential credential, CancellationToken cancel)
    {
        GetSecretValueResponse current = await _calls.CallAsync(
            reference, (api, c) => api.GetSecretValueAsync(new() { SecretId = reference.Name, VersionStage = SecretLabels.Current }, c), cancel).ConfigureAwait(false);
        SecretDocument document = current.SecretString is { } text && SecretDocument.TryParse(text) is { } parsed ? parsed : throw SecretFailures.Unreadable(reference);
        PutSecretValueRequest put = new()
        {
            SecretId = reference.Name,
            ClientRequestToken = versionId,
            SecretString = CredentialDocument.Write(document, credential),
            VersionStages = [SecretLabels.Pending],
        };
        if ((await _calls.CallAsync(reference, (api, c) => api.PutSecretValueAsync(put, c), cancel).ConfigureAwait(false)).VersionId is null)
        {
            throw await _calls.NotTheServiceAsync(reference, cancel).ConfigureAwait(false);
        }
    }

    /// <inheritdoc />
    public Task MoveLabelAsync(CredentialReference reference, string label, string? from, string? to, CancellationToken cancel)
    {
        UpdateSecretVersionStageRequest move = new() { SecretId = reference.Name, VersionStage = label, RemoveFromVersionId = from, MoveToVersionId = to };
        return _calls.CallAsync(reference, (api, c) => api.UpdateSecretVersionStageAsync(move, c), cancel);
    }

    /// <inheritdoc />
    public async Task<string> RotateAsync(CredentialReference reference, string lambda, string token, CancellationToken cancel)
    {
        RotateSecretRequest rotate = new() { SecretId = reference.Name, RotationLambdaARN = lambda, ClientRequestToken = token };
        return (await _calls.CallAsync(reference, (api, c) => api.RotateSecretAsync(rotate, c), cancel).ConfigureAwait(false)).VersionId
            ?? throw await _calls.NotTheServiceAsync(reference, cancel).ConfigureAwait(false);
    }
}
