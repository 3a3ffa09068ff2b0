using AcodeOps.Secrets;
using Amazon.SecurityToken.Model;

namespace AcodeOps.Adapters.Aws;

/// <summary>The caller as STS tells it. STS needs no permission to answer this.</summary>
internal sealed class StsCallerIdentity(AwsAccount account) : ICallerIdentity
{
    private readonly Kept<CallerIdentity> _identity = new();

    /// <inheritdoc />
    public Task<CallerIdentity> ReadAsync(CancellationToken cancel) => _identity.GetAsync(AskAsync, cancel);

    private async Task<CallerIdentity> AskAsync(CancellationToken cancel)
    {
        var sts = await account.StsAsync(cancel).ConfigureAwait(false);
        GetCallerIdentityResponse answer = await sts.CallAsync(
            "the caller's identity", (api, c) => api.GetCallerIdentityAsync(new GetCallerIdentityRequest(), c), cancel).ConfigureAwait(false);
        return answer is { Account: { } id, Arn: { } arn, UserId: { } user }
            ? new CallerIdentity(id, arn, user)
            : throw AwsFailures.NotTheService(sts.Callee("the caller's identity"));
    }
}
