using AcodeOps.Configuration.Applied;

namespace AcodeOps.Configuration.Archiving;

/// <summary>Reads all that Airbyte has of a workspace into an archive: the lists' pages, and one request for each connection's state.</summary>
/// <param name="installation">The installation.</param>
internal sealed class ArchiveReader(IInstallation installation)
{
    private const int StatesAtOnce = 4;

    public async Task<ConfigurationArchive> ReadAsync(CancellationToken cancel)
    {
        IAirbyteResources airbyte = installation.Airbyte.Resources;
        DateTimeOffset now = installation.Clock.GetUtcNow();
        Guid workspace = await airbyte.ReadWorkspaceAsync(cancel).ConfigureAwait(false);
        AppliedConfiguration? applied = await new AppliedStorage(installation.Storage(StorageRole.Audit)).ReadLastAsync(installation.Environment.Name, workspace, cancel).ConfigureAwait(false);
        List<AirbyteResource> live = [];
        foreach (ConfiguredKind kind in Enum.GetValues<ConfiguredKind>())
        {
            await foreach (AirbyteResource resource in airbyte.ListAsync(kind, cancel).ConfigureAwait(false))
            {
                live.Add(Comparing.UndeclaredSecrets.Hide(resource));
            }
        }

        List<ArchivedState> states = [];
        await foreach (ArchivedState state in ReadAhead.SelectAsync(
            live.Where(resource => resource.Kind == ConfiguredKind.Connection), StatesAtOnce, (connection, stop) => StateAsync(connection.Id, stop), cancel).ConfigureAwait(false))
        {
            states.Add(state);
        }

        AirbyteInstance instance = await installation.Airbyte.ReadInstanceAsync(cancel).ConfigureAwait(false);
        return new ConfigurationArchive
        {
            Id = installation.Identifiers.Next(now),
            Environment = installation.Environment.Name,
            Workspace = workspace,
            At = now,
            AirbyteVersion = instance.Version,
            Resources = [.. live.Select(resource => Archived(resource, applied?.Resources.FirstOrDefault(known => known.Id == resource.Id)))],
            States = states,
            Applied = applied,
        };
    }

    private static ArchivedResource Archived(AirbyteResource resource, AppliedResource? known) => new(resource, known?.Path)
    {
        Secrets = known?.ReferencesToSecrets() ?? new Dictionary<string, string>(),
    };

    private async Task<ArchivedState> StateAsync(Guid connection, CancellationToken cancel)
    {
        try
        {
            return new ArchivedState(connection, await installation.Airbyte.ReadStateAsync(connection, cancel).ConfigureAwait(false), null);
        }
        catch (AcodeException failure) when (failure.Id == "SyncStateUnavailable")
        {
            return new ArchivedState(connection, null, failure.Message);
        }
    }
}
