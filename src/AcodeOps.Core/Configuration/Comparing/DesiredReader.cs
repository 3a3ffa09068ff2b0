using System.Text.Json.Nodes;
using AcodeOps.Configuration.Applied;
using AcodeOps.Configuration.Connectors;
using AcodeOps.Configuration.Reading;
using AcodeOps.Documents;
using AcodeOps.Secrets;

namespace AcodeOps.Configuration.Comparing;

/// <summary>Makes of files that were read what is to be at Airbyte: references to names and hosts are followed, those to secrets are kept, and their fingerprints taken.</summary>
/// <param name="references">Reads what settings refer to.</param>
/// <param name="fingerprints">Takes fingerprints; null where there is no key for them.</param>
internal sealed class DesiredReader(SecretReferences references, Fingerprints? fingerprints)
{
    private readonly List<AcodeException> _unread = [];

    /// <summary>The references that could not be followed, each once.</summary>
    public IReadOnlyList<AcodeException> Unread => [.. _unread.DistinctBy(failure => failure.Message)];

    /// <summary>The resource as it is to be.</summary>
    public async Task<DesiredResource> ReadAsync(ConfiguredResource resource, ConnectorSpecification? specification, CancellationToken cancel)
    {
        Dictionary<string, string> taken = new(StringComparer.Ordinal);
        List<string> secrets = [];
        JsonObject settings = resource.Settings.DeepClone().AsObject();
        if (resource.Kind != ConfiguredKind.Connection)
        {
            await FollowAsync(settings, "", resource, specification?.SecretPaths ?? [], secrets, taken, cancel).ConfigureAwait(false);
        }

        return new DesiredResource
        {
            Kind = resource.Kind,
            Path = resource.Path,
            Name = resource.Name,
            DefinitionId = resource.DefinitionId,
            SourcePath = resource.SourcePath,
            DestinationPath = resource.DestinationPath,
            KnownId = resource.State?.ResourceId,
            Settings = settings,
            SecretPaths = [.. secrets.Concat(specification?.SecretPaths ?? []).Distinct()],
            Fingerprints = taken,
            Document = resource.Document,
            StreamPlaces = resource.Streams.GroupBy(stream => ConnectionFields.Stream(stream.Name, stream.Namespace)).ToDictionary(same => same.Key, same => same.First().Place),
            IsAsAppliedByState = resource.State is { } state && IsApplied(resource.Document, state.ConfigurationHash, [.. secrets.Select(path => DocumentPath.Of("configuration", path))]),
        };
    }

    // Octavia hashes the secrets themselves, AcodeOps what refers to them.
    private static bool IsApplied(MappingNode document, string hash, HashSet<string> secrets) =>
        hash == ConfigurationHash.Of(document, secrets.Contains) || hash == ConfigurationHash.Of(document, _ => false);

    private async Task FollowAsync(
        JsonObject settings, string path, ConfiguredResource resource, IReadOnlyList<string> declared, List<string> secrets, Dictionary<string, string> taken, CancellationToken cancel)
    {
        foreach ((string key, JsonNode? value) in settings.ToArray())
        {
            string below = DocumentPath.Of(path, key);
            if (value is JsonObject inner)
            {
                await FollowAsync(inner, below, resource, declared, secrets, taken, cancel).ConfigureAwait(false);
                continue;
            }

            ScalarNode? scalar = DocumentPath.Find(resource.Document, DocumentPath.Of("configuration", below)) as ScalarNode;
            if (value is not JsonValue text || !text.TryGetValue(out string? written) || scalar is null)
            {
                continue;
            }

            // A variable stands for itself only where it was put in; in quotes, ${STREAM_NAME} is Airbyte's.
            bool isReference = CredentialReference.TryParse(written) is { Holder: not CredentialHolder.Profile };
            bool isSecret = declared.Contains(below) || ((isReference || scalar.Written is not null) && (SecretScan.IsSecret(key, scalar with { Value = "x" }) || SecretScan.LooksSecret(written)));
            if (isSecret)
            {
                secrets.Add(below);
                settings[key] = scalar.Written ?? written;
                await TakeAsync(below, scalar.Written ?? written, taken, cancel).ConfigureAwait(false);
            }
            else if (isReference && await TryReadAsync(below, written, cancel).ConfigureAwait(false) is { } followed)
            {
                settings[key] = followed;
            }
            else if (isReference)
            {
                secrets.Add(below);
            }
        }
    }

    private async Task TakeAsync(string path, string written, Dictionary<string, string> taken, CancellationToken cancel)
    {
        if (fingerprints is not null && SecretReferences.IsReference(written) && await TryReadAsync(path, written, cancel).ConfigureAwait(false) is { } secret)
        {
            taken[path] = fingerprints.Of(new SecretText(secret.ToString()));
        }
    }

    private async Task<JsonValue?> TryReadAsync(string path, string written, CancellationToken cancel)
    {
        try
        {
            return await references.ReadAsync(path, written, cancel).ConfigureAwait(false);
        }
        catch (AcodeException failure)
        {
            _unread.Add(failure);
            return null;
        }
    }
}
