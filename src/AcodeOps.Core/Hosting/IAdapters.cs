using AcodeOps.Alerts;
using AcodeOps.Audit;
using AcodeOps.Configuration;
using AcodeOps.Documents;
using AcodeOps.Secrets;
using AcodeOps.Secrets.Scanning;
using AcodeOps.Watching;

namespace AcodeOps;

/// <summary>The door to everything outside the process; the one type that the module asks the adapters' assembly for.</summary>
public interface IAdapters
{
    /// <summary>Reads an environment file into a tree with positions, without judging it.</summary>
    IDocumentReader Documents { get; }

    /// <summary>Reads the files of a configuration project.</summary>
    IProjectFiles Projects { get; }

    /// <summary>The files of an audit trail that was copied to a folder.</summary>
    /// <exception cref="AcodeException"><c>AuditFolderNotFound</c>.</exception>
    IAuditMaterial AuditFolder(string path);

    /// <summary>The files in which secrets are looked for.</summary>
    IScannedFiles ScannedFiles { get; }

    /// <summary>The history that git keeps of files.</summary>
    IGitHistory GitHistory { get; }

    /// <summary>Reads a file of suppressions into a tree with positions.</summary>
    IDocumentReader Suppressions { get; }

    /// <summary>Reads a file of somebody's monitors, JSON or YAML, into a tree with positions.</summary>
    IDocumentReader Monitors { get; }

    /// <summary>Reads recordings of metrics.</summary>
    IRecordingFiles Recordings { get; }

    /// <summary>Opens an environment. Nothing is connected yet.</summary>
    /// <param name="environment">The definition.</param>
    /// <param name="session">AWS credentials that the caller's session already holds, or null.</param>
    IInstallation Open(AcodeEnvironment environment, AwsSession? session);

    /// <summary>This process's terminal, to draw a watch on. Nothing is drawn before the first frame.</summary>
    /// <param name="colours">False for a terminal, or a person, that wants none.</param>
    IWatchScreen OpenScreen(bool colours);
}
