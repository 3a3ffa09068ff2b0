using AcodeOps.Documents;
using AcodeOps.Environments.Reading;

namespace AcodeOps.Environments.Sections;

/// <summary>Where monitors are kept, and by whose keys.</summary>
internal static class DatadogSection
{
    public static DatadogDefinition Read(MappingReader r)
    {
        Uri? url = r.Optional("url", ValueKinds.Url);
        DatadogDefinition definition = new()
        {
            ApiKey = r.RequiredCredential("apiKey", CredentialHolder.SecretsManager, CredentialHolder.EnvironmentVariable),
            ApplicationKey = r.RequiredCredential("applicationKey", CredentialHolder.SecretsManager, CredentialHolder.EnvironmentVariable),
            Notify = r.Values("notify", ValueKinds.Handle),
        };
        return url is null ? definition : definition with { Url = url };
    }
}
