using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Shell;

namespace AcodeOps.Commands;

/// <summary>
/// Tells what is wrong or doubtful in the files that configure Airbyte, with line and column: YAML, variables, references,
/// secrets, the connectors' settings, schedules, streams, and whether the standbys match. Nothing is changed. With <c>-Quiet</c>
/// the answer is one Boolean: true when there are no errors; warnings do not count.
/// </summary>
[Needs(AccessRole.Viewer, Need.AskAirbyte)]
[Cmdlet(VerbsDiagnostic.Test, "AcodeConfiguration")]
[OutputType(typeof(Finding), typeof(bool))]
public sealed class TestAcodeConfigurationCommand : EnvironmentCmdlet
{
    /// <summary>The project's folder; by default the one that the environment names.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Do not ask Airbyte what its versions of the connectors take; judge by the rules that come with the module.</summary>
    [Parameter]
    public SwitchParameter Offline { get; set; }

    /// <summary>Answer true or false only.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        ConfigurationProject project = await ConfigurationFolder.ReadAsync(Installation, SessionState, Path, Offline, cancel);
        if (Quiet)
        {
            WriteObject(project.IsValid);
        }
        else
        {
            WriteObject(project.Findings, enumerateCollection: true);
        }
    }
}
