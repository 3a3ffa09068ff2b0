using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Runbooks;

namespace AcodeOps.Commands;

/// <summary>
/// Goes on with a run of a runbook that was cut off, stopped or has failed, or that awaits its proof; on whatever machine it was
/// begun. What is done is not done again. A run that is done stays as it is.
/// </summary>
[Needs(AccessRole.Operator, Need.ReadSources, Need.ReadReplication, Need.AskAirbyte, Need.LookAtStorages, Need.FlyCanary, Need.ReadLakes, Need.MoveToQuarantine, Need.ReadEmergencyCopy, Need.WriteEmergencyCopy, Need.WriteConfigurations, Need.NotifyChannels)]
[Needs(AccessRole.Rotator, Need.RotateCredentials, Need.AskAirbyte)]
[Cmdlet(VerbsLifecycle.Resume, "AcodeRunbook", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RunbookRun))]
public sealed class ResumeAcodeRunbookCommand : RunbookCmdlet
{
    /// <summary>The run, by id; runs come from the pipeline too.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    public string RunId { get; set; } = "";

    /// <summary>Return once everything is done, without waiting for the proof.</summary>
    [Parameter]
    public SwitchParameter NoWait { get; set; }

    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        if (await FindAsync(RunId, cancel) is not { } run)
        {
            return;
        }

        string description = new RunConsent(run).Resumption;
        if (ShouldProcess(description, ConsentText.Question(description), "Resume a run"))
        {
            await RunAsync(progress => ToldAsync(run, Engine.ResumeAsync(run.RunId, Options with { NoWait = NoWait }, progress, cancel), cancel), cancel);
        }
    }
}
