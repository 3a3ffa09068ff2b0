using System.Management.Automation;
using AcodeOps.Lab;
using AcodeOps.Lab.Faults;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Lab.Sinks;
using AcodeOps.Module.Tests.EndToEnd;
using AcodeOps.Module.Tests.Hosting;

namespace AcodeOps.Module.Tests.Recovery;

/// <summary>A rehearsal as an operator has it: what is shown, what it leaves, and whom it tells.</summary>
[Collection(SharedSites.Collection)]
public sealed class DrillCmdletTests(SharedSites sites)
{
    // What must be the same before and after: the routes, all connections, and the runs' own account.
    private const string World = """
        Get-AcodeConnection | Sort-Object ConnectionId | ForEach-Object { "$($_.ConnectionId) $_ $($_.Prefix) $((Get-AcodeSync $_.ConnectionId -Newest 1).JobId)" }
        (Get-AcodeRoute -Active).Name
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseFlavor.MySql, "lab", "backup_mysql")]
    [InlineData(DatabaseFlavor.MariaDb, "installed", "backup_mysql+backup_s3")]
    public async Task A_drill_makes_the_health_check_green_and_leaves_everything_as_it_was(DatabaseFlavor flavor, string environment, string route)
    {
        LabSite site = await sites.HealthyAsync(flavor);
        using LabSession session = new(site, environment);
        if (environment != "lab")
        {
            SeenCheck never = Assert.Single(session.Checks("-Component Drill"));
            Assert.Equal(("Degraded", "No recovery has been rehearsed yet."), (never.Verdict, never.Summary));
        }

        string[] before = Texts(session.Run(World));

        // Nothing but reading leaves the process, and the plan is shown.
        ScriptResult shown = session.Run("Start-AcodeDisasterRecovery -Drill -WhatIf");
        Assert.Equal(("Planned", ""), (Text(Assert.Single(shown.Clean()), "Status"), Text(shown.Only, "RunId")));
        Assert.Contains($"Drill: rehearse route {route}", shown.HostText, StringComparison.Ordinal);
        Assert.Contains("Ingestion, the standby and the lake stay as they are.", shown.HostText, StringComparison.Ordinal);
        Assert.Equal(before, Texts(session.Run(World)));

        PSObject run = Assert.Single(session.Run($"$run = Start-AcodeDisasterRecovery -Drill -To {route} -Confirm:$false; $run").Clean());
        Assert.Equal("Completed", Text(run, "Status"));

        // An operator may not delete in the backup storage: what was tried there stays, and is told.
        bool stays = sites.ImposesPolicies && route.EndsWith("backup_s3", StringComparison.Ordinal);
        Assert.Equal([route, "True", "True", $"{!stays}", "True"], Texts(session.Run("$r = $run.Result; $r.Route; $r.RowsLanded -ge 2000; $r.IsComplete; $r.IsCleanedUp; $r.RtoSeconds -ge 0")));
        Assert.Equal([$"{stays}", "True"], Texts(session.Run("@($run.Warnings | Where-Object { $_ -like 'Left by the drill: *' }).Count -gt 0; @($run.Warnings | Where-Object { $_ -like 'Left by the drill: *' }).Count -eq $r.Left.Count")));
        Assert.Equal(before, Texts(session.Run(World)));
        SeenCheck young = Assert.Single(session.Checks("-Component Drill"));
        Assert.Equal(("Healthy", "standby"), (young.Verdict, young.Target));
        Assert.Contains($"{route} was rehearsed within the last day", young.Summary, StringComparison.Ordinal);
        Assert.Empty(Told(site, Text(run, "RunId")));

        string table = string.Concat(session.Run("$run.Result | Out-String -Width 120; $run.Steps | Out-String -Width 120").Clean());
        TestContext.Current.SendDiagnosticMessage($"{shown.HostText}\n{table}");
        Assert.Contains("remove_shadow", string.Join(' ', Texts(session.Run("$run.Steps.Name"))), StringComparison.Ordinal);
        Assert.Contains("RowsLanded", table, StringComparison.Ordinal);

        // On record, and a report of it.
        Assert.Equal(["2"], Texts(session.Run("(Get-AcodeAudit -EventType DisasterRecoveryDrill | Where-Object { $_.RunId -eq $run.RunId -and $_.Subject -eq $run.Title } | Measure-Object).Count")));
        string page = Assert.Single(Texts(session.Run("Get-AcodeRunbook $run.RunId | Export-AcodeReport -Path ([IO.Path]::GetTempPath()) -Format Markdown -Force | ForEach-Object { Get-Content $_.FullName -Raw; Remove-Item $_.FullName }")));
        Assert.Contains("Rehearsed: the standby works", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_red_drill_tells_people_a_warning_and_leaves_nothing()
    {
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        await LabFaults.ApplyAsync(site, "stop-applier", [], Cancel);
        try
        {
            using LabSession session = new(site);
            string[] before = Texts(session.Run(World));

            ScriptResult ended = session.Run("Start-AcodeDisasterRecovery -Drill -Confirm:$false");

            Assert.Equal("ReplicationApplierStopped", IdOf(ended));
            Assert.Equal("Undone", Text(ended.Only, "Status"));
            Assert.Equal(before, Texts(session.Run(World)));

            // A warning: the channel for errors only is not told.
            ReceivedWebhook[] told = Told(site, Text(ended.Only, "RunId"));
            Assert.Equal(2, told.Length);
            Assert.All(told, post => Assert.Contains("a rehearsal", post.Body, StringComparison.Ordinal));

            // The last green drill still counts, as nothing is known against what it proved then.
            Assert.Equal("Healthy", Assert.Single(session.Checks("-Component Drill")).Verdict);
        }
        finally
        {
            await LabFaults.ClearAsync(site, null, CancellationToken.None);
        }
    }

    [Fact]
    public async Task What_is_no_standby_is_refused_and_a_plan_is_no_drill()
    {
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        using LabSession session = new(site);
        Assert.Equal("RouteActive", IdOf(session.Run("Start-AcodeDisasterRecovery -Drill -To primary -Confirm:$false")));
        Assert.Equal("RouteNotFound", IdOf(session.Run("Start-AcodeDisasterRecovery -Drill -To nowhere -Confirm:$false")));
        Assert.Equal("AmbiguousParameterSet", IdOf(session.Run("Start-AcodeDisasterRecovery -Drill -AllowDataLoss -Confirm:$false")));
    }

    private static ReceivedWebhook[] Told(LabSite site, string run) => [.. site.Services.Webhooks.Where(post => post.Body.Contains(run, StringComparison.Ordinal))];

    private static string IdOf(ScriptResult result) => (result.Failure ?? Assert.Single(result.Errors)).FullyQualifiedErrorId.Split(',')[0];

    private static string[] Texts(ScriptResult result) => [.. result.Clean().Select(o => $"{o}")];

    private static string Text(PSObject o, string property) => $"{o.Properties[property].Value}";
}
