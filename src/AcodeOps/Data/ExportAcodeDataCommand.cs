using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Data;
using AcodeOps.Exporting;
using AcodeOps.Runbooks;

namespace AcodeOps.Commands;

/// <summary>
/// Copies the newest data from whichever source still answers to the emergency storage, as Parquet with a manifest, without
/// Airbyte: for the disaster in which no route can write. The replica is read where it serves. It changes no route, needs no
/// lease, and runs also while a switch is under way. What is cut off or fails goes on with <c>Resume-AcodeRunbook</c>, and reads
/// no finished day again; <c>Undo-AcodeRunbook</c> deletes the copy. <c>-WhatIf</c> shows the plan and writes nothing.
/// </summary>
[Needs(AccessRole.Operator, Need.ReadSources, Need.ReadReplication, Need.LookAtStorages, Need.WriteEmergencyCopy, Need.NotifyChannels)]
[Cmdlet(VerbsData.Export, "AcodeData", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(RunbookRun))]
public sealed class ExportAcodeDataCommand : RunCmdlet
{
    /// <summary>Only these tables, by name; wildcards are allowed. All of the environment without it.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TableNameCompleter))]
    public string[]? Table { get; set; }

    /// <summary>How many closed days, by the rows' event date; today's rows so far come with them. Tables without an event date are copied whole.</summary>
    [Parameter]
    [ValidateRange(1, 90)]
    public int Days { get; set; } = 7;

    /// <summary>The source to read. Without it the replica where it answers and replicates, else the primary, else the replica as it is.</summary>
    [Parameter]
    public SourceRole? Source { get; set; }

    /// <summary>The storage to write to.</summary>
    [Parameter]
    [ValidateSet(nameof(StorageRole.Emergency), nameof(StorageRole.Backup), nameof(StorageRole.Quarantine))]
    public StorageRole Storage { get; set; } = StorageRole.Emergency;

    /// <summary>Why the rows are copied, for the record: they may be personal data.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Reason { get; set; } = "";

    /// <summary>The time limit for looking at each server, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 600)]
    public int TimeoutSeconds { get; set; } = 5;

    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        ExportPlan plan = await new ExportPlanner(Installation).PlanAsync(Request(), cancel);
        foreach (ExportSkipped skipped in plan.Skipped)
        {
            WriteFailure(new AcodeException(skipped.ErrorId, FailureClass.InvalidInput, $"Table {skipped.Table} is left out of the copy. {skipped.Why}") { Subject = skipped, IsFatal = false });
        }

        ExportConsent consent = new(plan);
        if (ShouldProcess(consent.Description, consent.Question, "Copy data"))
        {
            await RunAsync(progress => Engine.StartAsync(new ExportRunbook(plan), new RunOptions { Reason = Reason }, progress, cancel), cancel);
        }
        else
        {
            WriteObject(consent.Planned());
        }
    }

    private ExportRequest Request() => new()
    {
        Days = Days,
        Tables = NamedTables.Find(Installation.Environment, Table, WriteFailure),
        Source = Source,
        Storage = Storage,
        TimeoutSeconds = TimeoutSeconds,
    };
}
