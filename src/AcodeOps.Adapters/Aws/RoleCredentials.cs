using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.SharedInterfaces;
using Amazon.SecurityToken;

namespace AcodeOps.Adapters.Aws;

/// <summary>
/// The keys of a role that other keys assume; stands in for the SDK's own, which looks for its STS client in the wrong
/// load context.
/// </summary>
internal sealed class RoleCredentials : RefreshingAWSCredentials, IDisposable
{
    private readonly AssumeRoleAWSCredentials _role;
    private readonly AmazonSecurityTokenServiceClient _sts;

    private RoleCredentials(AssumeRoleAWSCredentials role, AmazonSecurityTokenServiceConfig sts)
    {
        _role = role;
        _sts = new AmazonSecurityTokenServiceClient(Adopt(role.SourceCredentials, sts), sts);
        PreemptExpiryTime = TimeSpan.FromMinutes(15);
    }

    /// <summary>Credentials as the SDK made them, each role in the chain replaced.</summary>
    public static AWSCredentials Adopt(AWSCredentials credentials, AmazonSecurityTokenServiceConfig sts) =>
        credentials is AssumeRoleAWSCredentials role ? new RoleCredentials(role, sts) : credentials;

    /// <summary>How STS is reached.</summary>
    public static AmazonSecurityTokenServiceConfig Config(AwsDefinition definition, string? region)
    {
        AmazonSecurityTokenServiceConfig config = new() { MaxErrorRetry = AwsHttp.Retries };
        if (definition.Endpoints.Sts is { } endpoint)
        {
            config.ServiceURL = endpoint.AbsoluteUri;
            config.AuthenticationRegion = region ?? "us-east-1";
        }
        else
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region ?? "us-east-1");
        }

        return config;
    }

    /// <inheritdoc />
    protected override CredentialsRefreshState GenerateNewCredentials() => GenerateNewCredentialsAsync().GetAwaiter().GetResult();

    /// <inheritdoc />
    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        AssumeRoleImmutableCredentials keys = await ((ICoreAmazonSTS)_sts)
            .CredentialsFromAssumeRoleAuthenticationAsync(_role.RoleArn, _role.RoleSessionName, _role.Options).ConfigureAwait(false);
        return new CredentialsRefreshState(keys, keys.Expiration);
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _sts.Dispose();
        }

        base.Dispose(disposing);
    }
}
