using AcodeOps.Secrets;
using Amazon.Runtime;

namespace AcodeOps.Adapters.Aws;

/// <summary>The keys of the caller's session, asked for anew each time: whoever holds them there keeps them fresh.</summary>
internal sealed class SessionCredentials(Func<AwsKeys> readKeys) : AWSCredentials
{
    /// <inheritdoc />
    public override ImmutableCredentials GetCredentials()
    {
        AwsKeys keys = readKeys();
        return new ImmutableCredentials(keys.AccessKeyId, keys.SecretAccessKey.Reveal(), keys.SessionToken?.Reveal());
    }
}
