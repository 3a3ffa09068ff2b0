using Amazon.Runtime;

namespace AcodeOps.Adapters.Aws;

/// <summary>
/// The account's keys, found at first use and refreshed by their source. In place of the SDK's list of everything that
/// it tried in vain, one error that says what to do.
/// </summary>
internal sealed class AccountCredentials(AwsCredentialChain chain) : AWSCredentials
{
    private AWSCredentials? _source;

    /// <inheritdoc />
    public override ImmutableCredentials GetCredentials() => GetCredentialsAsync().GetAwaiter().GetResult();

    /// <inheritdoc />
    public override async Task<ImmutableCredentials> GetCredentialsAsync()
    {
        try
        {
            // Sources block: they read files, run programs, ask the metadata service. The caller's limit must not wait for them.
            return await Task.Run(() => (_source ??= chain.Find()).GetCredentialsAsync()).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not AcodeException and not OutOfMemoryException)
        {
            throw Explain(e);
        }
    }

    // A service that was asked for keys and did not answer is a fault of the network; everything else is "no keys".
    private AcodeException Explain(Exception e)
    {
        AcodeException failure = AwsFailures.Classify(e, new AwsCallee("AwsCredentials", "the service that hands out the keys", chain.Description));
        bool isAnswer = failure.Cause is FailureClass.Unknown or FailureClass.InvalidInput or FailureClass.NotFound or FailureClass.Protocol;
        return new AcodeException(
            isAnswer ? "AwsCredentialsNotFound" : failure.Id,
            isAnswer || failure.Cause == FailureClass.Permission ? FailureClass.Authentication : failure.Cause,
            isAnswer ? $"No AWS credentials. Tried: {chain.Description}." : $"No AWS credentials. {failure.Message}",
            failure.InnerException)
        {
            Advice = chain.Advice,
        };
    }
}
