using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Configuration;
using AcodeOps.Environments;
using AcodeOps.Shell;

namespace AcodeOps.Commands;

/// <summary>
/// Writes the sources, destinations and connections that Airbyte has as files, in octavia's layout: <c>Compare-AcodeConfiguration</c>
/// then finds no difference. Secrets cannot be read from Airbyte: where a publication has put on record what they refer to that
/// is written, else Airbyte's mask, which leaves them as they are. Files that are there are overwritten with <c>-Force</c> only.
/// </summary>
[Needs(AccessRole.Viewer, Need.AskAirbyte, Need.ReadConfigurations)]
[Cmdlet(VerbsData.Import, "AcodeConfiguration", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(FileInfo))]
public sealed class ImportAcodeConfigurationCommand : EnvironmentCmdlet
{
    /// <summary>The project's folder; by default the one that the environment names. It is made where there is none.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Overwrite files that are there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        string folder = Path is null ? Installation.Environment.Configuration?.Folder ?? throw ConfigurationChecker.NotDefined(Installation.Environment) : SessionPath.Resolve(Path, SessionState);
        ConfigurationImporter importer = new(Installation, ConfigurationFolder.Files, System.Environment.GetEnvironmentVariable);
        ConfigurationImport import = await importer.ReadAsync(cancel);
        string[] there = [.. import.Texts.Keys.Where(path => ConfigurationFolder.Files.Exists(System.IO.Path.Combine(folder, path)))];
        if (there.Length > 0 && !Force)
        {
            throw new AcodeException("ConfigurationExists", FailureClass.Conflict, $"'{folder}' has {there.Length} of the files already, such as {there[0]}.")
            {
                Advice = "Import into an empty folder and compare the two, or overwrite them with -Force.",
                Subject = folder,
            };
        }

        if (ShouldProcess(folder, $"Write {import.Texts.Count} files from Airbyte's workspace {import.Workspace}"))
        {
            foreach (string file in importer.Write(import, folder))
            {
                WriteFile(new FileInfo(file));
            }
        }
    }
}
