using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Secrets;
using AcodeOps.Secrets.Scanning;
using AcodeOps.Shell;

namespace AcodeOps.Commands;

/// <summary>
/// Finds secrets that are written where they should not be: in files and folders, in the history that git keeps of them, in the
/// configuration that Airbyte has. Settings that a connector declares secret come first, then known kinds of tokens and names of
/// passwords, and what only looks random last. Nothing is changed, and no secret is shown. With <c>-Quiet</c> the answer is one
/// Boolean: true where no error was found and everything could be read; warnings do not count.
/// </summary>
[Needs(AccessRole.Viewer | AccessRole.Rotator, Need.AskAirbyte)]
[Cmdlet(VerbsCommon.Find, "AcodeSecret")]
[OutputType(typeof(Finding), typeof(bool))]
public sealed class FindAcodeSecretCommand : EnvironmentCmdlet
{
    private SecretSearchShow? _show;

    /// <summary>The files and folders; by default the current folder, or with -Live none. Folders of git and of node_modules are left out, what .gitignore names is not.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>Look also at everything that git's history has of the folders, each content once, told with the commit with which it came.</summary>
    [Parameter]
    public SwitchParameter History { get; set; }

    /// <summary>Look at the configuration that Airbyte has: secrets in settings that the connector does not declare secret.</summary>
    [Parameter]
    public SwitchParameter Live { get; set; }

    /// <summary>A file of suppressions; by default the file .acode-secrets.yaml of the folder, or of the repository that it is in.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Suppression { get; set; }

    /// <summary>Answer true or false only.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private SecretSearchShow Show => _show ??= new(this, Quiet);

    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        IAdapters adapters = Composition.Adapters.Open;
        SecretSearch search = new(adapters.ScannedFiles, adapters.GitHistory, adapters.Suppressions, TimeProvider.System);
        string? suppression = Suppression is null ? null : Environments.SessionPath.Resolve(Suppression, SessionState);
        foreach (string path in SearchedPaths.Resolve(Path ?? (Live ? [] : ["."]), SessionState))
        {
            try
            {
                await foreach (ScanEvent one in search.SearchAsync(path, suppression, History, cancel))
                {
                    Show.Tell(one);
                }
            }
            catch (AcodeException failure) when (!failure.IsFatal)
            {
                Show.Tell(new ScanEvent { Failure = failure });
            }
        }
    }

    /// <inheritdoc />
    protected override async Task EndAsync(CancellationToken cancel)
    {
        if (Live)
        {
            await foreach (Finding finding in new LiveSecretSearch(Installation).SearchAsync(cancel))
            {
                Show.Tell(new ScanEvent { Finding = finding });
            }
        }

        Show.End();
    }
}
