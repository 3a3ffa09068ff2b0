using AcodeOps.Configuration.Applied;
using AcodeOps.Configuration.Comparing;
using AcodeOps.Configuration.Connectors;

namespace AcodeOps.Configuration;

/// <summary>
/// Holds a project's files against what Airbyte has and what was applied last. Asks for the pages of the three lists, and with
/// <see cref="ComparisonOptions.IncludeSecrets"/> once for each source and destination besides. Changes nothing.
/// </summary>
/// <param name="installation">The installation.</param>
public sealed class ConfigurationComparer(IInstallation installation)
{
    private readonly List<string> _warnings = [];

    /// <summary>Compares.</summary>
    /// <exception cref="AcodeException"><c>ConfigurationInvalid</c>: the files have errors; or why Airbyte did not answer.</exception>
    public async Task<ConfigurationComparison> CompareAsync(ConfigurationProject project, ComparisonOptions options, CancellationToken cancel)
    {
        Finding[] errors = [.. project.Findings.Where(finding => finding.Severity == FindingSeverity.Error)];
        if (errors.Length > 0)
        {
            throw new AcodeException("ConfigurationInvalid", FailureClass.InvalidInput, $"The files in '{project.Folder}' have {(errors.Length == 1 ? "an error" : $"{errors.Length} errors, of which this is the first")}: {errors[0].File}({errors[0].Line},{errors[0].Column}): {errors[0].Message}")
            {
                Advice = "Test-AcodeConfiguration shows all of them.",
                Subject = project,
            };
        }

        (Fingerprints? fingerprints, AirbyteListing listing) = await ReadAirbyteAsync(cancel).ConfigureAwait(false);
        List<DesiredResource> desired = await ReadDesiredAsync(project, fingerprints, cancel).ConfigureAwait(false);
        (IReadOnlyList<ResourcePair> pairs, IReadOnlyList<AcodeException> failures) = ResourcePairing.Pair(desired, listing.Live, listing.Applied);
        pairs = options.IncludeSecrets ? await WithSecretVersionsAsync(pairs, cancel).ConfigureAwait(false) : pairs;
        return Compared(project.Folder, listing, fingerprints, [.. pairs.Where(pair => pair.Desired is not null || pair.Applied is not null || options.IncludeUnmanaged)], failures, options.Prune);
    }

    /// <summary>Compares what a backup has; all that differs is to be set, whoever has changed it since.</summary>
    internal async Task<ConfigurationComparison> CompareAsync(string from, IReadOnlyList<DesiredResource> desired, bool prune, CancellationToken cancel)
    {
        (Fingerprints? fingerprints, AirbyteListing listing) = await ReadAirbyteAsync(cancel).ConfigureAwait(false);
        (IReadOnlyList<ResourcePair> pairs, IReadOnlyList<AcodeException> failures) = ResourcePairing.Pair(desired, listing.Live, listing.Applied);
        return Compared(from, listing, fingerprints, [.. pairs.Where(pair => pair.Desired is not null || pair.Applied is not null).Select(pair => pair.Desired is null ? pair : pair with { Applied = null })], failures, prune);
    }

    private ConfigurationComparison Compared(
        string folder, AirbyteListing listing, Fingerprints? fingerprints, IReadOnlyList<ResourcePair> pairs, IReadOnlyList<AcodeException> failures, bool prune)
    {
        PairComparison comparison = new(installation.Environment, folder, pairs, fingerprints is not null && fingerprints.KeyId == listing.Applied?.FingerprintKey);
        return new ConfigurationComparison
        {
            Workspace = listing.Workspace,
            Pairs = [.. pairs.Select(pair => comparison.Compare(pair, prune)).OrderBy(pair => pair.Kind)],
            Failures = failures,
            Warnings = _warnings,
            Applied = listing.Applied,
            FingerprintKey = fingerprints?.KeyId,
        };
    }

    private async Task<(Fingerprints?, AirbyteListing)> ReadAirbyteAsync(CancellationToken cancel)
    {
        IAirbyteResources airbyte = installation.Airbyte.Resources;
        Guid workspace = await airbyte.ReadWorkspaceAsync(cancel).ConfigureAwait(false);
        Task<List<AirbyteResource>>[] lists = [.. Enum.GetValues<ConfiguredKind>().Select(kind => ListAsync(airbyte, kind, cancel))];
        AppliedConfiguration? applied = await TryAsync(
            () => new AppliedStorage(installation.Storage(StorageRole.Audit)).ReadLastAsync(installation.Environment.Name, workspace, cancel), "What was applied last is not known: drift cannot be told from change.").ConfigureAwait(false);
        Fingerprints? fingerprints = await TryAsync(
            () => Fingerprints.OfAsync(installation.Environment.Airbyte, installation.Credentials, cancel), "Whether secrets have changed is not known.").ConfigureAwait(false);
        return (fingerprints, new AirbyteListing(workspace, [.. (await Task.WhenAll(lists).ConfigureAwait(false)).SelectMany(list => list)], applied));
    }

    private async Task<List<DesiredResource>> ReadDesiredAsync(ConfigurationProject project, Fingerprints? fingerprints, CancellationToken cancel)
    {
        DesiredReader reader = new(new SecretReferences(installation.Credentials), fingerprints);
        List<DesiredResource> desired = [];
        foreach (ConfiguredResource resource in project.Resources)
        {
            desired.Add(await reader.ReadAsync(resource, ConnectorSpecifications.Find(resource.DefinitionId), cancel).ConfigureAwait(false));
        }

        _warnings.AddRange(reader.Unread.Select(failure => failure.Message));
        return desired;
    }

    private static async Task<List<AirbyteResource>> ListAsync(IAirbyteResources airbyte, ConfiguredKind kind, CancellationToken cancel)
    {
        List<AirbyteResource> all = [];
        await foreach (AirbyteResource resource in airbyte.ListAsync(kind, cancel).ConfigureAwait(false))
        {
            all.Add(UndeclaredSecrets.Hide(resource));
        }

        return all;
    }

    private async Task<IReadOnlyList<ResourcePair>> WithSecretVersionsAsync(IReadOnlyList<ResourcePair> pairs, CancellationToken cancel)
    {
        List<ResourcePair> seen = [];
        foreach (ResourcePair pair in pairs)
        {
            bool hasSecrets = pair is { Desired.SecretPaths.Count: > 0, Live: not null, Applied: not null };
            seen.Add(hasSecrets && await installation.Airbyte.Resources.ReadAsync(pair.Kind, pair.Live!.Id, cancel).ConfigureAwait(false) is { } whole ? pair with { Live = UndeclaredSecrets.Hide(whole) } : pair);
        }

        return seen;
    }

    private async Task<T?> TryAsync<T>(Func<Task<T?>> read, string without) where T : class
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (AcodeException failure)
        {
            _warnings.Add($"{without} {failure.Message}");
            return null;
        }
    }

    private sealed record AirbyteListing(Guid Workspace, IReadOnlyList<AirbyteResource> Live, AppliedConfiguration? Applied);
}
