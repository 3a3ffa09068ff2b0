using Amazon.Runtime;
using Amazon.Runtime.Credentials.Internal;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;
using Amazon.Util;

namespace Amazon.SecretsManager.Internal;

/// <summary>Signature version 4, always.</summary>
internal sealed class SecretsManagerAuthHandler : BaseAuthResolverHandler
{
    /// <inheritdoc />
    protected override List<IAuthSchemeOption> ResolveAuthOptions(IExecutionContext executionContext) => AuthSchemeOption.DEFAULT_SIGV4;
}

/// <summary>Gives the endpoint provider what the configuration says.</summary>
internal sealed class SecretsManagerEndpointResolver : BaseEndpointResolver
{
    internal static EndpointParameters Parameters(AmazonSecretsManagerConfig config, RegionEndpoint? alternate)
    {
        string? region = alternate?.SystemName
            ?? config.RegionEndpoint?.SystemName
            ?? config.AuthenticationRegion
            ?? (config.ServiceURL is { Length: > 0 } url ? AWSSDKUtils.DetermineRegion(url) : null);
        return new ServiceEndpointParameters
        {
            ["Region"] = region,
            ["UseDualStack"] = config.UseDualstackEndpoint,
            ["UseFIPS"] = config.UseFIPSEndpoint,
            ["Endpoint"] = config.ServiceURL,
        };
    }

    /// <inheritdoc />
    protected override void ServiceSpecificHandler(IExecutionContext executionContext, EndpointParameters parameters) =>
        InjectHostPrefix(executionContext.RequestContext);

    /// <inheritdoc />
    protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext) =>
        Parameters((AmazonSecretsManagerConfig)requestContext.ClientConfig, requestContext.Request.AlternateEndpoint);

    private sealed class ServiceEndpointParameters : EndpointParameters;
}

/// <summary>The service's address: the one that was set, or AWS's own of the region.</summary>
internal sealed class SecretsManagerEndpointProvider : IEndpointProvider
{
    /// <inheritdoc />
    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        if (parameters["Endpoint"] is string { Length: > 0 } url)
        {
            return new Endpoint(url);
        }

        if (parameters["Region"] is not string { Length: > 0 } region)
        {
            throw new AmazonClientException("No AWS region was given.");
        }

        string suffix = RegionEndpoint.GetBySystemName(region).PartitionDnsSuffix;
        if (parameters["UseDualStack"] is true && suffix == "amazonaws.com")
        {
            suffix = "api.aws";
        }

        string fips = parameters["UseFIPS"] is true ? "-fips" : "";
        return new Endpoint($"https://secretsmanager{fips}.{region}.{suffix}");
    }
}
