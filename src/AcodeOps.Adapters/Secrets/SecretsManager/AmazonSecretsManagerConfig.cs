using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.SecretsManager.Internal;

namespace Amazon.SecretsManager;

/// <summary>How Secrets Manager is called.</summary>
internal sealed class AmazonSecretsManagerConfig : ClientConfig
{
    /// <summary>The SDK's standard behaviour.</summary>
    public AmazonSecretsManagerConfig()
        : base(new DefaultConfigurationProvider(
        [
            new DefaultConfiguration { Name = DefaultConfigurationMode.Standard, RetryMode = RequestRetryMode.Standard, ConnectTimeout = TimeSpan.FromSeconds(3.1) },
        ]))
    {
        // The id also names the variable AWS_ENDPOINT_URL_SECRETS_MANAGER.
        ServiceId = "Secrets Manager";
        AuthenticationServiceName = "secretsmanager";
        EndpointProvider = new SecretsManagerEndpointProvider();
    }

    /// <inheritdoc />
    public override string RegionEndpointServiceName => "secretsmanager";

    /// <inheritdoc />
    public override string ServiceVersion => "2017-10-17";

    /// <inheritdoc />
    public override string UserAgent { get; } = Util.Internal.InternalSDKUtils.BuildUserAgentString("Secrets Manager", "4.1.0.0");

    /// <inheritdoc />
    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        EndpointProvider.ResolveEndpoint(SecretsManagerEndpointResolver.Parameters(this, parameters.AlternateEndpoint));
}
