using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AcodeOps.Lab;
using AcodeOps.Lab.Airbyte;
using AcodeOps.Lab.Faults;
using AcodeOps.Lab.Sales;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Module.Tests.EndToEnd;
using AcodeOps.Module.Tests.Hosting;

namespace AcodeOps.Module.Tests.Recovery;

/// <summary>Disasters that are no dead server: a schema that has changed, a job that hangs, a replica that lacks rows.</summary>
[Collection(SharedSites.Collection)]
public sealed partial class FurtherDisasterTests(SharedSites sites)
{
    private const string Daily = SalesTables.Daily;

    private static readonly HttpClient Http = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // A column that is renamed is one that is dropped, and comes back with its values.
    [Fact]
    public async Task A_standby_that_lacks_a_column_is_not_switched_to()
    {
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        await OnTheReplicaAsync(site, $"ALTER TABLE {Daily} RENAME COLUMN CFOP TO CFOP_gone");
        try
        {
            using LabSession session = new(site);
            Assert.Equal("SchemaDiffers", IdOf(session.Run("Invoke-AcodeFailover backup_mysql -AllowDataLoss -Confirm:$false")));
            Assert.Contains("the backup lacks the primary's column CFOP", session.Run("Test-AcodeHealth Schema -TimeoutSeconds 30 | ForEach-Object Summary").Clean().Select(o => $"{o}").Aggregate("", string.Concat), StringComparison.OrdinalIgnoreCase);

            // Nothing has failed, so nothing is switched; and where it would have to be, the standby is still refused.
            Assert.Equal(["none"], Texts(session.Run("(Get-AcodeRecoveryPlan -TimeoutSeconds 5).Strategy")));
            Assert.Equal("OtherSideDiffers SchemaDiffers".Split(' '), Texts(session.Run($$"""
                $plan = Get-AcodeRecoveryPlan -CorruptedPrefix '{{Daily}}/' -Reason 'a rehearsal' -AllowUnvalidated
                @($plan.Reload.Checks; $plan.Reload.Switch.Gates) | Where-Object { -not $_.IsPassed } | ForEach-Object ErrorId
                """)));
            Assert.Equal(["primary", "0"], Texts(session.Run("(Get-AcodeRoute -Active).Name; (Get-AcodeRunbook -Unfinished | Measure-Object).Count")));
        }
        finally
        {
            await OnTheReplicaAsync(site, $"ALTER TABLE {Daily} RENAME COLUMN CFOP_gone TO CFOP");
        }
    }

    [Fact]
    public async Task With_the_primary_dead_a_standby_without_an_expected_column_is_refused_too()
    {
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        await OnTheReplicaAsync(site, $"ALTER TABLE {Daily} RENAME COLUMN Data_Processamento TO Data_gone");
        try
        {
            await LabFaults.ApplyAsync(site, "kill", ["primary"], Cancel);
            using LabSession session = new(site);
            Assert.Equal(["backup_mysql", "False"], Texts(session.Run("$plan = Get-AcodeRecoveryPlan -AllowDataLoss -TimeoutSeconds 3; $plan.Strategy; $plan.IsExecutable")));
            Assert.Equal("SchemaIncomplete", IdOf(session.Run("$plan | Start-AcodeDisasterRecovery -Confirm:$false")));
            Assert.Equal(["primary"], Texts(session.Run("(Get-AcodeRoute -Active).Name")));
        }
        finally
        {
            await OnTheReplicaAsync(site, $"ALTER TABLE {Daily} RENAME COLUMN Data_gone TO Data_Processamento");
            await LabFaults.ClearAsync(site, null, CancellationToken.None);
        }
    }

    [Fact]
    public async Task A_column_that_only_the_primary_has_got_is_refused_until_the_replica_has_it()
    {
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        DatabaseServer primary = site.Databases.Primary;
        await primary.ExecuteAsync($"SET SESSION sql_log_bin=0; ALTER TABLE {Daily} ADD COLUMN Novo INT NULL", Cancel, primary.Database);
        try
        {
            using LabSession session = new(site);
            Assert.Equal("SchemaDiffers", IdOf(session.Run("Invoke-AcodeFailover backup_mysql -Confirm:$false")));
            Assert.Equal(["primary"], Texts(session.Run("(Get-AcodeRoute -Active).Name")));
        }
        finally
        {
            await primary.ExecuteAsync($"SET SESSION sql_log_bin=0; ALTER TABLE {Daily} DROP COLUMN Novo", CancellationToken.None, primary.Database);
        }
    }

    [Fact]
    public async Task A_job_that_hangs_is_cancelled_by_the_recovery()
    {
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        try
        {
            using LabSession session = new(site);
            using HttpResponseMessage set = await Http.PostAsJsonAsync(new Uri($"http://127.0.0.1:{site.Coordinates.AirbytePort}/lab/faults"), new JsonObject { ["kind"] = "job_hang" }, Cancel);
            set.EnsureSuccessStatusCode();
            string job = Assert.Single(Texts(session.Run("(Start-AcodeSync).JobId")));
            await HangingJob.WaitAsync(site, long.Parse(job, CultureInfo.InvariantCulture), Cancel);
            await LabFaults.ApplyAsync(site, "kill", ["primary"], Cancel);
            Assert.Equal(["Completed"], Texts(session.Run("$run = Start-AcodeDisasterRecovery -TimeoutSeconds 3 -Confirm:$false; $run.Status")));
            Assert.Equal(["backup_mysql", "Cancelled"], Texts(session.Run($"(Get-AcodeRoute -Active).Name; (Get-AcodeRoute primary | Get-AcodeSync -Newest 1 | Where-Object JobId -eq {job}).Status")));
        }
        finally
        {
            await LabFaults.ClearAsync(site, null, CancellationToken.None);
        }
    }

    [Fact]
    public async Task A_replica_that_lags_is_refused_and_what_the_consent_costs_is_told_to_the_row()
    {
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        string strict = Path.Combine(site.Folder, "strict.yaml");
        string text = await File.ReadAllTextAsync(Path.Combine(site.Folder, LabEnvironmentFile.FileName), Cancel);
        await File.WriteAllTextAsync(strict, FailoverLine().Replace(text, "$1objectives: { lagSeconds: 1 }$0", 1), Cancel);
        try
        {
            using LabSession session = new($"{strict}#lab");
            await LabFaults.ApplyAsync(site, "delay", ["60"], Cancel);
            long before = await CountAsync(site.Databases.Replica);
            await SellAsync(site, 40);
            while (IdOf(session.Run("Invoke-AcodeFailover backup_mysql -WhatIf")) is null)
            {
                // Its lag grows with the rows that it has not applied.
                await Task.Delay(250, Cancel);
            }

            Assert.Equal("ReplicaBehind", IdOf(session.Run("Invoke-AcodeFailover backup_mysql -Confirm:$false")));
            Assert.Equal(["primary"], Texts(session.Run("(Get-AcodeRoute -Active).Name")));
            string missing = Assert.Single(Texts(session.Run("$run = Invoke-AcodeFailover backup_mysql -AllowDataLoss -Confirm:$false; $run.Result.RowsMissing")));

            // The primary is the witness: so many rows it has, and the replica had not.
            Assert.Equal((await CountAsync(site.Databases.Primary) - before).ToString(CultureInfo.InvariantCulture), missing);
        }
        finally
        {
            await LabFaults.ClearAsync(site, null, CancellationToken.None);
        }
    }

    private static async Task SellAsync(LabSite site, int rows)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        SalesWriter writer = new(site.Databases.Primary, site.Sales);
        Task selling = writer.RunAsync(100, stop.Token);
        while (writer.WrittenRows < rows)
        {
            await Task.Delay(20, Cancel);
        }

        await stop.CancelAsync();
        await selling;
    }

    private static async Task<long> CountAsync(DatabaseServer server) =>
        Convert.ToInt64(await server.ScalarAsync($"SELECT COUNT(*) FROM {server.Database}.{Daily}", Cancel), CultureInfo.InvariantCulture);

    // Not in the replica's binary log: that would be another fault.
    private static Task OnTheReplicaAsync(LabSite site, string sql)
    {
        DatabaseServer replica = site.Databases.Replica;
        string readOnly = site.Databases.Engine.ReadOnlyVariable;
        return replica.ExecuteAsync($"SET GLOBAL {readOnly}=OFF; SET SESSION sql_log_bin=0; {sql}; SET GLOBAL {readOnly}=ON", CancellationToken.None, replica.Database);
    }

    private static string[] Texts(ScriptResult result) => [.. result.Clean().Select(o => $"{o}")];

    private static string? IdOf(ScriptResult result) => (result.Failure ?? result.Errors.SingleOrDefault())?.FullyQualifiedErrorId.Split(',')[0];

    [GeneratedRegex(@"(\n\s+)failover: \{", RegexOptions.CultureInvariant)]
    private static partial Regex FailoverLine();
}
