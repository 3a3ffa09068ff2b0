using System.Management.Automation;
using AcodeOps.Lab;
using AcodeOps.Lab.Faults;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Module.Tests.EndToEnd;
using AcodeOps.Module.Tests.Hosting;

namespace AcodeOps.Module.Tests.Failover;

/// <summary>Switches as an operator makes them in the shell: what comes out of the pipeline, what is asked, what is refused and how that reads.</summary>
[Collection(SharedSites.Collection)]
public sealed class FailoverCmdletTests(SharedSites sites)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_switch_is_proven_later_put_on_record_and_repeated_without_effect()
    {
        using LabSession session = new(await sites.HealthyAsync(DatabaseFlavor.MySql));
        PSObject begun = Assert.Single(session.Run("$run = Get-AcodeRoute backup_mysql | Invoke-AcodeFailover -NoWait -Reason rehearsal -Confirm:$false; $run").Clean());
        Assert.Equal(("AcodeOps.RunbookRun", "AwaitingProof", "rehearsal"), (begun.BaseObject.GetType().FullName, Text(begun, "Status"), Text(begun, "Reason")));

        PSObject proven = Assert.Single(session.Run("$proven = Get-AcodeRunbook -Unfinished | Resume-AcodeRunbook -Confirm:$false; $proven").Clean());
        Assert.Equal((Text(begun, "RunId"), "Completed"), (Text(proven, "RunId"), Text(proven, "Status")));
        Assert.Equal(["True", "primary", "backup_mysql"], Texts(session.Run("$proven.Result.IsProven; $proven.Plan.From.Route.Name; $proven.Plan.To.Route.Name")));
        Assert.Equal(["probe_again", "keep_one_snapshot"], Texts(session.Run("$proven.Steps[0].Name; $proven.Steps[-1].Name")));
        Assert.Equal(["backup_mysql"], Texts(session.Run("(Get-AcodeRoute -Active).Name")));
        PSObject record = Assert.Single(session.Run("$proven | Write-AcodeAudit").Clean());
        Assert.Equal((Text(begun, "RunId"), "FailoverExecuted", "True"), (Text(record, "RunId"), Text(record, "EventType"), Text(record, "Stored")));

        string[] before = Texts(session.Run("Get-AcodeRunbook -Days 1 | ForEach-Object RunId; @(Get-AcodeAudit).Count"));
        PSObject again = Assert.Single(session.Run("$again = Invoke-AcodeFailover backup_mysql -Confirm:$false; $again").Clean());
        Assert.Equal(("Completed", ""), (Text(again, "Status"), Text(again, "RunId")));
        ScriptResult nothing = session.Run("$again | Undo-AcodeRunbook -Confirm:$false; $again | Resume-AcodeRunbook -Confirm:$false");
        Assert.Empty(nothing.Clean());
        Assert.Equal(2, nothing.Warnings.Count);
        Assert.Equal(before, Texts(session.Run("Get-AcodeRunbook -Days 1 | ForEach-Object RunId; @(Get-AcodeAudit).Count")));
    }

    [Fact]
    public async Task Switches_are_taken_back_the_last_one_first()
    {
        using LabSession session = new(await sites.HealthyAsync(DatabaseFlavor.MySql));
        session.Run("$first = Invoke-AcodeFailover backup_mysql -Confirm:$false; $second = Invoke-AcodeFailover primary -Confirm:$false").Clean();

        AssertRefused(session.Run("$first | Undo-AcodeRunbook -Confirm:$false"), "RunOvertaken", Texts(session.Run("$second.RunId"))[0]);
        Assert.Equal(["Undone", "backup_mysql"], Texts(session.Run("($second | Undo-AcodeRunbook -Confirm:$false).Status; (Get-AcodeRoute -Active).Name")));
        Assert.Equal(["Undone", "primary"], Texts(session.Run("($first | Undo-AcodeRunbook -Confirm:$false).Status; (Get-AcodeRoute -Active).Name")));
        Assert.Equal("RunUndone", IdOf(ErrorOf(session.Run("$first | Resume-AcodeRunbook -Confirm:$false"))));
    }

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public Task With_the_primary_dead_the_best_usable_of_all_routes_takes_over(DatabaseFlavor flavor) => WithAsync(flavor, ["kill", "primary"], session =>
    {
        PSObject run = Assert.Single(session.Run("$run = Get-AcodeRoute | Invoke-AcodeFailover -Confirm:$false; $run").Clean());
        Assert.Equal(("Completed", "Switch from primary to backup_mysql"), (Text(run, "Status"), Text(run, "Title")));
        Assert.Equal(["backup_mysql", "True"], Texts(session.Run("(Get-AcodeRoute -Active).Name; $run.Result.RowsLanded -gt 0")));
        AssertRefused(session.Run("Get-AcodeRoute primary, backup_s3 | Invoke-AcodeFailover -Confirm:$false"), "NoUsableRoute", "primary: ");
    });

    [Fact]
    public Task A_stopped_replica_is_refused_with_what_to_do() => WithAsync(DatabaseFlavor.MySql, ["stop-applier"], session =>
    {
        ScriptResult refused = session.Run("Invoke-AcodeFailover backup_mysql -AllowDataLoss -Confirm:$false");
        AssertRefused(refused, "ReplicationApplierStopped", "backup_mysql");
        Assert.NotEmpty(ErrorOf(refused).ErrorDetails.RecommendedAction);
        Assert.Equal("AcodeOps.FailoverPlan", ErrorOf(refused).TargetObject.GetType().FullName);
        Assert.Equal(["primary"], Texts(session.Run("(Get-AcodeRoute -Active).Name")));
    });

    [Fact]
    public async Task Another_operator_is_named_with_since_and_until_when()
    {
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        using LabSession session = new(site);
        session.Run("$run = Invoke-AcodeFailover backup_mysql -NoWait -Confirm:$false").Clean();
        await using (await LeaseOfAnother.TakeAsync(site, Cancel))
        {
            ScriptResult refused = session.Run("Invoke-AcodeFailover primary -Confirm:$false");
            AssertRefused(refused, "LeaseHeld", LeaseOfAnother.Host);
            Assert.Matches(@"since \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ: .* holds until \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ", ErrorOf(refused).ErrorDetails.Message);
            AssertRefused(session.Run("$run | Resume-AcodeRunbook -Confirm:$false"), "LeaseHeld", LeaseOfAnother.Host);
        }

        Assert.Equal(["Completed"], Texts(session.Run("($run | Resume-AcodeRunbook -Confirm:$false).Status")));
    }

    [Fact]
    public Task Without_the_storage_of_the_lease_only_a_named_consent_goes_on() => WithAsync(DatabaseFlavor.MySql, ["drop-bucket", "emergency"], session =>
    {
        AssertRefused(session.Run("Invoke-AcodeFailover backup_mysql -Confirm:$false"), "LeaseStoreUnavailable", "-WithoutLease");
        Assert.Equal(["primary"], Texts(session.Run("(Get-AcodeRoute -Active).Name")));
        ScriptResult made = session.Run("Invoke-AcodeFailover backup_mysql -WithoutLease -Confirm:$false");
        Assert.Equal("Completed", Text(Assert.Single(made.Clean()), "Status"));
        Assert.Contains(made.Warnings, w => w.Contains("without the lease", StringComparison.Ordinal));
        Assert.Equal(["True"], Texts(session.Run("(Get-AcodeAudit -EventType FailoverExecuted | Select-Object -Last 1).Details['without_lease']")));
    });

    [Fact]
    public async Task A_run_that_is_left_unfinished_stands_before_the_next()
    {
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        using LabSession session = new(site);
        string run = Text(Assert.Single(session.Run("$run = Invoke-AcodeFailover backup_mysql -NoWait -Confirm:$false; $run").Clean()), "RunId");
        await LabFaults.ApplyAsync(site, "drop-bucket", ["quarantine"], Cancel);
        try
        {
            // The proof comes; what is to be tidied up after it has no place to go.
            ScriptResult failed = session.Run("$run | Resume-AcodeRunbook -Confirm:$false");
            Assert.Equal("Failed", Text(failed.Only, "Status"));
            AssertRefused(failed, "StorageBucketMissing", "quarantine");
        }
        finally
        {
            await LabFaults.ClearAsync(site, null, CancellationToken.None);
        }

        AssertRefused(session.Run("Invoke-AcodeFailover primary -Confirm:$false"), "RunUnfinished", run);
        Assert.Equal(["backup_mysql"], Texts(session.Run("(Get-AcodeRoute -Active).Name")));
        Assert.Equal(["Completed"], Texts(session.Run("(Get-AcodeRunbook -Unfinished | Resume-AcodeRunbook -Confirm:$false).Status")));
    }

    [Fact]
    public async Task Nobody_is_asked_where_nobody_can_answer_and_a_no_changes_nothing()
    {
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        using LabSession session = new(site);
        AssertRefused(session.Run("Invoke-AcodeFailover nowhere -Confirm:$false"), "RouteNotFound", "nowhere");
        using ModuleSession script = new(nonInteractive: true);
        script.With("environment", Path.Combine(site.Folder, LabEnvironmentFile.FileName));
        AssertRefused(script.Run("Invoke-AcodeFailover backup_mysql -Environment $environment"), "ConfirmationNeeded", "-Confirm:$false");

        int runs = session.Run("Get-AcodeRunbook -Days 1").Clean().Count;
        ScriptResult no = session.Run("Invoke-AcodeFailover backup_mysql", "N");
        Assert.Equal("Planned", Text(Assert.Single(no.Clean()), "Status"));
        Assert.Contains("on:         'connection_mysql_s3_acode_backup_mysql'", no.HostText, StringComparison.Ordinal);
        Assert.Equal(runs, session.Run("Get-AcodeRunbook -Days 1").Clean().Count);
        Assert.Equal("Completed", Text(Assert.Single(session.Run("Invoke-AcodeFailover backup_mysql", "Y").Clean()), "Status"));
    }

    [Fact]
    public async Task A_sync_without_rows_awaits_its_proof_where_the_source_cannot_tell_whether_any_were_due()
    {
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        await using (await IncrementalPair.ActivateAsync(site))
        {
        }

        using LabSession session = new(site, IncrementalPair.Environment);
        ScriptResult begun = session.Run("Invoke-AcodeFailover primary -StatePolicy Keep -Confirm:$false");
        Assert.Equal("AwaitingProof", Text(begun.Only, "Status"));
        AssertRefused(begun, "ProofPending", "no index");
        Assert.Equal(["primary"], Texts(session.Run("(Get-AcodeRoute -Active).Name")));
        Assert.Equal("Undone", Text(Assert.Single(session.Run("Get-AcodeRunbook -Unfinished | Undo-AcodeRunbook -Confirm:$false").Clean()), "Status"));
    }

    [Fact]
    public async Task A_pair_that_reads_the_binary_log_is_refused_unless_it_begins_anew()
    {
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        await using LogPair pair = await LogPair.CreateAsync(site, Cancel);
        using LabSession session = new(pair.Environment);
        AssertRefused(session.Run($"Invoke-AcodeFailover {IncrementalPair.Standby} -Confirm:$false"), "CdcStateNotCarried", "-StatePolicy Fresh");
        PSObject fresh = Assert.Single(session.Run($"Invoke-AcodeFailover {IncrementalPair.Standby} -StatePolicy Fresh -WhatIf").Clean());
        Assert.Equal("Planned", Text(fresh, "Status"));
    }

    private async Task WithAsync(DatabaseFlavor flavor, string[] fault, Action<LabSession> look)
    {
        LabSite site = await sites.HealthyAsync(flavor);
        await LabFaults.ApplyAsync(site, fault[0], fault[1..], Cancel);
        try
        {
            using LabSession session = new(site);
            look(session);
        }
        finally
        {
            await LabFaults.ClearAsync(site, null, CancellationToken.None);
        }
    }

    /// <summary>The command has ended by this error, whose message or advice says this.</summary>
    private static void AssertRefused(ScriptResult result, string id, string says)
    {
        ErrorRecord error = ErrorOf(result);
        Assert.Equal(id, IdOf(error));
        Assert.Contains(says, $"{error.ErrorDetails.Message} {error.ErrorDetails.RecommendedAction}", StringComparison.Ordinal);
    }

    // What ends a command ends its statement only: in a script it is an error like any other.
    private static ErrorRecord ErrorOf(ScriptResult result) => result.Failure ?? Assert.Single(result.Errors);

    private static string[] Texts(ScriptResult result) => [.. result.Clean().Select(o => $"{o}")];

    private static string IdOf(ErrorRecord error) => error.FullyQualifiedErrorId.Split(',')[0];

    private static string Text(PSObject o, string property) => $"{o.Properties[property].Value}";
}
