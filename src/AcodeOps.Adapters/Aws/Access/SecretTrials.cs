using AcodeOps.Access;
using AcodeOps.Secrets;
using Amazon.SecretsManager;
using Amazon.SecretsManager.Model;

namespace AcodeOps.Adapters.Aws.Access;

/// <summary>Permissions on a secret, tried without reading or changing it.</summary>
internal sealed class SecretTrials(AwsAccount account, ICredentialStore credentials)
{
    private const string NoStage = "ACODE_ACCESS_TRIAL";
    private static readonly string[] NotThere = ["SecretsNotFound"];
    private static readonly string[] NoVersion = ["SecretsNotFound", "SecretsRequestRefused"];
    private static readonly string[] Taken = ["SecretsConflict"];

    /// <summary>Tries an action.</summary>
    public async Task<AccessTrial> TryAsync(string action, CredentialReference secret, CancellationToken cancel)
    {
        AwsClient<AmazonSecretsManagerClient> client = await account.SecretsManagerAsync(cancel).ConfigureAwait(false);
        string subject = $"secret '{secret.Name}'";

        Task Call<T>(Func<AmazonSecretsManagerClient, CancellationToken, Task<T>> call) => client.CallAsync(subject, call, cancel);
        return action switch
        {
            "secretsmanager:GetSecretValue" => await Trial.OfAsync(
                "the value of a stage that no version has", () => Call((api, c) => api.GetSecretValueAsync(new GetSecretValueRequest { SecretId = secret.Name, VersionStage = NoStage }, c)), NotThere).ConfigureAwait(false),
            "secretsmanager:DescribeSecret" => await Trial.OfAsync(
                "the question", () => Call((api, c) => api.DescribeSecretAsync(new DescribeSecretRequest { SecretId = secret.Name }, c)), NotThere).ConfigureAwait(false),
            "secretsmanager:UpdateSecretVersionStage" => await Trial.OfAsync(
                "a label that no version has, for a version that is not there",
                () => Call((api, c) => api.UpdateSecretVersionStageAsync(new UpdateSecretVersionStageRequest { SecretId = secret.Name, VersionStage = NoStage, MoveToVersionId = $"{Guid.NewGuid()}" }, c)),
                NoVersion, Trial.Unknown("the service took what it should refuse")).ConfigureAwait(false),
            "secretsmanager:PutSecretValue" => await WriteAsync(secret, Call).ConfigureAwait(false),
            _ => Trial.Unknown("no harmless call shows it"),
        };

        // A version never changes: another value under the token of one that is there is refused.
        async Task<AccessTrial> WriteAsync(CredentialReference reference, Func<Func<AmazonSecretsManagerClient, CancellationToken, Task<PutSecretValueResponse>>, Task> call)
        {
            if ((await credentials.ReadAsync(reference, cancel).ConfigureAwait(false)).VersionId is not { } version)
            {
                return Trial.Unknown("the secret has no version to try it on");
            }

            PutSecretValueRequest request = new() { SecretId = reference.Name, ClientRequestToken = version, SecretString = "{}" };
            return await Trial.OfAsync(
                "another value under the token of the present version", () => call((api, c) => api.PutSecretValueAsync(request, c)), Taken,
                Trial.Unknown("the service took what it should refuse")).ConfigureAwait(false);
        }
    }
}
