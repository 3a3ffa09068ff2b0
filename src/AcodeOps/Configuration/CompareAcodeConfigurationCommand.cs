using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Configuration;
using AcodeOps.Shell;

namespace AcodeOps.Commands;

/// <summary>
/// Tells, field by field, where the files that configure Airbyte and Airbyte itself differ, and who made the difference: the
/// files since they were applied (Change), somebody at Airbyte (Drift), or both (Conflict). Settings that the server fills in by
/// itself are no difference. Of secrets it tells that they have changed, and nothing of them. No output means no difference.
/// Nothing is changed. With <c>-Quiet</c> the answer is one Boolean: true where there is nothing to publish; what is left alone, as the status of a route, does not count.
/// </summary>
[Needs(AccessRole.Viewer, Need.AskAirbyte, Need.ReadCredentials, Need.ReadConfigurations)]
[Cmdlet(VerbsData.Compare, "AcodeConfiguration")]
[OutputType(typeof(ConfigurationChange), typeof(bool))]
public sealed class CompareAcodeConfigurationCommand : EnvironmentCmdlet
{
    /// <summary>The project's folder; by default the one that the environment names.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>
    /// Ask Airbyte also whether each secret is still the one that was applied. That takes a request for each source and
    /// destination; all else takes one for each hundred of them.
    /// </summary>
    [Parameter]
    public SwitchParameter IncludeSecret { get; set; }

    /// <summary>Tell also what Airbyte has and no file ever described.</summary>
    [Parameter]
    public SwitchParameter IncludeUnmanaged { get; set; }

    /// <summary>Show what is in no file any more as what <c>Publish-AcodeConfiguration -Prune</c> would delete.</summary>
    [Parameter]
    public SwitchParameter Prune { get; set; }

    /// <summary>Answer true or false only.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        ConfigurationProject project = await ConfigurationFolder.ReadAsync(Installation, SessionState, Path, offline: true, cancel);
        ComparisonOptions options = new() { IncludeSecrets = IncludeSecret, IncludeUnmanaged = IncludeUnmanaged, Prune = Prune };
        ConfigurationComparison comparison = await new ConfigurationComparer(Installation).CompareAsync(project, options, cancel);
        foreach (string warning in comparison.Warnings)
        {
            WriteWarning(warning);
        }

        foreach (AcodeException failure in comparison.Failures)
        {
            WriteFailure(failure);
        }

        if (Quiet)
        {
            WriteObject(comparison.Changes.All(change => change.Action == ConfigurationAction.Leave) && comparison.Failures.Count == 0);
        }
        else
        {
            WriteObject(comparison.Changes, enumerateCollection: true);
        }
    }
}
