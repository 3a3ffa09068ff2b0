using System.Security.Cryptography;
using AcodeOps.Audit;
using Amazon.KeyManagementService;
using Amazon.KeyManagementService.Model;

namespace AcodeOps.Adapters.Aws;

/// <summary>Signs digests with a key that never leaves KMS: of the spec ECC_NIST_P256, for signing.</summary>
internal sealed class KmsSigner(string keyId, AwsAccount account) : IAuditSigner
{
    private string Subject => $"key '{keyId}'";

    /// <inheritdoc />
    public async Task<AuditSignature> SignAsync(string hash, CancellationToken cancel)
    {
        AwsClient<AmazonKeyManagementServiceClient> kms = await account.KmsAsync(cancel).ConfigureAwait(false);
        SignResponse answer = await kms.CallAsync(Subject, (api, c) => api.SignAsync(
            new SignRequest
            {
                KeyId = keyId,
                Message = new MemoryStream(SignatureCheck.DataOf(hash)),
                MessageType = MessageType.RAW,
                SigningAlgorithm = SigningAlgorithmSpec.ECDSA_SHA_256,
            }, c), cancel).ConfigureAwait(false);
        return answer is { Signature: { } signature, KeyId: { } arn }
            ? new AuditSignature(SignatureCheck.Algorithm, arn, Convert.ToBase64String(signature.ToArray()))
            : throw AwsFailures.NotTheService(kms.Callee(Subject));
    }

    /// <inheritdoc />
    public async Task<string> ReadPublicKeyAsync(CancellationToken cancel)
    {
        AwsClient<AmazonKeyManagementServiceClient> kms = await account.KmsAsync(cancel).ConfigureAwait(false);
        GetPublicKeyResponse answer = await kms.CallAsync(
            Subject, (api, c) => api.GetPublicKeyAsync(new GetPublicKeyRequest { KeyId = keyId }, c), cancel).ConfigureAwait(false);
        return answer.PublicKey is { } key
            ? PemEncoding.WriteString("PUBLIC KEY", key.ToArray())
            : throw AwsFailures.NotTheService(kms.Callee(Subject));
    }
}
