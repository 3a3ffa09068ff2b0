using System.Management.Automation;
using AcodeOps.Lab;
using AcodeOps.Lab.Faults;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Lab.Sinks;
using AcodeOps.Module.Tests.EndToEnd;
using AcodeOps.Module.Tests.Hosting;

namespace AcodeOps.Module.Tests.Recovery;

/// <summary>Disasters on a whole lab: what is decided, what is done about it, and how the command ends.</summary>
[Collection(SharedSites.Collection)]
public sealed class RecoveryCmdletTests(SharedSites sites)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_healthy_installation_needs_no_recovery()
    {
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        using LabSession session = new(site);
        PSObject plan = Assert.Single(session.Run("$plan = Get-AcodeRecoveryPlan; $plan").Clean());
        Assert.Equal(("none", "True"), (Text(plan, "Strategy"), Text(plan, "IsExecutable")));
        Assert.Equal(["0", "0"], Texts(session.Run("$plan.Findings.Count; $plan.Decision.RedundancyLost.Count")));

        PSObject run = Assert.Single(session.Run("$plan | Start-AcodeDisasterRecovery -Confirm:$false").Clean());
        Assert.Equal(("Completed", ""), (Text(run, "Status"), Text(run, "RunId")));
        Assert.Contains("none", string.Concat(session.Run("$plan | Out-String -Width 200; $plan | Format-List | Out-String -Width 200").Clean()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DatabaseFlavor.MySql, "backup_mysql", "kill primary")]
    [InlineData(DatabaseFlavor.MariaDb, "backup_mysql", "pause primary")]
    [InlineData(DatabaseFlavor.MySql, "backup_mysql", "black-hole primary deaf")]
    [InlineData(DatabaseFlavor.MySql, "backup_s3", "drop-bucket primary")]
    [InlineData(DatabaseFlavor.MySql, "backup_mysql+backup_s3", "kill primary", "drop-bucket primary")]
    public Task What_a_route_is_left_for_is_recovered(DatabaseFlavor flavor, string strategy, params string[] faults) => WithAsync(flavor, faults, session =>
    {
        ScriptResult planned = session.Run("$plan = Get-AcodeRecoveryPlan -TimeoutSeconds 3; $plan");
        PSObject plan = Assert.Single(planned.Clean());
        Assert.Equal((strategy, "True"), (Text(plan, "Strategy"), Text(plan, "IsExecutable")));
        ScriptResult shown = session.Run("$plan | Start-AcodeDisasterRecovery -WhatIf");
        Assert.Equal("Planned", Text(Assert.Single(shown.Clean()), "Status"));
        Assert.Contains($"Recovery by {strategy}", shown.HostText, StringComparison.Ordinal);

        ScriptResult recovered = session.Run("$plan | Start-AcodeDisasterRecovery -Confirm:$false");
        PSObject run = Assert.Single(recovered.Clean());
        Assert.Equal("Completed", Text(run, "Status"));
        Assert.Contains(recovered.Warnings, warning => warning.Contains("Redundancy is lost", StringComparison.Ordinal));
        Assert.Equal([strategy], Texts(session.Run("(Get-AcodeRoute -Active).Name")));
        Assert.Equal(["True", "True"], Texts(session.Run("$run = Get-AcodeRunbook -Days 1 | Select-Object -First 1; $run.Result.RowsLanded -gt 0; $run.Plan.Assessment.Parts.Count -eq 5")));

        // What is recovered needs no recovery.
        Assert.Equal(["none"], Texts(session.Run("(Get-AcodeRecoveryPlan -TimeoutSeconds 3).Strategy")));
    });

    [Theory]
    [InlineData("none", "kill replica")]
    [InlineData("none", "duplicate-key")]
    [InlineData("airbyte_down", "kill airbyte")]
    [InlineData("unknown", "wrong-password primary")]
    [InlineData("unknown", "forbid-bucket primary")]
    [InlineData("unknown", "revoke-key")]
    public Task Where_no_switch_would_help_none_is_made(string strategy, string fault) => WithAsync(DatabaseFlavor.MySql, [fault], session =>
    {
        PSObject plan = Assert.Single(session.Run("$plan = Get-AcodeRecoveryPlan -TimeoutSeconds 3; $plan").Clean());
        Assert.Equal(strategy, Text(plan, "Strategy"));
        ScriptResult ended = session.Run("$plan | Start-AcodeDisasterRecovery -Confirm:$false");
        if (strategy == "none")
        {
            Assert.Equal("Completed", Text(Assert.Single(ended.Clean()), "Status"));
            Assert.Contains(ended.Warnings, warning => warning.Contains("Backup source: Failed", StringComparison.Ordinal));
        }
        else
        {
            Assert.Equal(strategy == "unknown" ? "RecoveryUndecided" : "AirbyteDown", IdOf(ended));
        }
    });

    [Theory]
    [InlineData("kill primary", "kill replica")]
    [InlineData("duplicate-key", "kill primary")]
    [InlineData("storage-error 500")]
    [InlineData("kill primary", "kill replica", "kill storage", "kill airbyte")]
    public Task Without_a_source_or_a_storage_it_ends_as_a_full_disaster(params string[] faults) => WithAsync(DatabaseFlavor.MySql, faults, session =>
    {
        PSObject plan = Assert.Single(session.Run("$plan = Get-AcodeRecoveryPlan -TimeoutSeconds 3; $plan").Clean());
        Assert.Equal(("full_dr", "False"), (Text(plan, "Strategy"), Text(plan, "IsExecutable")));
        ScriptResult ended = session.Run("$plan | Start-AcodeDisasterRecovery -Confirm:$false");
        Assert.Equal("FullDisasterRecovery", IdOf(ended));
        Assert.Equal("Escalated", Text(ended.Only, "Status"));

        // Nothing was switched, and nobody has to do with the run any more.
        bool isStorageAway = faults.Any(fault => fault.Contains("storage", StringComparison.Ordinal));
        if (isStorageAway)
        {
            Assert.Contains(ended.Warnings, warning => warning.Contains("on this machine", StringComparison.Ordinal));
            return;
        }

        Assert.Equal(["primary", "Escalated", "s3://", "0"], Texts(session.Run("""
            (Get-AcodeRoute -Active).Name
            $run = Get-AcodeRunbook -Days 1 | Select-Object -First 1
            $run.Status
            $run.Result.Location.Substring(0, 5)
            (Get-AcodeRunbook -Unfinished | Measure-Object).Count
            """)));
    });

    [Fact]
    public Task People_are_told_of_its_begin_and_its_end() => WithAsync(DatabaseFlavor.MySql, ["kill primary"], (site, session) =>
    {
        string run = Text(Assert.Single(session.Run("Start-AcodeDisasterRecovery -TimeoutSeconds 3 -Confirm:$false").Clean()), "RunId");
        ReceivedWebhook[] told = [.. site.Services.Webhooks.Where(post => post.Body.Contains(run, StringComparison.Ordinal))];

        // Two notifications on three channels each.
        Assert.Equal(6, told.Length);
        Assert.All(told, post => Assert.InRange(post.AnsweredStatus, 200, 299));
        Assert.Contains(told, post => post.Body.Contains("Recovery of lab begins: backup_mysql", StringComparison.Ordinal));
        Assert.Contains(told, post => post.Body.Contains("Switch from primary to backup_mysql: Completed", StringComparison.Ordinal));
    });

    [Fact]
    public Task A_channel_that_refuses_stops_no_recovery() => WithAsync(DatabaseFlavor.MySql, ["kill primary", "webhook-error 500"], session =>
    {
        ScriptResult recovered = session.Run("Start-AcodeDisasterRecovery -TimeoutSeconds 3 -Confirm:$false");
        Assert.Equal("Completed", Text(Assert.Single(recovered.Clean()), "Status"));
        Assert.Contains(recovered.Warnings, warning => warning.StartsWith("Channel 'tickets' was not told", StringComparison.Ordinal));
    });

    private Task WithAsync(DatabaseFlavor flavor, string[] faults, Action<LabSession> look) => WithAsync(flavor, faults, (_, session) => look(session));

    private async Task WithAsync(DatabaseFlavor flavor, string[] faults, Action<LabSite, LabSession> look)
    {
        LabSite site = await sites.HealthyAsync(flavor);
        try
        {
            foreach (string[] fault in faults.Select(fault => fault.Split(' ')))
            {
                await LabFaults.ApplyAsync(site, fault[0], fault[1..], Cancel);
            }

            using LabSession session = new(site);
            look(site, session);
        }
        finally
        {
            await LabFaults.ClearAsync(site, null, CancellationToken.None);
        }
    }

    private static string[] Texts(ScriptResult result) => [.. result.Clean().Select(o => $"{o}")];

    private static string IdOf(ScriptResult result) => (result.Failure ?? Assert.Single(result.Errors)).FullyQualifiedErrorId.Split(',')[0];

    private static string Text(PSObject o, string property) => $"{o.Properties[property].Value}";
}
