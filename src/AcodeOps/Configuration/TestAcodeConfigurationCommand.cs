using System.Management.Automation;
using AcodeOps.Configuration;
using AcodeOps.Environments;
using AcodeOps.Shell;

namespace AcodeOps.Commands;

/// <summary>
/// Tells what is wrong or doubtful in the files that configure Airbyte, with line and column: YAML, variables, references,
/// secrets, the connectors' settings, schedules, streams, and whether the standbys match. Nothing is sent. With <c>-Quiet</c>
/// the answer is one Boolean: true when there are no errors; warnings do not count.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "AcodeConfiguration")]
[OutputType(typeof(Finding), typeof(bool))]
public sealed class TestAcodeConfigurationCommand : AcodeCmdlet
{
    /// <summary>The project's folder; by default the one that the environment names.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>
    /// The environment: its name, the path of its file, or the object. Without it the connected one; without that
    /// <c>$env:ACODE_ENVIRONMENT</c>, then <c>./acode.yaml</c>.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(EnvironmentNameCompleter))]
    [ValidateNotNull]
    public EnvironmentArgument? Environment { get; set; }

    /// <summary>Answer true or false only.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc />
    protected override Task ProcessAsync(CancellationToken cancel)
    {
        AcodeEnvironment environment = Environment is null && ConnectedEnvironment.OfThisRunspace is { } connected
            ? connected.Installation.Environment
            : EnvironmentFinder.Find(Environment, SessionState);
        ConfigurationChecker checker = new(Composition.Adapters.Open.Projects, System.Environment.GetEnvironmentVariable);
        ConfigurationProject project = checker.Check(environment, Path is null ? null : SessionPath.Resolve(Path, SessionState));
        if (Quiet)
        {
            WriteObject(project.IsValid);
        }
        else
        {
            WriteObject(project.Findings, enumerateCollection: true);
        }

        return Task.CompletedTask;
    }
}
