using AcodeOps.Documents;
using AcodeOps.Environments.Reading;

namespace AcodeOps.Environments.Sections;

/// <summary>What answers questions about the lake.</summary>
internal static class LakeSection
{
    public static LakeDefinition Read(MappingReader r)
    {
        LakeDefinition standard = new() { Engine = r.Optional("engine", ValueKinds.Choice<LakeEngine>()) ?? LakeEngine.Local };
        return (standard.Engine switch
        {
            LakeEngine.Trino => standard with
            {
                Url = r.Required("url", ValueKinds.Url),
                Catalog = r.Optional("catalog", ValueKinds.Word) ?? standard.Catalog,
                Database = r.Required("database", ValueKinds.Word),
                Credential = r.OptionalCredential("credential", CredentialHolder.SecretsManager, CredentialHolder.EnvironmentVariable),
            },
            LakeEngine.Athena => standard with
            {
                Catalog = r.Optional("catalog", ValueKinds.Word) ?? "AwsDataCatalog",
                Database = r.Required("database", ValueKinds.Word),
                WorkGroup = r.Optional("workGroup", ValueKinds.Word) ?? standard.WorkGroup,
                Output = r.Optional("output", ValueKinds.Folder),
            },
            _ => standard,
        }) with
        {
            Minutes = r.Optional("minutes", ValueKinds.Number(0.1, 720)) ?? standard.Minutes,
        };
    }
}
