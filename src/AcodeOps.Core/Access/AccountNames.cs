using AcodeOps.Secrets;

namespace AcodeOps.Access;

/// <summary>Finds how AWS names what an environment refers to.</summary>
public static class AccountNames
{
    private const string Any = "*";

    /// <summary>The names; where STS does not tell the account, any is meant, and the warning says so.</summary>
    public static async Task<(AwsNames Names, string? Warning)> FindAsync(IInstallation installation, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(installation);
        string region = installation.Environment.Aws.Region ?? Any;
        try
        {
            CallerIdentity caller = await installation.Caller.ReadAsync(cancel).ConfigureAwait(false);
            return (new AwsNames(installation.Environment, region, caller.Account), null);
        }
        catch (AcodeException failure)
        {
            return (new AwsNames(installation.Environment, region, Any), $"The account is not known, so that secrets and keys are named for any account: {failure.Message}");
        }
    }
}
