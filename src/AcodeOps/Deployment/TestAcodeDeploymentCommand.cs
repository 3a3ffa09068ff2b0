using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Deployment;
using AcodeOps.Syncs;

namespace AcodeOps.Commands;

/// <summary>
/// The checklist of a deployment of Airbyte's configuration, each result as it comes. <c>Before</c>: may it begin? <c>After</c>:
/// is it in effect, and does data land that can be read? With <c>-Quiet</c> the answer is one Boolean: true when nothing is Failed
/// or Unknown; Degraded passes. Changes nothing but for a canary in each storage and, with <c>-Sync</c>, a sync; neither under <c>-WhatIf</c>.
/// </summary>
[Needs(AccessRole.Viewer, Need.ReadSources, Need.ReadReplication, Need.AskAirbyte, Need.NotifyChannels, Need.LookAtStorages, Need.LookAtAudit, Need.ReadLakes, Need.ReadJournals, Need.ReadPods, Need.ReadCredentials, Need.ReadEmergencyCopy, Need.ReadConfigurations)]
[Needs(AccessRole.Operator, Need.FlyCanary, Need.WriteAudit)]
[Cmdlet(VerbsDiagnostic.Test, "AcodeDeployment", SupportsShouldProcess = true)]
[OutputType(typeof(HealthCheck), typeof(bool))]
public sealed class TestAcodeDeploymentCommand : SyncCmdlet
{
    private bool _passes = true;

    /// <summary>Before anything is changed, or after everything was.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public DeploymentStage Stage { get; set; }

    /// <summary>The project's folder; by default the one that the environment names.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>After: run a sync of the active route, unless something has failed before it, and judge that one. Without it the newest is judged.</summary>
    [Parameter]
    public SwitchParameter Sync { get; set; }

    /// <summary>The longest wait for the sync, in minutes.</summary>
    [Parameter]
    [ValidateRange(1, 10_080)]
    public int TimeoutMinutes { get; set; } = 180;

    /// <summary>The time limit of a round of checks, in seconds; the sync does not count.</summary>
    [Parameter]
    [ValidateRange(1, 600)]
    public int TimeoutSeconds { get; set; } = 60;

    /// <summary>Answer true or false only. Degraded is true, Unknown is false.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        if (Stage == DeploymentStage.Before && Sync)
        {
            throw new AcodeException("SyncBeforeDeployment", FailureClass.InvalidInput, "A sync proves a deployment that was made: -Sync goes with After.") { Subject = Stage };
        }

        ConfigurationProject project = await ConfigurationFolder.ReadAsync(Installation, SessionState, Path, offline: false, cancel);
        DeploymentRounds rounds = new(Installation, new DeploymentSubject(project, TimeSpan.FromSeconds(TimeoutSeconds)));
        if (Stage == DeploymentStage.Before)
        {
            await WriteAsync(rounds.BeforeAsync(ShouldProcess("the storages", "Write a canary and take it away"), cancel));
        }
        else
        {
            await WriteAsync(rounds.AfterAsync(cancel));
            (Sync? sync, AcodeException? failure) = Sync ? await SyncAsync(cancel) : default;
            await WriteAsync(rounds.LandedAsync(sync, failure, cancel));
        }

        if (Quiet)
        {
            WriteObject(_passes);
        }
    }

    private async Task WriteAsync(IAsyncEnumerable<HealthCheck> checks)
    {
        await foreach (HealthCheck check in checks)
        {
            _passes &= DeploymentRounds.Passes(check);
            if (!Quiet)
            {
                WriteObject(check);
            }
        }
    }

    // What keeps a sync from being made, or its end from being seen, is a result of the checks that need it.
    private async Task<(Sync? Sync, AcodeException? Failure)> SyncAsync(CancellationToken cancel)
    {
        if (!_passes)
        {
            return (null, new AcodeException("SyncNotStarted", FailureClass.Refused, "No sync was started: what was looked at before it does not pass.") { Advice = "Mend that first." });
        }

        try
        {
            Connection connection = await RouteMatch.FindActiveAsync(Installation, cancel);
            return ShouldProcess($"connection '{connection.Name}'", "Start a sync and wait for its end")
                ? (await WaitAsync(
                    await ActAsync(connection, "start a sync", token => Installation.Airbyte.StartSyncAsync(connection.ConnectionId, token), cancel), TimeSpan.FromMinutes(TimeoutMinutes), cancel), null)
                : default;
        }
        catch (AcodeException failure) when (failure.Id != "ConfirmationNeeded")
        {
            return (null, failure);
        }
    }
}
