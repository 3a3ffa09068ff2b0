using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Recovery;
using AcodeOps.Recovery.Corruption;
using AcodeOps.Shell;

namespace AcodeOps.Commands;

/// <summary>
/// Plans a recovery: looks at sources, storages and Airbyte several times, decides what is to be done for ingestion to go on,
/// and says what is at risk. With <c>-CorruptedPrefix</c> it plans that corrupted objects go to quarantine and are loaded anew.
/// Changes nothing. Pipe the plan into <c>Start-AcodeDisasterRecovery</c> to carry it out.
/// </summary>
[Needs(AccessRole.Viewer, Need.ReadSources, Need.ReadReplication, Need.AskAirbyte, Need.LookAtStorages, Need.ReadLakes, Need.ReadEmergencyCopy, Need.ReadJournals)]
[Needs(AccessRole.Operator, Need.FlyCanary)]
[Cmdlet(VerbsCommon.Get, "AcodeRecoveryPlan", DefaultParameterSetName = "Looks")]
[OutputType(typeof(RecoveryPlan))]
public sealed class GetAcodeRecoveryPlanCommand : EnvironmentCmdlet
{
    /// <summary>Plan with the consent to losing what the replica does not have yet: the only way past its lag.</summary>
    [Parameter(ParameterSetName = "Looks")]
    public SwitchParameter AllowDataLoss { get; set; }

    /// <summary>What the keys of the corrupted objects start with, below the storage's own prefix: one stream's partition.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "CorruptedData")]
    [ValidateNotNullOrEmpty]
    public string CorruptedPrefix { get; set; } = "";

    /// <summary>Where the corrupted objects are.</summary>
    [Parameter(ParameterSetName = "CorruptedData")]
    [ValidateSet(nameof(StorageRole.Primary), nameof(StorageRole.Backup))]
    public StorageRole Storage { get; set; } = StorageRole.Primary;

    /// <summary>Why they are taken for corrupted: for the manifest and the record.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "CorruptedData")]
    [ValidateNotNullOrEmpty]
    public string Reason { get; set; } = "";

    /// <summary>Plan with the consent to loading from a source that cannot be compared with the other side.</summary>
    [Parameter(ParameterSetName = "CorruptedData")]
    public SwitchParameter AllowUnvalidated { get; set; }

    /// <summary>The time limit of each look, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 600)]
    public int TimeoutSeconds { get; set; } = 5;

    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        Progress<string> progress = new(text => Tell("Look at sources, storages and Airbyte", operation: text));
        CorruptionRequest request = new() { Storage = Storage, Prefix = CorruptedPrefix, Reason = Reason, AllowUnvalidated = AllowUnvalidated, TimeoutSeconds = TimeoutSeconds };
        RecoveryPlan plan = ParameterSetName == "CorruptedData"
            ? await new CorruptionPlanner(Installation).PlanAsync(request, progress, cancel)
            : await new RecoveryPlanner(Installation, TimeSpan.FromSeconds(TimeoutSeconds)).PlanAsync(AllowDataLoss, progress, cancel);
        WriteObject(plan);
    }
}
