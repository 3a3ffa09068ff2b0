using System.Collections.Concurrent;
using AcodeOps.Adapters.Aws;
using AcodeOps.Secrets;

namespace AcodeOps.Adapters.Secrets;

/// <summary>
/// The credentials that an environment refers to. What was read is kept until <see cref="Forget"/>; readers at the same
/// time share one request. A holder that cannot be asked is <c>SecretsUnavailable</c> of class Unknown, whatever ailed
/// it: not being able to read a source's password says nothing about the source, and must never look like its outage.
/// </summary>
internal sealed class CredentialStore(AwsAccount account) : ICredentialStore
{
    private readonly ConcurrentDictionary<CredentialReference, Kept<Credential>> _kept = new();
    private readonly SecretsManagerHolder _secretsManager = new(account);

    /// <inheritdoc />
    public Task<Credential> ReadAsync(CredentialReference reference, CancellationToken cancel) =>
        KeptOf(reference).GetAsync(c => AskAsync(reference, c), cancel);

    /// <inheritdoc />
    public Task<Credential> RefreshAsync(CredentialReference reference, CancellationToken cancel) =>
        KeptOf(reference).RefreshAsync(c => AskAsync(reference, c), cancel);

    /// <inheritdoc />
    public void Forget(CredentialReference reference)
    {
        if (_kept.TryGetValue(reference, out Kept<Credential>? kept))
        {
            kept.Forget();
        }
    }

    /// <inheritdoc />
    public async Task<string> WriteAsync(CredentialReference reference, Credential credential, CancellationToken cancel)
    {
        CredentialReferences.EnsureWritable(reference);
        string versionId = await _secretsManager.WriteAsync(reference, credential, cancel).ConfigureAwait(false);
        Forget(reference);
        return versionId;
    }

    private Kept<Credential> KeptOf(CredentialReference reference) => _kept.GetOrAdd(reference, _ => new Kept<Credential>());

    private Task<Credential> AskAsync(CredentialReference reference, CancellationToken cancel) => reference.Holder switch
    {
        CredentialHolder.SecretsManager => _secretsManager.ReadAsync(reference, cancel),
        CredentialHolder.EnvironmentVariable => Task.FromResult(CredentialVariable.Read(reference)),
        _ => throw new AcodeException("SecretUnsupported", FailureClass.InvalidInput, $"{reference} is for AWS itself: it holds no user and password.")
        {
            Advice = "Refer to secretsmanager:NAME or env:NAME.",
            Subject = reference,
        },
    };
}
