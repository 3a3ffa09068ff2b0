using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Environments;
using AcodeOps.Shell;

namespace AcodeOps.Commands;

/// <summary>
/// Tells what is wrong or doubtful in environment files, with line and column. With <c>-Quiet</c> the answer for each file
/// is one Boolean: true when it has no errors; warnings do not count.
/// </summary>
[Needs(AccessRole.Everyone)]
[Cmdlet(VerbsDiagnostic.Test, "AcodeEnvironment")]
[OutputType(typeof(Finding), typeof(bool))]
public sealed class TestAcodeEnvironmentCommand : AcodeCmdlet
{
    /// <summary>The files; by default the one that <c>$env:ACODE_ENVIRONMENT</c> names, else <c>./acode.yaml</c>.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>Answer true or false only.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc />
    protected override Task ProcessAsync(CancellationToken cancel)
    {
        IEnumerable<string?> paths = Path ?? (IEnumerable<string?>)[null];
        foreach (string? path in paths)
        {
            IReadOnlyList<Finding> findings = EnvironmentFileReader.Check(Composition.Adapters.Open.Documents, EnvironmentFinder.FindFile(path, SessionState));
            if (Quiet)
            {
                WriteObject(findings.All(f => f.Severity != FindingSeverity.Error));
            }
            else
            {
                WriteObject(findings, enumerateCollection: true);
            }
        }

        return Task.CompletedTask;
    }
}
