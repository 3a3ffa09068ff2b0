using System.Management.Automation;
using AcodeOps.Configuration;
using AcodeOps.Environments;

namespace AcodeOps.Commands;

/// <summary>The folder of the files that configure Airbyte, as an operator names it.</summary>
internal static class ConfigurationFolder
{
    /// <summary>The files of projects.</summary>
    public static IProjectFiles Files => Composition.Adapters.Open.Projects;

    /// <summary>Reads and judges the project.</summary>
    /// <param name="installation">The installation.</param>
    /// <param name="session">The session, for its location.</param>
    /// <param name="path">Its folder; null for the one that the environment names.</param>
    /// <param name="offline">Judge it without asking Airbyte.</param>
    /// <param name="cancel">Ends it.</param>
    public static Task<ConfigurationProject> ReadAsync(IInstallation installation, SessionState session, string? path, bool offline, CancellationToken cancel) =>
        new ConfigurationChecker(Files, System.Environment.GetEnvironmentVariable).CheckAsync(
            installation.Environment, path is null ? null : SessionPath.Resolve(path, session), offline ? null : installation.Airbyte, cancel);
}
