using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Configuration;
using AcodeOps.Configuration.Publishing;
using AcodeOps.Runbooks;

namespace AcodeOps.Commands;

/// <summary>
/// Sets Airbyte as the files say: sources and destinations, then connections. Everything is kept in a backup first, Airbyte
/// tries what changes before it is saved, each change is read back, and what fails is taken back. It never works over a running
/// sync, never switches a route, deletes only with <c>-Prune</c>, and refuses what would make Airbyte forget how far a stream
/// was read. Published twice, the second time changes nothing. <c>-WhatIf</c> shows the plan and changes nothing.
/// </summary>
[Needs(AccessRole.Operator, Need.AskAirbyte, Need.ReadCredentials, Need.WriteConfigurations)]
[Cmdlet(VerbsData.Publish, "AcodeConfiguration", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RunbookRun))]
public sealed class PublishAcodeConfigurationCommand : RunbookCmdlet
{
    /// <summary>The project's folder; by default the one that the environment names.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Delete what was applied and is in no file any more. Routes of the environment are never deleted.</summary>
    [Parameter]
    public SwitchParameter Prune { get; set; }

    /// <summary>Consent to changes that make Airbyte read streams from their beginning again. How far they were read is kept in the backup. The question is asked all the same.</summary>
    [Parameter]
    public SwitchParameter AllowStateReset { get; set; }

    /// <summary>Consent to overwriting what was changed at Airbyte while the files were changed, too. The question is asked all the same.</summary>
    [Parameter]
    public SwitchParameter AllowConflict { get; set; }

    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        ConfigurationProject project = await ConfigurationFolder.ReadAsync(Installation, SessionState, Path, offline: false, cancel);
        PublicationOptions options = new() { Prune = Prune, AllowStateReset = AllowStateReset, AllowConflict = AllowConflict };
        PublicationPlan plan = await new PublicationPlanner(Installation).PlanAsync(project, options, cancel);
        PublicationConsent consent = new(plan);
        if (plan.IsEmpty)
        {
            WriteVerbose($"Airbyte is as {plan.From} says: nothing to do.");
            WriteObject(consent.Planned());
        }
        else if (ShouldProcess(consent.Description, consent.Question, "Publish the configuration"))
        {
            await RunAsync(async progress => Remember(project, plan, await Engine.StartAsync(new PublicationRunbook(plan), Options, progress, cancel)), cancel);
        }
        else
        {
            WriteObject(consent.Planned());
        }
    }

    // The files beside the configuration, for octavia and for whoever reads the folder; the record in the storage is what counts.
    private static RunbookRun Remember(ConfigurationProject project, PublicationPlan plan, RunbookRun run)
    {
        if (run.Status != RunbookStatus.Completed)
        {
            return run;
        }

        try
        {
            new StateFiles(ConfigurationFolder.Files).Write(project, plan.Workspace, plan.IdsAfter(run), run.EndedAt ?? run.StartedAt);
            return run;
        }
        catch (AcodeException failure)
        {
            return run with { Warnings = [.. run.Warnings, $"The state files beside the configuration were not written. {failure.Message}"] };
        }
    }
}
