using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Comparing;
using AcodeOps.Data;
using AcodeOps.Recovery;
using AcodeOps.Runbooks;

namespace AcodeOps.Commands;

/// <summary>
/// Loads again what a comparison of a source with the lake finds broken, and nothing else: compares, plans, asks, and carries the plan out as a runbook
/// that can be resumed and taken back. Of an incremental stream the objects with wrong rows go to quarantine, the cursor is set back to the oldest row
/// that is missing or wrong, and the route reads on from there; a snapshot is replaced whole. Where nothing differs, nothing is done.
/// </summary>
[Needs(AccessRole.Operator, Need.ReadSources, Need.ReadReplication, Need.AskAirbyte, Need.LookAtStorages, Need.FlyCanary, Need.ReadLakes, Need.AskLakeEngine, Need.MoveToQuarantine)]
[Cmdlet(VerbsDiagnostic.Repair, "AcodeData", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RunbookRun))]
public sealed class RepairAcodeDataCommand : RunbookCmdlet
{
    /// <summary>The tables, by name; wildcards are allowed. They are compared anew: what a piped result tells of its rows may be outdated.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TableNameCompleter))]
    public string[] Table { get; set; } = [];

    /// <summary>Compare values too, and repair rows with wrong ones.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("IncludesValues")]
    public SwitchParameter IncludeValue { get; set; }

    /// <summary>The source to hold against the lake. Without it the replica where it answers and replicates, else the primary, else the replica as it is.</summary>
    [Parameter]
    public SourceRole? Source { get; set; }

    /// <summary>Consent to loading from a source that cannot be compared with the other one.</summary>
    [Parameter]
    public SwitchParameter AllowUnvalidated { get; set; }

    /// <summary>The time limit of each look, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 600)]
    public int TimeoutSeconds { get; set; } = 5;

    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        Progress<string> progress = new(told => Tell(told));
        foreach (TableDefinition table in NamedTables.Find(Installation.Environment, Table, WriteFailure))
        {
            ComparisonRequest request = new() { Tables = [table], Source = Source, IncludesValues = IncludeValue, TimeoutSeconds = TimeoutSeconds };
            try
            {
                (DataDifference found, RecoveryPlan? plan) = await new RepairPlanner(Installation).PlanAsync(request, Reason, AllowUnvalidated, progress, cancel);
                WriteVerbose($"{found}");
                if (plan is not null)
                {
                    await CarryOutAsync(new RecoveryExecution(plan), plan, cancel);
                }
            }
            catch (AcodeException failure) when (!failure.IsFatal)
            {
                WriteFailure(failure);
            }
        }
    }

    private async Task CarryOutAsync(RecoveryExecution execution, RecoveryPlan plan, CancellationToken cancel)
    {
        Runbook runbook = execution.Runbook(Installation.Clock.GetUtcNow())!;
        if (!ShouldProcess(execution.Description, execution.Question, "Repair data"))
        {
            WriteObject(execution.Planned());
            return;
        }

        RunbookEngine engine = Engine;
        await RunAsync(steps => engine.StartAsync(runbook, Options with { Reason = Reason ?? plan.Reload?.Reason }, steps, cancel), cancel);
    }
}
