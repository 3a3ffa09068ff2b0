using AcodeOps.Access;
using Amazon.KeyManagementService;
using Amazon.KeyManagementService.Model;

namespace AcodeOps.Adapters.Aws.Access;

/// <summary>Permissions on the key that signs the audit trail's digests, tried without making a signature that anybody gets.</summary>
internal sealed class KeyTrials(AwsAccount account)
{
    // What KMS answers to a dry run that would have succeeded, as the product names it.
    private static readonly string[] DryRun = ["KmsConflict"];

    /// <summary>Tries an action.</summary>
    public async Task<AccessTrial> TryAsync(string action, string key, CancellationToken cancel)
    {
        AwsClient<AmazonKeyManagementServiceClient> kms = await account.KmsAsync(cancel).ConfigureAwait(false);
        string subject = $"key '{key}'";
        return action switch
        {
            "kms:GetPublicKey" => await Trial.OfAsync(
                "the question", () => kms.CallAsync(subject, (api, c) => api.GetPublicKeyAsync(new GetPublicKeyRequest { KeyId = key }, c), cancel), []).ConfigureAwait(false),
            "kms:Sign" => await Trial.OfAsync("a dry run", () => kms.CallAsync(subject, (api, c) => api.SignAsync(Signature(key), c), cancel), DryRun).ConfigureAwait(false),
            _ => Trial.Unknown("no harmless call shows it"),
        };
    }

    private static SignRequest Signature(string key) => new()
    {
        KeyId = key,
        DryRun = true,
        Message = new MemoryStream([0]),
        MessageType = MessageType.RAW,
        SigningAlgorithm = SigningAlgorithmSpec.ECDSA_SHA_256,
    };
}
