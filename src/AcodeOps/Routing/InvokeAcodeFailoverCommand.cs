using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Routing;
using AcodeOps.Runbooks;

namespace AcodeOps.Commands;

/// <summary>
/// Switches ingestion to another route, and back: the same command. The old route is off, its syncs have ended and what they
/// left half-written is out of the lake before the new route is switched on; the switch is done when its rows have landed.
/// Without a route it takes the first usable one in the environment's order. <c>-WhatIf</c> shows the plan and changes nothing.
/// </summary>
[Needs(AccessRole.Operator, Need.ReadSources, Need.ReadReplication, Need.AskAirbyte, Need.LookAtStorages, Need.FlyCanary, Need.ReadLakes, Need.MoveToQuarantine)]
[Cmdlet(VerbsLifecycle.Invoke, "AcodeFailover", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = "Name")]
[OutputType(typeof(RunbookRun))]
public sealed class InvokeAcodeFailoverCommand : RunbookCmdlet
{
    private readonly List<string> _candidates = [];

    /// <summary>The route to switch to, by name, or routes from the pipeline: the first usable one of them is taken.</summary>
    [Parameter(Position = 0, ParameterSetName = "Name", ValueFromPipelineByPropertyName = true)]
    [Alias("Name", "Route")]
    [ArgumentCompleter(typeof(RouteNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? To { get; set; }

    /// <summary>Only routes that read this source.</summary>
    [Parameter(ParameterSetName = "Roles")]
    public SourceRole? Source { get; set; }

    /// <summary>Only routes that write this storage.</summary>
    [Parameter(ParameterSetName = "Roles")]
    public StorageRole? Storage { get; set; }

    /// <summary>
    /// Switch nothing, and take note of the switches that a watch has made by itself: from then on a watch may switch again. Look
    /// at what happened first.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = "Acknowledge")]
    public SwitchParameter Acknowledge { get; set; }

    /// <summary>What becomes of the state of incremental streams: carried over, begun anew, or the standby's own.</summary>
    [Parameter(ParameterSetName = "Name")]
    [Parameter(ParameterSetName = "Roles")]
    public StatePolicy StatePolicy { get; set; }

    /// <summary>What becomes of a sync that runs on the old route: cancelled, or waited for.</summary>
    [Parameter(ParameterSetName = "Name")]
    [Parameter(ParameterSetName = "Roles")]
    public RunningSyncPolicy RunningSync { get; set; }

    /// <summary>Consent to losing what the replica does not have yet: the only way past its lag. The question is asked all the same.</summary>
    [Parameter(ParameterSetName = "Name")]
    [Parameter(ParameterSetName = "Roles")]
    public SwitchParameter AllowDataLoss { get; set; }

    /// <summary>Return once the new route's sync is started; <c>Resume-AcodeRunbook</c> waits for the proof later.</summary>
    [Parameter(ParameterSetName = "Name")]
    [Parameter(ParameterSetName = "Roles")]
    public SwitchParameter NoWait { get; set; }

    /// <summary>When the fault began, where that is known: the time to recover is measured from it.</summary>
    [Parameter(ParameterSetName = "Name")]
    [Parameter(ParameterSetName = "Roles")]
    public DateTime? FaultAt { get; set; }

    /// <summary>The time limit for looking at each server, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 600)]
    public int TimeoutSeconds { get; set; } = 5;

    /// <inheritdoc />
    protected override Task ProcessAsync(CancellationToken cancel)
    {
        if (To is not null)
        {
            _candidates.Add(To);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc />
    protected override async Task EndAsync(CancellationToken cancel)
    {
        if (Acknowledge)
        {
            await AcknowledgeAsync(cancel);
            return;
        }

        FailoverPlan plan = await new FailoverPlanner(Installation).PlanAsync(Request(), cancel);
        FailoverConsent consent = new(plan);
        if (plan.IsDone)
        {
            WriteVerbose($"Route '{plan.To}' writes already, and no other: nothing to do.");
            WriteObject(consent.Planned());
            return;
        }

        if (!plan.IsAllowed)
        {
            throw consent.Refusal();
        }

        if (!ShouldProcess(consent.Description, consent.Question, "Switch ingestion"))
        {
            WriteObject(consent.Planned());
            return;
        }

        await RunAsync(progress => Engine.StartAsync(new FailoverRunbook(plan), Options with { NoWait = NoWait }, progress, cancel), cancel);
    }

    private async Task AcknowledgeAsync(CancellationToken cancel)
    {
        if (await new AcknowledgementPlanner(Installation).PlanAsync(cancel) is not { } plan)
        {
            WriteVerbose("No watch has switched by itself without being acknowledged: nothing to do.");
        }
        else if (ShouldProcess(plan.ToString(), $"{plan}{System.Environment.NewLine}A watch may switch by itself again. Do it?", "Acknowledge"))
        {
            await RunAsync(progress => Engine.StartAsync(new AcknowledgementRunbook(plan), Options, progress, cancel), cancel);
        }
    }

    private FailoverRequest Request() => new()
    {
        Candidates = _candidates,
        Source = Source,
        Storage = Storage,
        StatePolicy = StatePolicy,
        RunningSyncs = RunningSync,
        AllowDataLoss = AllowDataLoss,
        FaultAt = FaultAt is { } at ? new DateTimeOffset(at.ToUniversalTime()) : null,
        TimeoutSeconds = TimeoutSeconds,
    };
}
