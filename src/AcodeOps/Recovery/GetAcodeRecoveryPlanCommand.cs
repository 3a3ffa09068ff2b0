using System.Management.Automation;
using AcodeOps.Recovery;
using AcodeOps.Shell;

namespace AcodeOps.Commands;

/// <summary>
/// Plans a recovery: looks at sources, storages and Airbyte several times, decides what is to be done for ingestion to go on,
/// and says what is at risk. Changes nothing. Pipe the plan into <c>Start-AcodeDisasterRecovery</c> to carry it out.
/// </summary>
[Cmdlet(VerbsCommon.Get, "AcodeRecoveryPlan")]
[OutputType(typeof(RecoveryPlan))]
public sealed class GetAcodeRecoveryPlanCommand : EnvironmentCmdlet
{
    /// <summary>Plan with the consent to losing what the replica does not have yet: the only way past its lag.</summary>
    [Parameter]
    public SwitchParameter AllowDataLoss { get; set; }

    /// <summary>The time limit of each look, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 600)]
    public int TimeoutSeconds { get; set; } = 5;

    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        ProgressRecord shown = new(0, "Plan a recovery", "Look at sources, storages and Airbyte");
        Progress<string> progress = new(text =>
        {
            shown.CurrentOperation = text;
            WriteProgress(shown);
        });
        RecoveryPlan plan = await new RecoveryPlanner(Installation, TimeSpan.FromSeconds(TimeoutSeconds)).PlanAsync(AllowDataLoss, progress, cancel);
        shown.RecordType = ProgressRecordType.Completed;
        WriteProgress(shown);
        WriteObject(plan);
    }
}
