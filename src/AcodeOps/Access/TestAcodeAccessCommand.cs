using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Shell;

namespace AcodeOps.Commands;

/// <summary>
/// Finds out what the present credentials may do against what the cmdlets declare to need: at AWS by real calls that change nothing, and
/// by IAM's simulator where that may be asked; on the sources by their grants; in the cluster by its own answer. What is missing is told, and
/// what could not be found out, and what may be done that nobody should. Where all is well, nothing comes. With <c>-Quiet</c> the answer is one
/// Boolean: true when there is neither an error nor a warning.
/// </summary>
[Needs(AccessRole.Everyone)]
[Cmdlet(VerbsDiagnostic.Test, "AcodeAccess")]
[OutputType(typeof(Finding), typeof(bool))]
public sealed class TestAcodeAccessCommand : EnvironmentCmdlet
{
    /// <summary>Only what these roles need.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public AccessRole[] Role { get; set; } = [AccessRole.Everyone];

    /// <summary>Only what these cmdlets need; wildcards are allowed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Cmdlet { get; set; } = ["*"];

    /// <summary>Answer true or false only.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        NameFilter filter = new(Cmdlet);
        AccessRole[] roles = [.. DeclaredAccess.Chosen(Role)];
        Dictionary<string, IReadOnlyList<Need>> needs = DeclaredAccess.All.Where(cmdlet => filter.IsMatch(cmdlet.Name))
            .ToDictionary(cmdlet => cmdlet.Name, IReadOnlyList<Need> (cmdlet) => [.. roles.SelectMany(cmdlet.For).Distinct()]);
        if (filter.Unmatched.FirstOrDefault() is { } unknown)
        {
            throw new AcodeException("CmdletNotFound", FailureClass.InvalidInput, $"The module has no cmdlet '{unknown}'.") { Subject = unknown };
        }

        bool isFine = true;
        (AwsNames names, string? warning) = await AccountNames.FindAsync(Installation, cancel);
        if (warning is not null)
        {
            WriteWarning(warning);
        }

        AccessExaminer examiner = new(Installation, names, needs);
        await foreach (Finding finding in examiner.RunAsync(cancel))
        {
            isFine &= finding.Severity == FindingSeverity.Information;
            if (!Quiet)
            {
                WriteObject(finding);
            }
        }

        if (Quiet)
        {
            WriteObject(isFine);
        }
    }
}
