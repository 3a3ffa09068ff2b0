using AcodeOps.Configuration.Connectors;
using AcodeOps.Configuration.Importing;
using AcodeOps.Configuration.Reading;
using AcodeOps.Documents;

namespace AcodeOps.Configuration;

/// <summary>Writes beside the files of a project what they are at Airbyte, as octavia does.</summary>
/// <param name="files">The files.</param>
public sealed class StateFiles(IProjectFiles files)
{
    /// <summary>Writes the state files of what was applied; those that say so already are left alone.</summary>
    /// <param name="project">The project, as it was applied.</param>
    /// <param name="workspace">The workspace.</param>
    /// <param name="ids">Airbyte's ids, by the resources' files.</param>
    /// <param name="at">When it was applied.</param>
    /// <returns>The files that were written.</returns>
    /// <exception cref="AcodeException"><c>ConfigurationFileNotWritten</c>.</exception>
    public IReadOnlyList<string> Write(ConfigurationProject project, Guid workspace, IReadOnlyDictionary<string, Guid> ids, DateTimeOffset at)
    {
        List<string> written = [];
        foreach (ConfiguredResource resource in project.Resources.Where(resource => ids.ContainsKey(resource.Path)))
        {
            HashSet<string> secrets = [.. (ConnectorSpecifications.Find(resource.DefinitionId)?.SecretPaths ?? []).Select(path => DocumentPath.Of("configuration", path))];
            string hash = ConfigurationHash.Of(resource.Document, secrets.Contains);
            if (resource.State is { } state && state.ResourceId == ids[resource.Path] && state.ConfigurationHash == hash)
            {
                continue;
            }

            string path = System.IO.Path.Combine(project.Folder, StateText.PathOf(resource.Path, workspace));
            files.Write(path, StateText.Of(resource.Path, ids[resource.Path], workspace, hash, at));
            written.Add(path);
        }

        return written;
    }
}
