using AcodeOps.Documents;
using AcodeOps.Environments.Reading;

namespace AcodeOps.Environments.Sections;

/// <summary>What answers questions about the lake.</summary>
internal static class LakeSection
{
    public static LakeDefinition Read(MappingReader r)
    {
        LakeDefinition standard = new() { Engine = r.Optional("engine", ValueKinds.Choice<LakeEngine>()) ?? LakeEngine.Local };
        return standard with
        {
            Url = standard.Engine == LakeEngine.Trino ? r.Required("url", ValueKinds.Url) : r.Optional("url", ValueKinds.Url),
            Catalog = r.Optional("catalog", ValueKinds.Word) ?? (standard.Engine == LakeEngine.Athena ? "AwsDataCatalog" : standard.Catalog),
            Database = standard.Engine == LakeEngine.Local ? r.Optional("database", ValueKinds.Word) : r.Required("database", ValueKinds.Word),
            Credential = r.OptionalCredential("credential", CredentialHolder.SecretsManager, CredentialHolder.EnvironmentVariable),
            WorkGroup = r.Optional("workGroup", ValueKinds.Word) ?? standard.WorkGroup,
            Output = r.Optional("output", ValueKinds.Folder),
            Minutes = r.Optional("minutes", ValueKinds.Number(0.1, 720)) ?? standard.Minutes,
        };
    }
}
