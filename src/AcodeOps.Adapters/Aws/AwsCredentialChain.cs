using AcodeOps.Secrets;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Credentials;

namespace AcodeOps.Adapters.Aws;

/// <summary>
/// Chooses where the account's keys come from. An environment that names a credential never falls through to another
/// one, which might be of another account.
/// </summary>
internal sealed class AwsCredentialChain(AwsDefinition definition, AwsSession? session, string? profilesLocation)
{
    /// <summary>What was asked, for the message when it gave nothing.</summary>
    public string Description => definition.Credential switch
    {
        { Holder: CredentialHolder.Profile } reference => $"profile '{reference.Name}'",
        { } reference => reference.ToString(),
        null when session?.ReadKeys is not null => "the credentials that Set-AWSCredential left in this session",
        null => "environment variables, the default profile, SSO, web identity, the container's and the machine's role",
    };

    /// <summary>What to do when it gave nothing.</summary>
    public string Advice => definition.Credential switch
    {
        { Holder: CredentialHolder.Profile } reference =>
            $"Run 'aws sso login --profile {reference.Name}' where it is an SSO profile, or 'aws configure --profile {reference.Name}'.",
        { Holder: CredentialHolder.EnvironmentVariable } reference =>
            $"Set {reference.Name} to a JSON object with access_key_id, secret_access_key and, for temporary keys, session_token.",
        null when session?.ReadKeys is not null => "Run Set-AWSCredential again.",
        _ => "Run 'aws sso login', set AWS_PROFILE, or name a profile as aws.credential in the environment file.",
    };

    /// <summary>The source of keys; it may still turn out to have none.</summary>
    public AWSCredentials Find()
    {
        SdkServices.Ensure();
        return RoleCredentials.Adopt(Choose(), RoleCredentials.Config(definition, definition.Region ?? session?.Region ?? AwsRegionFinder.OfVariables()));
    }

    private AWSCredentials Choose() => definition.Credential switch
    {
        { Holder: CredentialHolder.Profile } reference => OfProfile(reference.Name),
        { Holder: CredentialHolder.EnvironmentVariable } reference => new KeysVariable(reference).Read(),
        { } reference => throw new AcodeException("AwsCredentialUnsupported", FailureClass.InvalidInput,
            $"AWS's own credential cannot be {reference}: reading it would need the credential.")
        {
            Advice = "Use profile:NAME or env:NAME, or leave aws.credential out.",
        },
        null when session?.ReadKeys is { } readKeys => new SessionCredentials(readKeys),
        null => DefaultAWSCredentialsIdentityResolver.GetCredentials(),
    };

    private AWSCredentials OfProfile(string name) =>
        new CredentialProfileStoreChain(profilesLocation).TryGetAWSCredentials(name, out AWSCredentials credentials)
            ? credentials
            : throw new AcodeException("AwsProfileNotFound", FailureClass.InvalidInput,
                $"There is no AWS profile '{name}', or it is not complete.")
            {
                Advice = "List the profiles with 'aws configure list-profiles'.",
            };
}
