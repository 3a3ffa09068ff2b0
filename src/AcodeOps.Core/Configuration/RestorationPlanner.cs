using AcodeOps.Configuration.Applied;
using AcodeOps.Configuration.Archiving;
using AcodeOps.Configuration.Comparing;
using AcodeOps.Configuration.Connectors;
using AcodeOps.Configuration.Publishing;
using AcodeOps.Configuration.Reading;

namespace AcodeOps.Configuration;

/// <summary>Makes the plan of setting Airbyte as it was when a backup was made. Changes nothing.</summary>
/// <param name="installation">The installation.</param>
public sealed class RestorationPlanner(IInstallation installation)
{
    /// <summary>Plans it.</summary>
    /// <param name="snapshot">The backup.</param>
    /// <param name="options">What it may do.</param>
    /// <param name="includeState">Write back also how far streams were read that are still known at Airbyte: rows since then are read again.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="AcodeException"><c>BackupElsewhere</c>: it is of another environment or workspace; and as for publishing.</exception>
    public async Task<PublicationPlan> PlanAsync(ConfigurationSnapshot snapshot, PublicationOptions options, bool includeState, CancellationToken cancel)
    {
        ConfigurationArchive archive = snapshot.Archive;
        ConfigurationComparer comparer = new(installation);
        ConfigurationComparison comparison = await comparer.CompareAsync(
            $"backup {archive.Id}", [.. archive.Resources.Select(resource => Wanted(resource, archive))], options.Prune, cancel).ConfigureAwait(false);
        if (archive.Environment != installation.Environment.Name || archive.Workspace != comparison.Workspace)
        {
            throw new AcodeException("BackupElsewhere", FailureClass.InvalidInput, $"Backup {archive.Id} is of environment '{archive.Environment}', workspace {archive.Workspace}; this is '{installation.Environment.Name}', {comparison.Workspace}.")
            {
                Advice = "Connect the environment that it is of.",
                Subject = archive.Id,
            };
        }

        // What Airbyte forgets on the way is written back, where the backup knows it.
        bool isKept = comparison.Pairs.Where(pair => pair.Changes.Any(change => change.ResetsState)).All(pair => StateThen(archive, pair) is not null);
        PublicationPlan plan = await new PublicationPlanner(installation)
            .PlanAsync(comparison, $"backup {archive.Id}", options with { AllowStateReset = options.AllowStateReset || isKept }, cancel).ConfigureAwait(false);
        return plan with
        {
            Resources = [.. plan.Resources.Select(resource => resource with { Record = RecordOf(archive, comparison, resource.Desired?.KnownId) })],
            TakenOver = [.. comparison.Pairs.Where(pair => pair.Action == ConfigurationAction.Leave && pair.Live is not null).Select(pair => RecordOf(archive, comparison, pair.Live!.Id)).OfType<AppliedResource>()
                .Where(then => !IsOnRecord(then, comparison.Applied))],
            States = await StatesAsync(comparison, archive, includeState, cancel).ConfigureAwait(false),
        };
    }

    private static DesiredResource Wanted(ArchivedResource archived, ConfigurationArchive archive)
    {
        AirbyteResource resource = archived.Resource;
        return new DesiredResource
        {
            Kind = resource.Kind,
            Path = PathOf(archive, resource.Id)!,
            Name = resource.Name,
            DefinitionId = resource.DefinitionId,
            SourcePath = PathOf(archive, resource.SourceId),
            DestinationPath = PathOf(archive, resource.DestinationId),
            KnownId = resource.Id,
            Settings = resource.Settings,
            SecretPaths = ConnectorSpecifications.Find(resource.DefinitionId)?.SecretPaths ?? [],
            References = archived.Secrets,
        };
    }

    private static SyncState? StateThen(ConfigurationArchive archive, ResourcePair pair) =>
        pair.Desired?.KnownId is { } id && archive.StateOf(id) is { Kind: not (SyncStateKind.NotSet or SyncStateKind.Unknown) } then ? then : null;

    private static string? PathOf(ConfigurationArchive archive, Guid? id) => archive.Resources.FirstOrDefault(resource => resource.Resource.Id == id) is not { } found ? null
        : found.Path ?? $"{ProjectReader.FolderOf(found.Resource.Kind)}/{found.Resource.Id}{ProjectReader.FileName}";

    // What the files said then counts as applied again; fingerprints of another key say nothing.
    private static AppliedResource? RecordOf(ConfigurationArchive archive, ConfigurationComparison comparison, Guid? id) =>
        archive.Applied?.Resources.FirstOrDefault(known => known.Id == id) is not { } known ? null
        : archive.Applied.FingerprintKey == comparison.FingerprintKey ? known : known with { Fingerprints = new Dictionary<string, string>() };

    private static bool IsOnRecord(AppliedResource then, AppliedConfiguration? applied) =>
        applied?.Resources.FirstOrDefault(now => now.Id == then.Id) is { } now && now.Path == then.Path && now.Desired.ToJsonString() == then.Desired.ToJsonString();

    private async Task<IReadOnlyList<PlannedState>> StatesAsync(ConfigurationComparison comparison, ConfigurationArchive archive, bool includeState, CancellationToken cancel)
    {
        List<PlannedState> states = [];
        foreach (ResourcePair pair in comparison.Pairs.Where(pair => pair.Desired is { Kind: ConfiguredKind.Connection }))
        {
            if (StateThen(archive, pair) is not { } then)
            {
                continue;
            }

            SyncState now = pair.Live is { } live ? await installation.Airbyte.ReadStateAsync(live.Id, cancel).ConfigureAwait(false) : new SyncState(SyncStateKind.NotSet);
            bool isLost = pair.Changes.Any(change => change.ResetsState) || (States.AreSame(now, new SyncState(SyncStateKind.NotSet)) && !States.AreSame(now, then));
            if (isLost || (includeState && !States.AreSame(now, then)))
            {
                states.Add(new PlannedState(pair.Desired!.Path, pair.Name, then));
            }
        }

        return states;
    }
}
