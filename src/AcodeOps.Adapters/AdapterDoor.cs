using AcodeOps.Adapters.Files;
using AcodeOps.Adapters.Git;
using AcodeOps.Adapters.Terminal;
using AcodeOps.Alerts;
using AcodeOps.Audit;
using AcodeOps.Configuration;
using AcodeOps.Documents;
using AcodeOps.Secrets;
using AcodeOps.Secrets.Scanning;
using AcodeOps.Watching;

namespace AcodeOps.Adapters;

/// <summary>The one type that the module asks this assembly for, by name.</summary>
public sealed class AdapterDoor : IAdapters
{
    /// <inheritdoc />
    public IDocumentReader Documents { get; } = new YamlDocumentReader(YamlKind.Environment);

    /// <inheritdoc />
    public IProjectFiles Projects { get; } = new ProjectFiles();

    /// <inheritdoc />
    public IAuditMaterial AuditFolder(string path) => new AuditFolder(path);

    /// <inheritdoc />
    public IScannedFiles ScannedFiles { get; } = new ScannedFiles();

    /// <inheritdoc />
    public IGitHistory GitHistory { get; } = new GitHistory();

    /// <inheritdoc />
    public IDocumentReader Suppressions { get; } = new YamlDocumentReader(YamlKind.Suppression);

    /// <inheritdoc />
    public IDocumentReader Monitors { get; } = new YamlDocumentReader(YamlKind.Monitors);

    /// <inheritdoc />
    public IRecordingFiles Recordings { get; } = new RecordingFiles();

    /// <inheritdoc />
    public IInstallation Open(AcodeEnvironment environment, AwsSession? session) => new Installation(environment, session, TimeProvider.System);

    /// <inheritdoc />
    public IWatchScreen OpenScreen(bool colours) => new WatchScreen(Console.Out, () => (Math.Max(40, Console.WindowWidth), Math.Max(12, Console.WindowHeight)), colours);
}
