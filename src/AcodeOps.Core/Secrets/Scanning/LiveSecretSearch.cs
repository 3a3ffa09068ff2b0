using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using AcodeOps.Configuration;
using AcodeOps.Configuration.Connectors;
using AcodeOps.Documents;
using AcodeOps.Secrets.Scanning.Judging;
using AcodeOps.Secrets.Scanning.Reading;

namespace AcodeOps.Secrets.Scanning;

/// <summary>
/// Looks for secrets in the configuration that Airbyte has: in settings that the connector does not declare secret, which
/// whoever may read Airbyte reads; and in declared ones, should the server show them.
/// </summary>
/// <param name="installation">The installation.</param>
public sealed class LiveSecretSearch(IInstallation installation)
{
    // As a file of settings would write it: one line for each.
    private static readonly TextTraits OneSetting = new("setting", TextKind.Settings);

    /// <summary>Everything that is found. Nothing is changed.</summary>
    public async IAsyncEnumerable<Finding> SearchAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (ConfiguredKind kind in new[] { ConfiguredKind.Source, ConfiguredKind.Destination })
        {
            await foreach (AirbyteResource resource in installation.Airbyte.Resources.ListAsync(kind, cancel).ConfigureAwait(false))
            {
                string[] declared = [.. await DeclaredAsync(kind, resource.DefinitionId, cancel).ConfigureAwait(false)];
                foreach ((string path, string value) in Texts(resource.Settings, ""))
                {
                    bool isDeclared = declared.Contains(path);
                    if (isDeclared ? IsLiteral(value) : Holds(path, value))
                    {
                        yield return Of(resource, path, isDeclared);
                    }
                }
            }
        }
    }

    private async Task<IReadOnlyList<string>> DeclaredAsync(ConfiguredKind kind, Guid? definition, CancellationToken cancel)
    {
        if (ConnectorSpecifications.Find(definition) is { } shipped)
        {
            return shipped.SecretPaths;
        }

        return definition is { } id && await installation.Airbyte.ReadSpecificationAsync(kind, id, cancel).ConfigureAwait(false) is { } schema && JsonNode.Parse(schema) is JsonObject known
            ? new ConnectorSpecification($"The {kind} connector", known).SecretPaths
            : [];
    }

    private static bool IsLiteral(string value) => value.Length > 0 && value != AirbyteResource.Mask && !Placeholders.IsReference(value);

    private static bool Holds(string path, string value) =>
        value != AirbyteResource.Mask && !Placeholders.IsReference(value)
        && (SecretScan.LooksSecret(value) || TextScan.Find($"{path[(path.LastIndexOf('.') + 1)..]}={value.ReplaceLineEndings(" ")}", OneSetting).Count > 0);

    private static IEnumerable<(string Path, string Value)> Texts(JsonNode? node, string path) => node switch
    {
        JsonObject members => members.SelectMany(member => Texts(member.Value, DocumentPath.Of(path, member.Key))),
        JsonArray items => items.SelectMany((item, i) => Texts(item, DocumentPath.Of(path, i))),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => [(path, value.GetValue<string>())],
        _ => [],
    };

    private static Finding Of(AirbyteResource resource, string path, bool isDeclared)
    {
        string target = Printable.Of($"{resource.Kind.ToString().ToLowerInvariant()} {resource.Name}: {path}");
        return new Finding
        {
            Rule = isDeclared ? "ConnectorSecret" : "UndeclaredSecret",
            Severity = FindingSeverity.Error,
            Target = target,
            Message = isDeclared
                ? $"Airbyte shows the secret '{Printable.Of(path)}' of {Printable.Of(resource.Name)} to whoever may read its configuration."
                : $"'{Printable.Of(path)}' of {Printable.Of(resource.Name)} holds a secret, and the connector does not declare it secret: Airbyte shows it to whoever may read its configuration.",
            Current = "…",
            Evidence = resource.ToString() is var text ? Printable.Of(text) : null,
            Remedy = isDeclared ? "Save the setting again, so that Airbyte keeps it as a secret, and change it where it is valid." : "Give it by the setting that the connector declares for it, and change it where it is valid.",
            Fingerprint = FindingForm.FingerprintOf(isDeclared ? "ConnectorSecret" : "UndeclaredSecret", $"{resource.Id}", path, 1),
        };
    }
}
