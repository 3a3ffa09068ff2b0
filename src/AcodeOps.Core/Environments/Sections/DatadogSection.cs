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
        if (definition.ApiKey is not null && definition.ApiKey == definition.ApplicationKey)
        {
            r.Complain("applicationKey", new("DuplicateCredential", "The API key and the application key are in one place, which can hold only one of them.") { Current = definition.ApplicationKey.ToString(), Remedy = "Put each into a secret of its own." });
        }

        return url is null ? definition : definition with { Url = url };
    }
}
