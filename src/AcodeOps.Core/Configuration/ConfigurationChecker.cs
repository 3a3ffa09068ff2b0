using AcodeOps.Configuration.Connectors;
using AcodeOps.Configuration.Reading;

namespace AcodeOps.Configuration;

/// <summary>Reads an environment's configuration of Airbyte and judges it.</summary>
/// <param name="files">The files.</param>
/// <param name="variable">A variable of the process; null when it is not set.</param>
public sealed class ConfigurationChecker(IProjectFiles files, Func<string, string?> variable)
{
    /// <summary>Reads and judges a project; asks no server.</summary>
    /// <param name="environment">The environment that it is for.</param>
    /// <param name="folder">The project's folder; null for the one that the environment names.</param>
    /// <exception cref="AcodeException"><c>ConfigurationNotDefined</c>: neither names one. <c>ConfigurationFolderNotFound</c>, <c>ConfigurationFolderUnreadable</c>.</exception>
    public ConfigurationProject Check(AcodeEnvironment environment, string? folder)
    {
        ConfigurationDefinition definition = (environment.Configuration, folder) switch
        {
            ({ } known, { } given) => known with { Folder = given },
            (null, { } given) => new(given),
            ({ } known, null) => known,
            _ => throw new AcodeException("ConfigurationNotDefined", FailureClass.InvalidInput, $"Environment '{environment.Name}' does not say where its configuration of Airbyte is kept.")
            {
                Advice = "Name the folder with -Path, or in the environment file: configuration: { folder: airbyte }.",
                Subject = environment,
            },
        };
        ConfigurationProject project = new ProjectReader(files, variable).Read(definition, environment.Airbyte.Workspace);
        return ConfigurationReview.Judge(project, environment, new Dictionary<Guid, ConnectorSpecification>());
    }
}
