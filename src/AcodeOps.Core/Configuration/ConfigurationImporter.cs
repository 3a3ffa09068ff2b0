using AcodeOps.Configuration.Applied;
using AcodeOps.Configuration.Comparing;
using AcodeOps.Configuration.Importing;
using AcodeOps.Configuration.Reading;

namespace AcodeOps.Configuration;

/// <summary>
/// Writes what Airbyte has as files: a folder each, in octavia's layout, with the state files beside them. Held against Airbyte
/// they differ in nothing. Secrets are not there to be read: their references are written where a publication has put them on
/// record, else Airbyte's mask, which leaves them as they are.
/// </summary>
/// <param name="installation">The installation.</param>
/// <param name="files">The files.</param>
/// <param name="variable">A variable of the process; null when it is not set.</param>
public sealed class ConfigurationImporter(IInstallation installation, IProjectFiles files, Func<string, string?> variable)
{
    /// <summary>What would be written: text by path within the project. Nothing is written.</summary>
    /// <exception cref="AcodeException">Why Airbyte or the audit storage did not answer.</exception>
    public async Task<ConfigurationImport> ReadAsync(CancellationToken cancel)
    {
        IAirbyteResources airbyte = installation.Airbyte.Resources;
        Guid workspace = await airbyte.ReadWorkspaceAsync(cancel).ConfigureAwait(false);
        AppliedConfiguration? applied = await new AppliedStorage(installation.Storage(StorageRole.Audit)).ReadLastAsync(installation.Environment.Name, workspace, cancel).ConfigureAwait(false);
        Dictionary<string, string> texts = new(StringComparer.Ordinal);
        Dictionary<Guid, string> paths = [];
        foreach (ConfiguredKind kind in Enum.GetValues<ConfiguredKind>())
        {
            HashSet<string> taken = [.. (applied?.Resources ?? []).Where(known => known.Kind == kind).Select(known => known.Path.Split('/')[1])];
            await foreach (AirbyteResource told in airbyte.ListAsync(kind, cancel).ConfigureAwait(false))
            {
                AirbyteResource resource = UndeclaredSecrets.Hide(told);
                AppliedResource? known = applied?.Resources.FirstOrDefault(known => known.Kind == kind && known.Id == resource.Id);
                string path = known?.Path ?? $"{ProjectReader.FolderOf(kind)}/{Slug.Of(resource.Name, taken)}{ProjectReader.FileName}";
                paths[resource.Id] = path;
                texts[path] = kind == ConfiguredKind.Connection
                    ? ResourceText.OfConnection(resource, EndOf(paths, resource.SourceId), EndOf(paths, resource.DestinationId))
                    : ResourceText.OfActor(resource, known?.ReferencesToSecrets() ?? new Dictionary<string, string>());
            }
        }

        return texts.Count == 0
            ? throw new AcodeException("ConfigurationEmpty", FailureClass.NotFound, $"Airbyte has no source, destination or connection in workspace {workspace}.") { Advice = "Name another workspace in the environment file: airbyte: { workspace: … }.", Subject = workspace }
            : new ConfigurationImport(workspace, texts, paths.ToDictionary(path => path.Value, path => path.Key));
    }

    /// <summary>Writes them, and the state files beside them.</summary>
    /// <param name="import">What was read.</param>
    /// <param name="folder">The project's folder.</param>
    /// <returns>The files that were written; those that say the same already are left alone.</returns>
    /// <exception cref="AcodeException"><c>ConfigurationFileNotWritten</c>.</exception>
    public IReadOnlyList<string> Write(ConfigurationImport import, string folder)
    {
        List<string> written = [];
        foreach ((string path, string text) in import.Texts)
        {
            string file = System.IO.Path.Combine(folder, path);
            files.Write(file, text);
            written.Add(file);
        }

        ConfigurationProject project = new ProjectReader(files, variable).Read(new ConfigurationDefinition(folder), import.Workspace);
        return [.. written, .. new StateFiles(files).Write(project, import.Workspace, import.Ids, installation.Clock.GetUtcNow())];
    }

    private static string EndOf(Dictionary<Guid, string> paths, Guid? id) => id is { } known && paths.TryGetValue(known, out string? path) ? path : $"{id}";
}

/// <summary>What Airbyte has, as files.</summary>
/// <param name="Workspace">The workspace.</param>
/// <param name="Texts">The files' texts, by path within the project.</param>
/// <param name="Ids">Airbyte's ids, by path.</param>
public sealed record ConfigurationImport(Guid Workspace, IReadOnlyDictionary<string, string> Texts, IReadOnlyDictionary<string, Guid> Ids);
