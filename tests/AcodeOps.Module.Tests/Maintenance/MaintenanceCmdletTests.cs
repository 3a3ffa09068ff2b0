using System.Diagnostics;
using System.Management.Automation;
using AcodeOps.Lab;
using AcodeOps.Lab.Driver;
using AcodeOps.Lab.Faults;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Module.Tests.EndToEnd;
using AcodeOps.Module.Tests.Failover;
using AcodeOps.Module.Tests.Hosting;

namespace AcodeOps.Module.Tests.Maintenance;

/// <summary>The weekly maintenance on a whole lab: what it tells, that a second one changes nothing, and that one that was cut off is gone on with.</summary>
[Collection(SharedSites.Collection)]
public sealed class MaintenanceCmdletTests(SharedSites sites)
{
    // What must be the same before and after: connections, and every object that is neither a record of the product nor a canary.
    private const string World = """
        Get-AcodeConnection | Sort-Object ConnectionId | ForEach-Object { "$($_.ConnectionId) $_ $((Get-AcodeSync $_.ConnectionId -Newest 1).JobId)" }
        Get-AcodeMetric acode.s3_file_count, acode.s3_total_size_bytes | Where-Object { $_.Tags -contains 'bucket:primary' -or $_.Tags -contains 'bucket:backup' } | Sort-Object Name, { "$($_.Tags)" } | ForEach-Object { "$_" }
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task It_is_done_on_record_and_a_second_one_changes_nothing(DatabaseFlavor flavor)
    {
        LabSite site = await sites.HealthyAsync(flavor);
        using LabSession session = new(site);
        DirectoryInfo reports = Directory.CreateTempSubdirectory("acode-maintenance-");
        try
        {
            session.With("reports", reports.FullName);
            Assert.Equal(["Planned", "7"], Texts(session.Run("$planned = Invoke-AcodeMaintenance -WhatIf; $planned.Status; $planned.Steps.Count")));
            string[] told = Texts(session.Run("""
                $ErrorActionPreference = 'Continue'
                $file, $run = Invoke-AcodeMaintenance -MeasureSeconds 1 -Reason 'CHG-3001' -ReportPath $reports -Confirm:$false
                $run.Status
                ($run.Steps | ForEach-Object Status | Sort-Object -Unique) -join ' '
                $run.Result.Outcomes | ForEach-Object { "$_" }
                $run.Result.Findings | ForEach-Object { "$_" }
                """));
            TestContext.Current.SendDiagnosticMessage(string.Join('\n', told));
            Assert.True(told[..2] is ["Completed", "Completed"], string.Join('\n', told));

            string[] before = Texts(session.Run(World));
            string[] again = Texts(session.Run("""
                $second = Invoke-AcodeMaintenance -MeasureSeconds 1 -Confirm:$false
                $second.Status
                $second.Result.Change.Since -eq $run.RunId
                $second.Result.Change.Trends.Count -gt 10
                @($second.Result.Change.Trends | Where-Object { $_.Points.Count -lt 2 }).Count
                @(Get-AcodeAudit | Where-Object { $_.RunId -eq $run.RunId -and $_.Reason -eq 'CHG-3001' }).Count -ge 2
                $second.Result.Outcomes | Out-String -Width 160
                """));
            Assert.Equal(["Completed", "True", "True", "0", "True"], again[..5]);
            Assert.Equal(before, Texts(session.Run(World)));

            string page = await File.ReadAllTextAsync(Assert.Single(reports.GetFiles("acode-maintenance-*.html")).FullName, Cancel);
            Assert.Contains("Maintenance report", page, StringComparison.Ordinal);
            Assert.Contains("<svg", Assert.Single(Texts(session.Run("Get-Content -Raw (Export-AcodeReport $second -Path $reports).FullName"))), StringComparison.Ordinal);
        }
        finally
        {
            reports.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_task_that_fails_leaves_the_others_to_be_done_and_only_it_is_done_again()
    {
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        using LabSession session = new(site);
        await LabFaults.ApplyAsync(site, "stop-applier", [], Cancel);
        ScriptResult failed = session.Run("$run = $null; Invoke-AcodeMaintenance -MeasureSeconds 1 -Confirm:$false -OutVariable run");
        ErrorRecord error = Assert.Single(failed.Errors);
        Assert.StartsWith("MaintenanceTaskFailed", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        string[] steps = Texts(session.Run("$run = $run[0]; $run.Status; $run.Steps | ForEach-Object { \"$($_.Name) $($_.Status)\" }"));
        Assert.Equal("Failed", steps[0]);
        Assert.Contains("validate_backup Failed", steps);
        Assert.Contains("compare_runs Completed", steps);
        Assert.Contains("Replication", error.Exception.Message, StringComparison.Ordinal);

        await LabFaults.ClearAsync(site, "stop-applier", Cancel);
        await UntilReplicatesAsync(session);

        string[] resumed = Texts(session.Run("""
            $after = Resume-AcodeRunbook $run.RunId -Confirm:$false
            $after.Status
            @($after.Steps | Where-Object { $step = $_; ($run.Steps | Where-Object Name -eq $step.Name).EndedAt -eq $step.EndedAt } | ForEach-Object Name) -join ' '
            """));
        Assert.Equal("Completed", resumed[0]);
        Assert.Contains("measure_performance", resumed[1], StringComparison.Ordinal);
        Assert.DoesNotContain("validate_backup", resumed[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(11)]
    public async Task Killed_in_the_middle_it_is_gone_on_with(int line)
    {
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        using LabSession session = new(site);
        string last = Texts(session.Run("(Get-AcodeRunbook | Select-Object -First 1).RunId")) is [var id] ? id : "";
        JournalWatch journal = new(site, "lab");
        string file = $"{Path.Combine(site.Folder, LabEnvironmentFile.FileName)}#lab";
        using Process process = HostProcess.Start($"Import-Module '{PackedModule.Manifest}'; $null = Connect-AcodeEnvironment '{file}'; Invoke-AcodeMaintenance -MeasureSeconds 1 -Confirm:$false");
        Task<string> output = process.StandardOutput.ReadToEndAsync(Cancel), errors = process.StandardError.ReadToEndAsync(Cancel);
        Task ended = process.WaitForExitAsync(Cancel);
        await journal.WaitForLineAsync(line, last, ended, Cancel);
        Assert.False(ended.IsCompleted, $"It ended before line {line} of its journal. {(ended.IsCompleted ? await output + await errors : "")}");
        process.Kill(entireProcessTree: true);
        await ended;

        string[] told = Texts(session.Run("""
            $left = Get-AcodeRunbook -Unfinished | Where-Object Runbook -EQ maintenance | Select-Object -First 1
            $left.Status
            $done = @($left.Steps | Where-Object Status -EQ Completed)
            $run = Resume-AcodeRunbook $left.RunId -Confirm:$false
            $run.Status
            @($run.Steps | Where-Object Status -NE Completed).Count
            @($done | Where-Object { $one = $_; ($run.Steps | Where-Object Name -EQ $one.Name).EndedAt -ne $one.EndedAt }).Count
            @(Get-AcodeRunbook -Unfinished).Count
            """));
        Assert.Equal(["Running", "Completed", "0", "0", "0"], told);
    }

    [Fact]
    public async Task The_script_of_the_schedulers_tells_by_its_exit_code_and_goes_on_with_what_was_left()
    {
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        using LabSession session = new(site);
        DirectoryInfo reports = Directory.CreateTempSubdirectory("acode-maintenance-");
        try
        {
            await LabFaults.ApplyAsync(site, "stop-applier", [], Cancel);
            (int failed, string[] told, string errors) = await RunScriptAsync(site, reports.FullName);
            Assert.True(failed == 2, string.Join('\n', [.. told, errors]));
            Assert.Contains(told, line => line.Contains("does again what failed", StringComparison.Ordinal));
            Assert.Contains(site.Services.Webhooks, post => post.Body.Contains("The weekly maintenance failed", StringComparison.Ordinal));

            await LabFaults.ClearAsync(site, "stop-applier", Cancel);
            await UntilReplicatesAsync(session);

            (int done, told, errors) = await RunScriptAsync(site, reports.FullName);
            Assert.True(done == 0, string.Join('\n', [.. told, errors]));

            // The same run: one report, written anew.
            Assert.Single(reports.GetFiles("acode-maintenance-*.html"));
        }
        finally
        {
            reports.Delete(recursive: true);
        }
    }

    private static async Task UntilReplicatesAsync(LabSession session)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        while (session.Checks("-Component Replication").Any(check => check.Verdict != "Healthy"))
        {
            await Task.Delay(200, patience.Token);
        }
    }

    private static Task<(int Code, string[] Output, string Errors)> RunScriptAsync(LabSite site, string reports)
    {
        string script = Path.Combine(Repository.Find().Root, "Examples", "04-Maintenance.ps1");
        string environment = $"{Path.Combine(site.Folder, LabEnvironmentFile.FileName)}#lab";
        return HostProcess.RunAsync($"Import-Module '{PackedModule.Manifest}'; & '{script}' -EnvironmentFile '{environment}' -ReportFolder '{reports}' -MeasureSeconds 1 -Notify; exit $LASTEXITCODE");
    }

    private static string[] Texts(ScriptResult result) => [.. result.Clean().Select(o => $"{o}")];
}
