using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Environments;
using AcodeOps.Maintenance;
using AcodeOps.Reports;
using AcodeOps.Runbooks;

namespace AcodeOps.Commands;

/// <summary>
/// The weekly maintenance as one command: performance, data quality, what a recovery stands on, the clearing of what is old, security, metrics, and what
/// is otherwise than in the weeks before. A task that fails leaves the others to be done, and makes the run fail: <c>Resume-AcodeRunbook</c> does again
/// what failed. Only what the environment names is deleted. It runs beside any other run. <c>-WhatIf</c> shows the plan and changes nothing.
/// </summary>
[Needs(
    AccessRole.Operator, Need.ReadSources, Need.ReadReplication, Need.ReadStatements, Need.AskAirbyte, Need.LookAtStorages, Need.FlyCanary, Need.ReadLakes, Need.MoveToQuarantine, Need.RecordQuality,
    Need.ReadQuality, Need.ReadEmergencyCopy, Need.ReadInventories, Need.ReadAudit, Need.VerifyAudit, Need.LookAtAudit, Need.ReadJournals, Need.NotifyChannels, Need.SendMetrics, Need.ReadPods,
    Need.MeasurePods, Need.ClearPods)]
[Cmdlet(VerbsLifecycle.Invoke, "AcodeMaintenance", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RunbookRun), typeof(FileInfo))]
public sealed class InvokeAcodeMaintenanceCommand : RunCmdlet
{
    /// <summary>Tasks to leave out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public MaintenanceTask[] Skip { get; set; } = [];

    /// <summary>How long performance is measured, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 3_600)]
    public int MeasureSeconds { get; set; } = 60;

    /// <summary>How many closed days of data are tested.</summary>
    [Parameter]
    [ValidateRange(1, 31)]
    public int QualityDays { get; set; } = 1;

    /// <summary>Where the report is written as HTML: a file, or a folder to write <c>acode-maintenance-RUNID.html</c> in. It is written also of a run that failed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ReportPath { get; set; }

    /// <summary>Why it is done: for the record.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Reason { get; set; }

    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        MaintenanceRequest request = new()
        {
            Skip = Skip,
            MeasureSeconds = MeasureSeconds,
            QualityDays = QualityDays,
            Needs = DeclaredAccess.All.ToDictionary(cmdlet => cmdlet.Name, IReadOnlyList<Need> (cmdlet) => [.. cmdlet.For(AccessRole.Operator).Distinct()]),
        };
        MaintenancePlan plan = await new MaintenancePlanner(Installation).PlanAsync(request, cancel);
        MaintenanceConsent consent = new(plan);
        if (!ShouldProcess(consent.Description, consent.Question, "Maintenance"))
        {
            WriteObject(consent.Planned());
            return;
        }

        await RunAsync(
            async progress =>
            {
                RunbookRun run = await Engine.StartAsync(new MaintenanceRunbook(plan), new RunOptions { Reason = Reason }, progress, cancel);
                await ReportAsync(run, cancel);
                return run;
            },
            cancel);
    }

    // A report that cannot be written is an error by itself: the run is what it is.
    private async Task ReportAsync(RunbookRun run, CancellationToken cancel)
    {
        if (ReportPath is null || cancel.IsCancellationRequested)
        {
            return;
        }

        try
        {
            MaintenanceReportSubject subject = new(run);
            string place = ReportFile.PlaceOf(SessionPath.Resolve(ReportPath, SessionState), subject.FileName, ReportFormat.Html);
            ReportSetting setting = new(() => Installation.Charts, SessionPath.Resolve(".", SessionState), typeof(InvokeAcodeMaintenanceCommand).Assembly.GetName().Version!.ToString(3));
            WriteFile(await ReportFile.WriteAsync(place, subject.Write(ReportFormat.Html, setting), replace: true, cancel));
        }
        catch (AcodeException failure) when (!failure.IsFatal || failure.Id.StartsWith("Report", StringComparison.Ordinal))
        {
            WriteFailure(failure);
        }
    }
}
