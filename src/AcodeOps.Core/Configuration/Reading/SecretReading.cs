using AcodeOps.Configuration.Connectors;
using AcodeOps.Documents;

namespace AcodeOps.Configuration.Reading;

/// <summary>Finds secrets that are written into a project's file: first in the settings that the connector declares secret, then by name and look.</summary>
internal static class SecretReading
{
    /// <summary>What Airbyte shows in place of a secret, and takes for "as it is".</summary>
    public const string Mask = AirbyteResource.Mask;

    /// <summary>Looks before variables are put in: a variable's value is no literal. What an overlay hides is in the file all the same.</summary>
    /// <param name="below">The project's file; null where only the overlay has one.</param>
    /// <param name="above">The overlay's; null for none.</param>
    /// <param name="both">The one laid over the other.</param>
    /// <param name="findings">Where to tell.</param>
    public static void Report(DocumentNode? below, DocumentNode? above, DocumentNode both, FindingList findings)
    {
        Guid? definition = DocumentPath.Find(both, "definition_id") is ScalarNode id && Guid.TryParse(id.Value, out Guid known) ? known : null;
        foreach (DocumentNode written in new[] { below, above }.OfType<DocumentNode>())
        {
            FindingList inOne = new(findings.File);
            Report(written, definition, inOne);
            findings.Take(inOne);
        }
    }

    private static void Report(DocumentNode written, Guid? definition, FindingList findings)
    {
        foreach (string secret in ConnectorSpecifications.Find(definition)?.SecretPaths ?? [])
        {
            string path = DocumentPath.Of("configuration", secret);
            if (DocumentPath.Find(written, path) is not ScalarNode { Value.Length: > 0 } scalar || IsReference(scalar))
            {
                continue;
            }

            findings.Add(scalar, path, scalar.Value == Mask
                ? new("SecretMasked", "Airbyte's mask stands here: the secret that is there is kept, and a new resource would get none.", FindingSeverity.Warning) { Remedy = "Write secretsmanager:NAME." }
                : SecretScan.Literal("The connector declares this a secret, and it is written into the file."));
        }

        SecretScan.Report(WithoutReferences(written, "", findings), "", findings);
    }

    private static bool IsReference(ScalarNode scalar) => Variables.IsReference(scalar) || CredentialReference.TryParse(scalar.Value) is not null;

    // What is a reference, or was told already, is no secret to the scan.
    private static DocumentNode WithoutReferences(DocumentNode node, string path, FindingList findings) => node switch
    {
        MappingNode mapping => mapping with { Entries = [.. mapping.Entries.Select(entry => (entry.Key, WithoutReferences(entry.Value, DocumentPath.Of(path, entry.Key.Value), findings)))] },
        SequenceNode sequence => sequence with { Items = [.. sequence.Items.Select((item, i) => WithoutReferences(item, DocumentPath.Of(path, i), findings))] },
        ScalarNode scalar when IsReference(scalar) || scalar.Value == Mask || findings.Has("LiteralSecret", path) => scalar with { Value = "", IsPlain = true },
        _ => node,
    };
}
