using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Configuration;
using AcodeOps.Configuration.Publishing;
using AcodeOps.Environments;
using AcodeOps.Runbooks;

namespace AcodeOps.Commands;

/// <summary>
/// Sets Airbyte as it was when a backup was made: what was changed since is changed back, what was deleted is made again, with
/// how far its streams were read. It goes the way of publishing: kept first, tried, read back, taken back where it fails; never
/// over a running sync, and no route is switched. <c>-ListAvailable</c> shows the backups, each verified. <c>-WhatIf</c> shows the
/// plan and changes nothing.
/// </summary>
[Needs(AccessRole.Operator, Need.AskAirbyte, Need.ReadCredentials, Need.WriteConfigurations)]
[Cmdlet(VerbsData.Restore, "AcodeConfiguration", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = "Id")]
[OutputType(typeof(RunbookRun), typeof(ConfigurationBackup))]
public sealed class RestoreAcodeConfigurationCommand : RunbookCmdlet
{
    /// <summary>The backup's id; the newest without one.</summary>
    [Parameter(Position = 0, ParameterSetName = "Id", ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Id { get; set; }

    /// <summary>The file that holds the backup.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "File")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Change nothing, and show the backups that there are, the newest first.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "List")]
    public SwitchParameter ListAvailable { get; set; }

    /// <summary>The storage that holds the backups.</summary>
    [Parameter(ParameterSetName = "Id")]
    [Parameter(ParameterSetName = "List")]
    public StorageRole Storage { get; set; } = StorageRole.Audit;

    /// <summary>
    /// Write back also how far streams were read that Airbyte knows today: what came since is read again. Without it that is
    /// done only where Airbyte has forgotten it.
    /// </summary>
    [Parameter(ParameterSetName = "Id")]
    [Parameter(ParameterSetName = "File")]
    public SwitchParameter IncludeState { get; set; }

    /// <summary>Delete what was made since the backup, but for routes of the environment.</summary>
    [Parameter(ParameterSetName = "Id")]
    [Parameter(ParameterSetName = "File")]
    public SwitchParameter Prune { get; set; }

    /// <summary>Consent to changes that make Airbyte read streams from their beginning again. The question is asked all the same.</summary>
    [Parameter(ParameterSetName = "Id")]
    [Parameter(ParameterSetName = "File")]
    public SwitchParameter AllowStateReset { get; set; }

    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        ConfigurationBackups backups = new(Installation);
        if (ListAvailable)
        {
            await foreach ((ConfigurationBackup? backup, AcodeException? failure) in backups.ListAsync(Storage, cancel))
            {
                if (failure is not null)
                {
                    WriteFailure(failure);
                }
                else
                {
                    WriteObject(backup);
                }
            }

            return;
        }

        ConfigurationSnapshot snapshot = Path is null
            ? await backups.FindAsync(Id, Storage, cancel)
            : await BackupFile.ReadAsync(SessionPath.Resolve(Path, SessionState), cancel);
        PublicationOptions options = new() { Prune = Prune, AllowStateReset = AllowStateReset };
        PublicationPlan plan = await new RestorationPlanner(Installation).PlanAsync(snapshot, options, IncludeState, cancel);
        PublicationConsent consent = new(plan);
        if (!plan.IsEmpty && ShouldProcess(consent.Description, consent.Question, "Restore the configuration"))
        {
            await RunAsync(progress => Engine.StartAsync(new PublicationRunbook(plan), Options, progress, cancel), cancel);
        }
        else
        {
            WriteObject(consent.Planned());
        }
    }
}
