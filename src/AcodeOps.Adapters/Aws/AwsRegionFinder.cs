using AcodeOps.Secrets;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;

namespace AcodeOps.Adapters.Aws;

/// <summary>Finds the account's region: the environment's, the session's, the profile's, then as the SDK finds it.</summary>
internal sealed class AwsRegionFinder(AwsDefinition definition, AwsSession? session, string? profilesLocation)
{
    // What an S3-compatible server or a test is signed for where nobody names a region.
    private const string CustomaryRegion = "us-east-1";

    private string? _found;

    /// <summary>The region's system name.</summary>
    /// <param name="endpoint">An endpoint that replaces AWS's own: it works without a region.</param>
    /// <param name="cancel">Ends the search.</param>
    /// <exception cref="AcodeException"><c>AwsRegionNotSet</c>.</exception>
    public async Task<string> FindAsync(Uri? endpoint, CancellationToken cancel)
    {
        if (_found is not null)
        {
            return _found;
        }

        string? region = definition.Region ?? session?.Region ?? RegionOfProfile() ?? OfVariables();
        if (region is null && endpoint is not null)
        {
            return CustomaryRegion;
        }

        // The SDK's last resort is the metadata service of EC2: it blocks, so it gets a thread of its own.
        region ??= await Task.Run(() => FallbackRegionFactory.GetRegionEndpoint()?.SystemName, cancel).WaitAsync(cancel).ConfigureAwait(false);
        return _found = region ?? throw new AcodeException("AwsRegionNotSet", FailureClass.InvalidInput, "No AWS region is set.")
        {
            Advice = "Set aws.region in the environment file, AWS_REGION, the profile's region, or Set-DefaultAWSRegion.",
        };
    }

    /// <summary>The region of the environment's variables. The SDK for .NET reads the first only; the AWS command line and Airflow set the second.</summary>
    public static string? OfVariables() =>
        new[] { "AWS_REGION", "AWS_DEFAULT_REGION" }.Select(Environment.GetEnvironmentVariable).FirstOrDefault(v => !string.IsNullOrWhiteSpace(v));

    private string? RegionOfProfile() =>
        definition.Credential is { Holder: CredentialHolder.Profile } reference
        && new CredentialProfileStoreChain(profilesLocation).TryGetProfile(reference.Name, out CredentialProfile profile)
            ? profile.Region?.SystemName
            : null;
}
