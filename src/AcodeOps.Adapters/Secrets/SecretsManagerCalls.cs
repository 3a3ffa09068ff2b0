using AcodeOps.Adapters.Aws;
using Amazon.SecretsManager;

namespace AcodeOps.Adapters.Secrets;

/// <summary>Calls Secrets Manager about one secret, and tells failures in the product's words.</summary>
internal sealed class SecretsManagerCalls(AwsAccount account)
{
    /// <summary>Makes a call.</summary>
    /// <exception cref="AcodeException">It failed: as <see cref="SecretFailures.OfCall"/> tells.</exception>
    public async Task<T> CallAsync<T>(CredentialReference reference, Func<AmazonSecretsManagerClient, CancellationToken, Task<T>> call, CancellationToken cancel)
    {
        try
        {
            AwsClient<AmazonSecretsManagerClient> client = await account.SecretsManagerAsync(cancel).ConfigureAwait(false);
            return await client.CallAsync($"secret '{reference.Name}'", call, cancel).ConfigureAwait(false);
        }
        catch (AcodeException failure)
        {
            throw SecretFailures.OfCall(reference, failure);
        }
    }

    /// <summary>The failure of an answer that is none of Secrets Manager's.</summary>
    public async Task<AcodeException> NotTheServiceAsync(CredentialReference reference, CancellationToken cancel)
    {
        AwsClient<AmazonSecretsManagerClient> client = await account.SecretsManagerAsync(cancel).ConfigureAwait(false);
        return SecretFailures.OfCall(reference, AwsFailures.NotTheService(client.Callee($"secret '{reference.Name}'")));
    }
}
