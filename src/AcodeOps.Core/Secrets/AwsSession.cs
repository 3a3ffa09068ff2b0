namespace AcodeOps.Secrets;

/// <summary>
/// AWS credentials and region that the caller's PowerShell session already holds (Set-AWSCredential,
/// Set-DefaultAWSRegion). The function is asked whenever keys are needed, so that temporary ones stay fresh.
/// </summary>
/// <param name="ReadKeys">Gives the present keys; null when the session holds a region only.</param>
/// <param name="Region">The region's system name, or null.</param>
public sealed record AwsSession(Func<AwsKeys>? ReadKeys, string? Region);

/// <summary>AWS keys.</summary>
public sealed record AwsKeys(string AccessKeyId, SecretText SecretAccessKey, SecretText? SessionToken)
{
    /// <summary>The access key id; never the secret.</summary>
    public override string ToString() => AccessKeyId;
}
