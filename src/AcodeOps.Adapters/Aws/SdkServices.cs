using Amazon;
using Amazon.Runtime;
using Amazon.RuntimeDependencies;
using Amazon.SecurityToken;
using Amazon.SSO;
using Amazon.SSOOIDC;

namespace AcodeOps.Adapters.Aws;

/// <summary>
/// Gives the SDK the clients that it needs to get keys (SSO, web identity). Left alone it takes the first assembly of
/// that name in the whole process: in a session with AWS.Tools that is the other one, in another load context, and no
/// key is ever found.
/// </summary>
internal static class SdkServices
{
    private static readonly Lazy<bool> Registered = new(Register);

    /// <summary>Does it once.</summary>
    public static void Ensure() => _ = Registered.Value;

    private static bool Register()
    {
        GlobalRuntimeDependencyRegistry registry = GlobalRuntimeDependencyRegistry.Instance;
        registry.RegisterSSOClient(context => new AmazonSSOClient(
            new AnonymousAWSCredentials(), new AmazonSSOConfig { RegionEndpoint = context.SSOClientContextData.Region }));
        registry.RegisterSSOOIDCClient(context => new AmazonSSOOIDCClient(
            new AnonymousAWSCredentials(), new AmazonSSOOIDCConfig { RegionEndpoint = context.SSOOIDCClientContextData.Region }));
        registry.RegisterSecurityTokenServiceClient(context => Sts(context.SecurityTokenServiceClientContextData));
        return true;
    }

    // A web identity needs no keys. For a role the SDK would not tell whose keys to use: RoleCredentials does it instead.
    private static AmazonSecurityTokenServiceClient Sts(SecurityTokenServiceClientContext context) =>
        new(new AnonymousAWSCredentials(), new AmazonSecurityTokenServiceConfig { RegionEndpoint = context.Region ?? RegionEndpoint.USEast1 });
}
