using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Runbooks;

namespace AcodeOps.Commands;

/// <summary>
/// Takes back what a run of a runbook has changed, from its last step to its first, whether it is finished or not; on whatever
/// machine it was begun. A run that is taken back already stays as it is.
/// </summary>
[Needs(AccessRole.Operator, Need.ReadSources, Need.ReadReplication, Need.AskAirbyte, Need.LookAtStorages, Need.FlyCanary, Need.ReadLakes, Need.MoveToQuarantine, Need.ReadEmergencyCopy, Need.WriteEmergencyCopy, Need.WriteConfigurations, Need.NotifyChannels)]
[Needs(AccessRole.Rotator, Need.RotateCredentials, Need.AskAirbyte)]
[Cmdlet(VerbsCommon.Undo, "AcodeRunbook", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RunbookRun))]
public sealed class UndoAcodeRunbookCommand : RunbookCmdlet
{
    /// <summary>The run, by id; runs come from the pipeline too.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    public string RunId { get; set; } = "";

    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        if (await FindAsync(RunId, cancel) is not { } run)
        {
            return;
        }

        string description = new RunConsent(run).Undoing;
        if (ShouldProcess(description, ConsentText.Question(description), "Take a run back"))
        {
            await RunAsync(progress => ToldAsync(run, Engine.UndoAsync(run.RunId, Options, progress, cancel), cancel), cancel);
        }
    }
}
