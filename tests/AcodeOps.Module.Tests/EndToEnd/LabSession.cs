using AcodeOps.Lab;
using AcodeOps.Module.Tests.Hosting;

namespace AcodeOps.Module.Tests.EndToEnd;

/// <summary>A new session that is connected to an environment of a lab.</summary>
internal sealed class LabSession : IDisposable
{
    private readonly ModuleSession _session = new();

    public LabSession(LabSite site, string name = "lab")
        : this($"{Path.Combine(site.Folder, LabEnvironmentFile.FileName)}#{name}")
    {
    }

    /// <summary>A session that is connected to any environment.</summary>
    /// <param name="environment">The path of the file, and the name in it: <c>path#name</c>.</param>
    public LabSession(string environment) =>
        _session.With("environment", environment).Run("$null = Connect-AcodeEnvironment $environment").Clean();

    /// <inheritdoc cref="ModuleSession.Run" />
    public ScriptResult Run(string script, params string[] answers) => _session.Run(script, answers);

    /// <inheritdoc cref="ModuleSession.With"/>
    public LabSession With(string name, object value)
    {
        _session.With(name, value);
        return this;
    }

    /// <inheritdoc cref="ModuleSession.HasShown"/>
    public bool HasShown(string text) => _session.HasShown(text);

    /// <inheritdoc cref="ModuleSession.Stop"/>
    public void Stop() => _session.Stop();

    /// <summary>The results of a round of checks.</summary>
    public IReadOnlyList<SeenCheck> Checks(string arguments = "-TimeoutSeconds 30") =>
        [.. _session.Run("Test-AcodeHealth " + arguments).Clean().Select(SeenCheck.Of)];

    public bool Quiet(string arguments = "") => (bool)Assert.Single(_session.Run($"Test-AcodeHealth -Quiet -TimeoutSeconds 30 {arguments}").Clean()).BaseObject;

    public void Dispose() => _session.Dispose();
}
