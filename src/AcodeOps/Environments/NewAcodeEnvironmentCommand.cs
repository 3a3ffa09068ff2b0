using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Environments;
using AcodeOps.Shell;

namespace AcodeOps.Commands;

/// <summary>
/// Writes an environment file to start from: an installation with every key, and comments. A file that is there is not
/// replaced without <c>-Force</c>.
/// </summary>
[Needs(AccessRole.Everyone)]
[Cmdlet(VerbsCommon.New, "AcodeEnvironment", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class NewAcodeEnvironmentCommand : AcodeCmdlet
{
    /// <summary>The file to write, or the folder to write <c>acode.yaml</c> in; by default <c>./acode.yaml</c>.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = SessionPath.StandardFile;

    /// <summary>Replace a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        string path = SessionPath.Resolve(Path, SessionState);
        if (Directory.Exists(path))
        {
            path = System.IO.Path.Combine(path, SessionPath.StandardFile);
        }

        if (!Force)
        {
            EnvironmentTemplate.CheckAbsent(path);
        }

        if (ShouldProcess(path, File.Exists(path) ? "Replace with a new environment file" : "Write a new environment file"))
        {
            WriteFile(await EnvironmentTemplate.WriteAsync(path, Force, cancel));
        }
    }
}
