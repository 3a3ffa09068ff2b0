using AcodeOps.Secrets;

namespace AcodeOps.Adapters.Aws;

internal sealed class StsCallerIdentity(AwsAccount account) : ICallerIdentity
{
    public Task<CallerIdentity> ReadAsync(CancellationToken cancel) => throw new NotImplementedException(account.Definition.Region);
}
