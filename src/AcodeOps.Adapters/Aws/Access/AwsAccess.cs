using AcodeOps.Access;
using AcodeOps.Secrets;

namespace AcodeOps.Adapters.Aws.Access;

/// <summary>Tries permissions by calls that change nothing, and asks IAM's simulator.</summary>
internal sealed class AwsAccess(AwsAccount account, ICredentialStore credentials) : IAwsAccess
{
    private readonly StorageTrials _storage = new(account);
    private readonly SecretTrials _secrets = new(account, credentials);
    private readonly KeyTrials _keys = new(account);
    private readonly IamSimulator _simulator = new(account);

    /// <inheritdoc />
    public async Task<AccessTrial> TryAsync(AwsPermission permission, CancellationToken cancel)
    {
        try
        {
            return permission switch
            {
                { Secret: { } secret } => await _secrets.TryAsync(permission.Action, secret, cancel).ConfigureAwait(false),
                { Key: { } key } => await _keys.TryAsync(permission.Action, key, cancel).ConfigureAwait(false),
                { Storage: { } storage } when permission.Action.StartsWith("s3:", StringComparison.Ordinal) =>
                    await _storage.TryAsync(permission.Action, storage, permission.KeyPrefix ?? "", cancel).ConfigureAwait(false),
                _ => Trial.Unknown("no harmless call shows it"),
            };
        }
        catch (AcodeException failure)
        {
            return Trial.Unknown($"{failure.Id} ({failure.Cause})");
        }
    }

    /// <inheritdoc />
    public Task<IReadOnlyDictionary<AwsPermission, AccessTrial>> SimulateAsync(string caller, IReadOnlyList<AwsPermission> permissions, CancellationToken cancel) =>
        _simulator.AskAsync(caller, permissions, cancel);
}
