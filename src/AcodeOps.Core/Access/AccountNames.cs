using AcodeOps.Secrets;

namespace AcodeOps.Access;

/// <summary>Finds how AWS names what an environment refers to.</summary>
public static class AccountNames
{
    private const string Any = "*";

    /// <summary>The names; where STS does not tell the account, any is meant, and that is told.</summary>
    public static async Task<AwsNames> FindAsync(IInstallation installation, Action<string> warn, CancellationToken cancel)
    {
        string region = installation.Environment.Aws.Region ?? Any;
        try
        {
            CallerIdentity caller = await installation.Caller.ReadAsync(cancel).ConfigureAwait(false);
            return new AwsNames(installation.Environment, region, caller.Account);
        }
        catch (AcodeException failure)
        {
            warn($"The account is not known, so that secrets and keys are named for any account: {failure.Message}");
            return new AwsNames(installation.Environment, region, Any);
        }
    }
}
