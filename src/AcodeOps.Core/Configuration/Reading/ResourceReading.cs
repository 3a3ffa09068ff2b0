using System.Text.Json.Nodes;
using AcodeOps.Documents;
using AcodeOps.Environments.Reading;

namespace AcodeOps.Configuration.Reading;

/// <summary>Reads one file of a project.</summary>
internal static class ResourceReading
{
    private const string Settings = "configuration";

    /// <summary>The resource; null where the file is none. What is wrong is told in the findings.</summary>
    public static ConfiguredResource? Read(DocumentNode written, ConfiguredKind kind, string path, Variables variables, FindingList findings)
    {
        DocumentNode document = variables.PutInto(written, "");
        ReportTimes(document, "", findings);
        return MappingReader.Read(document, "", findings, r =>
        {
            ConfiguredKind? told = r.Required("definition_type", ValueKinds.Choice<ConfiguredKind>());
            if (told is { } other && other != kind)
            {
                r.Complain("definition_type", new("WrongKind", $"This is the folder of {ValueKinds.CamelCase(kind)}s.") { Remedy = $"Write {ValueKinds.CamelCase(kind)}, or move the file." });
            }

            ConfiguredResource resource = new()
            {
                Kind = kind,
                Path = path,
                Name = r.Required("resource_name", ValueKinds.Text) ?? "",
                Document = (MappingNode)document,
            };
            return kind == ConfiguredKind.Connection ? ConnectionReading.Read(r, resource) : ReadActor(r, resource);
        });
    }

    private static ConfiguredResource ReadActor(MappingReader r, ConfiguredResource resource)
    {
        _ = r.Optional("definition_image", ValueKinds.Text);
        r.ReportMissing(Settings, "the connector's settings");
        return resource with
        {
            DefinitionId = r.Required("definition_id", ValueKinds.Uuid),
            DefinitionVersion = r.Optional("definition_version", ValueKinds.Text),
            Settings = r.Mapping(Settings) is { } settings ? YamlValues.ToJson(settings) as JsonObject ?? [] : [],
        };
    }

    private static void ReportTimes(DocumentNode node, string path, FindingList findings)
    {
        switch (node)
        {
            case ScalarNode scalar when YamlValues.IsTime(scalar):
                findings.Add(scalar, path, new("DateWithoutQuotes", "YAML takes this for a date; it is meant as text.", FindingSeverity.Warning) { Remedy = "Put it in quotes." });
                break;
            case SequenceNode sequence:
                for (int i = 0; i < sequence.Items.Count; i++)
                {
                    ReportTimes(sequence.Items[i], DocumentPath.Of(path, i), findings);
                }

                break;
            case MappingNode mapping:
                foreach ((ScalarNode key, DocumentNode value) in mapping.Entries)
                {
                    ReportTimes(value, DocumentPath.Of(path, key.Value), findings);
                }

                break;
        }
    }
}
