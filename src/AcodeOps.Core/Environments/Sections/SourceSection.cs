using AcodeOps.Documents;
using AcodeOps.Environments.Reading;

namespace AcodeOps.Environments.Sections;

/// <summary>The MySQL servers.</summary>
internal static class SourceSection
{
    public static RoleMap<SourceRole, SourceDefinition> ReadAll(MappingReader reader) => RoleMap<SourceRole, SourceDefinition>.Read(reader, Read);

    private static SourceDefinition Read(SourceRole role, MappingReader r) => new()
    {
        Role = role,
        Host = r.Optional("host", ValueKinds.Host),
        Port = r.Optional("port", ValueKinds.Port),
        Database = r.Optional("database", ValueKinds.Word),
        User = r.Optional("user", ValueKinds.Word),
        Credential = r.RequiredCredential("credential", CredentialHolder.SecretsManager, CredentialHolder.EnvironmentVariable),
        Administrator = r.OptionalCredential("administrator", CredentialHolder.SecretsManager, CredentialHolder.EnvironmentVariable),
        Tls = r.Optional("tls", ValueKinds.Choice<TlsRequirement>()) ?? TlsRequirement.Automatic,
        CertificateAuthority = r.Optional("certificateAuthority", ValueKinds.PathBeside(r.File)),

        // The primary is somebody else's unless the file says that it is not: the careful side.
        IsPartners = r.Optional("partner", ValueKinds.Flag) ?? role == SourceRole.Primary,
    };
}
