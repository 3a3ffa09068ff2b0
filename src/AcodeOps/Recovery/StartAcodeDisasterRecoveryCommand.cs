using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Recovery;
using AcodeOps.Recovery.Drill;
using AcodeOps.Routing;
using AcodeOps.Runbooks;

namespace AcodeOps.Commands;

/// <summary>
/// Recovers ingestion: carries out a plan of <c>Get-AcodeRecoveryPlan</c>, or makes one. It switches to the first route that can
/// be used, and is done when rows have landed there. Where no route is left it switches nothing, looks for the emergency copy,
/// and ends by the error <c>FullDisasterRecovery</c>: never as completed. The environment's notification channels are told when it
/// begins and how it ended. A plan of corrupted data moves it to quarantine and loads it anew by the same route. <c>-WhatIf</c>
/// shows the plan and changes nothing. <c>-Drill</c> rehearses a standby instead, and leaves ingestion as it is.
/// </summary>
[Needs(AccessRole.Operator, Need.ReadSources, Need.ReadReplication, Need.AskAirbyte, Need.LookAtStorages, Need.FlyCanary, Need.ReadLakes, Need.MoveToQuarantine, Need.ReadEmergencyCopy, Need.NotifyChannels)]
[Cmdlet(VerbsLifecycle.Start, "AcodeDisasterRecovery", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = "Recover")]
[OutputType(typeof(RunbookRun))]
public sealed class StartAcodeDisasterRecoveryCommand : RunbookCmdlet
{
    /// <summary>The plan; without it, one is made now.</summary>
    [Parameter(Position = 0, ParameterSetName = "Recover", ValueFromPipeline = true)]
    public RecoveryPlan? Plan { get; set; }

    /// <summary>Consent to losing what the replica does not have yet, where the plan is made now: the only way past its lag.</summary>
    [Parameter(ParameterSetName = "Recover")]
    public SwitchParameter AllowDataLoss { get; set; }

    /// <summary>Return once the new route's sync is started; <c>Resume-AcodeRunbook</c> waits for the proof later.</summary>
    [Parameter(ParameterSetName = "Recover")]
    public SwitchParameter NoWait { get; set; }

    /// <summary>The time limit of each look where the plan is made now, in seconds.</summary>
    [Parameter(ParameterSetName = "Recover")]
    [ValidateRange(1, 600)]
    public int TimeoutSeconds { get; set; } = 5;

    /// <summary>Rehearse a standby: a connection of the drill's own lands its rows in folders of their own, they are proven, and all of it is removed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Drill")]
    public SwitchParameter Drill { get; set; }

    /// <summary>The route to rehearse; without it the first standby in the environment's order.</summary>
    [Parameter(ParameterSetName = "Drill")]
    [ArgumentCompleter(typeof(RouteNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? To { get; set; }

    /// <inheritdoc />
    protected override Task ProcessAsync(CancellationToken cancel) => Drill ? RehearseAsync(cancel) : RecoverAsync(cancel);

    private async Task RehearseAsync(CancellationToken cancel)
    {
        DrillConsent consent = new(await new DrillPlanner(Installation).PlanAsync(To, cancel));
        if (!ShouldProcess(consent.Description, consent.Question, "Rehearse a recovery"))
        {
            WriteObject(consent.Planned());
            return;
        }

        RunbookEngine engine = Engine;
        await RunAsync(progress => new DrillNotices(Installation).AfterAsync(() => engine.StartAsync(consent.Runbook, Options, progress, cancel), cancel), cancel);
    }

    private async Task RecoverAsync(CancellationToken cancel)
    {
        RecoveryPlan plan = Plan ?? await new RecoveryPlanner(Installation, TimeSpan.FromSeconds(TimeoutSeconds)).PlanAsync(AllowDataLoss, progress: null, cancel);
        if (plan.Environment != Installation.Environment.Name)
        {
            throw new AcodeException("RecoveryPlanOfAnotherEnvironment", FailureClass.InvalidInput, $"The plan is of environment '{plan.Environment}', and this is '{Installation.Environment}'.")
            {
                Advice = "Plan anew, or name the plan's environment by -Environment.",
                Subject = plan,
            };
        }

        foreach (string lost in plan.Decision.RedundancyLost)
        {
            WriteWarning($"Redundancy is lost. {char.ToUpperInvariant(lost[0])}{lost[1..]}.");
        }

        RecoveryExecution execution = new(plan);
        Runbook? runbook = execution.Runbook(Installation.Clock.GetUtcNow());
        if (runbook is null)
        {
            WriteVerbose(plan.Decision.Reason);
            WriteObject(execution.Planned());
        }
        else if (ShouldProcess(execution.Description, execution.Question, "Recover ingestion"))
        {
            RunbookEngine engine = Engine;
            string runId = engine.NewRunId();
            RecoveryNotices notices = new(Installation);
            await RunAsync(
                progress => notices.AroundAsync(
                    plan, runId,
                    steps => engine.StartAsync(runId, runbook, Options with { NoWait = NoWait, Reason = Reason ?? plan.Reload?.Reason }, steps, cancel), progress, cancel), cancel);
        }
        else
        {
            WriteObject(execution.Planned());
        }
    }
}
