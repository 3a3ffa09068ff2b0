using System.Management.Automation;
using AcodeOps.Lab;
using AcodeOps.Lab.Faults;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Module.Tests.EndToEnd;
using AcodeOps.Module.Tests.Hosting;

namespace AcodeOps.Module.Tests.Data;

/// <summary>The emergency copy on a whole lab, in the disasters that it is for.</summary>
[Collection(SharedSites.Collection)]
public sealed class ExportDataTests(SharedSites sites)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task With_the_primary_dead_the_replica_is_copied_and_a_full_disaster_finds_the_copy() => WithAsync(["kill primary"], async (site, session) =>
    {
        ScriptResult shown = session.Run("Export-AcodeData -Days 3 -Reason 'no route can write' -WhatIf");
        Assert.Equal("Planned", Text(Assert.Single(shown.Clean()), "Status"));
        Show(shown.HostText);
        Assert.Contains("Copy ", shown.HostText, StringComparison.Ordinal);
        Assert.Contains("from the Backup source to the Emergency storage", shown.HostText, StringComparison.Ordinal);
        Assert.Contains("the replica answers", shown.HostText, StringComparison.Ordinal);
        Assert.Equal(["0"], Texts(session.Run("@(Get-AcodeRunbook -Unfinished).Count")));

        ScriptResult copied = session.Run("$run = Export-AcodeData -Days 3 -Reason 'no route can write' -Confirm:$false; $run");
        Assert.Equal(("Completed", "export_data"), (Text(Assert.Single(copied.Clean()), "Status"), Text(copied.Only, "Runbook")));
        Assert.Contains(copied.Progress, progress => progress.CurrentOperation?.Contains(" rows, ", StringComparison.Ordinal) == true);
        Show(string.Concat(session.Run("$run | Out-String; $run.Steps | Out-String -Width 160; $run.Plan | Out-String -Width 160; $run.Result | Out-String -Width 160; $run.Result.Tables | Out-String -Width 120").Clean()));
        Assert.Equal(["True", "True", "True", "Backup"], Texts(session.Run("$run.Result.IsComplete; $run.Result.Rows -gt 0; $null -ne $run.Result.Watermark; $run.Result.Source")));
        Assert.Equal(["2", "True", "no route can write"], Texts(session.Run("""
            $records = @(Get-AcodeAudit -EventType DataAccess | Where-Object RunId -eq $run.RunId)
            $records.Count
            $records[0].Details['personal_data']
            $records[0].Reason
            """)));

        await LabFaults.ApplyAsync(site, "kill", ["replica"], Cancel);
        ScriptResult ended = session.Run("Start-AcodeDisasterRecovery -TimeoutSeconds 3 -Confirm:$false");
        Show(ErrorOf(ended).ToString());
        Assert.Equal("FullDisasterRecovery", IdOf(ended));
        Assert.Equal(["True", "True"], Texts(session.Run("$dr = Get-AcodeRunbook -Days 1 | Where-Object Runbook -eq full_dr | Select-Object -First 1; $dr.Result.Watermark -eq $run.Result.Watermark; $dr.Result.Objects -ge $run.Result.Objects")));

        ScriptResult nothing = session.Run("Export-AcodeData -Reason why -TimeoutSeconds 3 -Confirm:$false");
        Show(ErrorOf(nothing).ToString());
        Assert.Equal("NoUsableSource", IdOf(nothing));
        Assert.Equal("Undone", Text(Assert.Single(session.Run("$run | Undo-AcodeRunbook -Confirm:$false").Clean()), "Status"));
    });

    [Fact]
    public Task Cut_off_by_the_storage_it_goes_on_and_a_failover_need_not_wait_for_it() => WithAsync(["forbid-bucket emergency"], async (site, session) =>
    {
        ScriptResult failed = session.Run("Export-AcodeData *diario -Days 2 -Reason 'a rehearsal' -Confirm:$false");
        Show(ErrorOf(failed).ToString());
        await LabFaults.ClearAsync(site, null, Cancel);
        Assert.Equal("Failed", Text(failed.Only, "Status"));
        Assert.Equal("Completed", Text(Assert.Single(session.Run("Invoke-AcodeFailover backup_mysql -Confirm:$false").Clean()), "Status"));
        Assert.Equal("Completed", Text(Assert.Single(session.Run("Get-AcodeRunbook -Unfinished | Resume-AcodeRunbook -Confirm:$false").Clean()), "Status"));
    });

    [Fact]
    public Task Tables_are_named_by_wildcards_and_unknown_ones_are_errors() => WithAsync([], (_, session) =>
    {
        ScriptResult some = session.Run("Export-AcodeData *produtos, nothing -Reason why -WhatIf");
        Assert.Equal("TableNotDefined", IdOf(some));
        Assert.Equal(["2"], Texts(session.Run("(Export-AcodeData *produtos -Reason why -WhatIf).Steps.Count")));
        ScriptResult none = session.Run("Export-AcodeData nothing -Reason why");
        Assert.Equal("TableNotDefined", IdOf(none));
        Show(ErrorOf(none).ToString());
        return Task.CompletedTask;
    });

    private async Task WithAsync(string[] faults, Func<LabSite, LabSession, Task> look)
    {
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        try
        {
            foreach (string[] fault in faults.Select(fault => fault.Split(' ')))
            {
                await LabFaults.ApplyAsync(site, fault[0], fault[1..], Cancel);
            }

            using LabSession session = new(site);
            await look(site, session);
        }
        finally
        {
            await LabFaults.ClearAsync(site, null, CancellationToken.None);
        }
    }

    private static void Show(string text) => TestContext.Current.TestOutputHelper!.WriteLine(text);

    private static string[] Texts(ScriptResult result) => [.. result.Clean().Select(o => $"{o}")];

    private static ErrorRecord ErrorOf(ScriptResult result) => result.Failure ?? Assert.Single(result.Errors);

    private static string IdOf(ScriptResult result) => ErrorOf(result).FullyQualifiedErrorId.Split(',')[0];

    private static string Text(PSObject o, string property) => $"{o.Properties[property].Value}";
}
