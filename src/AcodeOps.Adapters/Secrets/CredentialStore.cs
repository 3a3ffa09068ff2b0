using AcodeOps.Adapters.Aws;
using AcodeOps.Secrets;

namespace AcodeOps.Adapters.Secrets;

internal sealed class CredentialStore(AwsAccount account) : ICredentialStore
{
    public Task<Credential> ReadAsync(CredentialReference reference, CancellationToken cancel) => throw new NotImplementedException(account.Definition.Region);
    public void Forget(CredentialReference reference) => throw new NotImplementedException();
    public Task<string> WriteAsync(CredentialReference reference, Credential credential, CancellationToken cancel) => throw new NotImplementedException();
}
