using System.Management.Automation;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AcodeOps.Lab;
using AcodeOps.Lab.Airbyte;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Module.Tests.EndToEnd;
using AcodeOps.Module.Tests.Hosting;

namespace AcodeOps.Module.Tests.Syncs;

/// <summary>Syncs started, followed and stopped by the packed module in a whole lab.</summary>
[Collection(SharedSites.OtherCollection)]
public sealed class SyncCmdletTests(SharedSites sites)
{
    private static readonly HttpClient Http = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_active_routes_sync_is_started_and_waited_for_and_on_record_twice()
    {
        using LabSession session = new(await sites.HealthyAsync(DatabaseFlavor.MySql));
        ScriptResult result = session.Run("Start-AcodeSync -Wait");

        PSObject sync = Assert.Single(result.Clean());
        Assert.Equal(("AcodeOps.Sync", "Succeeded"), (sync.BaseObject.GetType().FullName, Text(sync, "Status")));
        Assert.Equal(Text(sync, "ConnectionId"), Text(session.Run("Get-AcodeRoute -Active").Only, "ConnectionId"));
        Assert.Contains(result.Progress, p => p.Activity.Contains(Text(sync, "JobId"), StringComparison.Ordinal));
        Assert.Equal(ProgressRecordType.Completed, result.Progress[^1].RecordType);
        IReadOnlyList<PSObject> records = session.Run("Get-AcodeAudit -EventType ConnectionModified | Where-Object { $_.Details['act'] -eq 'start a sync' } | Select-Object -Last 2").Clean();
        Assert.Equal(["Intent", "Outcome"], records.Select(r => Text(r, "Phase")));
        Assert.All(records, r => Assert.Equal($"Connection {AirbyteProvisioning.PrimaryConnection}", Text(r, "Subject")));
        Assert.Contains($"job {Text(sync, "JobId")}", Text(records[1], "Outcome"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Under_WhatIf_nothing_starts_or_stops_and_nothing_is_recorded()
    {
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        using LabSession session = new(site);
        await using HangingSync sync = await HangingSync.StartAsync(site, session, "Start-AcodeSync");
        int records = session.Run("Get-AcodeAudit").Clean().Count;

        ScriptResult result = session.Run($"Start-AcodeSync -WhatIf; Stop-AcodeSync {sync.JobId} -WhatIf; Get-AcodeRoute -Active | Start-AcodeSync -WhatIf");

        Assert.Empty(result.Clean());
        Assert.Contains(AirbyteProvisioning.PrimaryConnection, result.HostText, StringComparison.Ordinal);
        Assert.Contains($"job {sync.JobId} ", result.HostText, StringComparison.Ordinal);
        Assert.Equal(("Running", sync.JobId), sync.Newest());
        Assert.Equal(records, session.Run("Get-AcodeAudit").Clean().Count);
    }

    [Fact]
    public async Task A_second_start_is_an_error_that_names_the_job_and_a_stopped_sync_is_no_success()
    {
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        using LabSession session = new(site);
        await using HangingSync sync = await HangingSync.StartAsync(site, session, "$sync = Start-AcodeSync; $sync");

        ScriptResult again = session.Run($"Get-AcodeConnection {AirbyteProvisioning.PrimaryConnection}, {AirbyteProvisioning.IncrementalConnection} | Start-AcodeSync");
        Assert.Null(again.Failure);
        Assert.Empty(again.Output);
        Assert.Equal(["ConnectionInactive", "SyncRunning"], again.Errors.Select(IdOf).Order(StringComparer.Ordinal));
        Assert.Contains(again.Errors, e => e.ErrorDetails.Message.Contains($"job {sync.JobId} ", StringComparison.Ordinal));

        PSObject stopped = Assert.Single(session.Run("$sync | Stop-AcodeSync -Confirm:$false").Clean());
        Assert.Equal((sync.JobId, "Cancelled"), (Text(stopped, "JobId"), Text(stopped, "Status")));
        Assert.Equal("Cancelled", Text(Assert.Single(session.Run("$sync | Stop-AcodeSync -Confirm:$false").Clean()), "Status"));
        Assert.Empty(session.Run($"Stop-AcodeSync -Connection {AirbyteProvisioning.PrimaryConnection} -Confirm:$false").Clean());

        ScriptResult waited = session.Run("$sync | Wait-AcodeSync");
        Assert.Equal("Cancelled", Text(waited.Only, "Status"));
        Assert.Equal("SyncFailed", IdOf(Assert.Single(waited.Errors)));
        ScriptResult unknown = session.Run("Wait-AcodeSync 987654321");
        Assert.Equal((null, "SyncNotFound"), (unknown.Failure, IdOf(Assert.Single(unknown.Errors))));
    }

    [Fact]
    public async Task Stopping_the_wait_ends_it_and_not_the_sync()
    {
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        using LabSession session = new(site), waiter = new(site);
        await using HangingSync sync = await HangingSync.StartAsync(site, session, "Start-AcodeSync");
        TaskCompletionSource begun = new();
        Task<ScriptResult> waiting = Task.Run(() => waiter.With("begun", begun).Run($"$begun.SetResult(); Wait-AcodeSync {sync.JobId}"), Cancel);
        await begun.Task;

        waiter.Stop();
        ScriptResult stopped = await waiting.WaitAsync(TimeSpan.FromSeconds(30), Cancel);

        Assert.Empty(stopped.Output);
        Assert.Empty(stopped.Errors);
        Assert.Equal(("Running", sync.JobId), sync.Newest());
    }

    private static string IdOf(ErrorRecord error) => error.FullyQualifiedErrorId.Split(',')[0];

    private static string Text(PSObject o, string property) => $"{o.Properties[property].Value}";

    /// <summary>A sync that does not end by itself; it is cancelled with the test, and the next one succeeds.</summary>
    private sealed class HangingSync : IAsyncDisposable
    {
        private readonly LabSession _session;

        private HangingSync(LabSession session, string jobId) => (_session, JobId) = (session, jobId);

        public string JobId { get; }

        public static async Task<HangingSync> StartAsync(LabSite site, LabSession session, string script)
        {
            using HttpResponseMessage set = await Http.PostAsJsonAsync(
                new Uri($"http://127.0.0.1:{site.Coordinates.AirbytePort}/lab/faults"), new JsonObject { ["kind"] = "job_hang" }, Cancel);
            set.EnsureSuccessStatusCode();
            HangingSync sync = new(session, Text(Assert.Single(session.Run(script).Clean()), "JobId"));
            while (sync.Newest().Status != "Running")
            {
                await Task.Delay(50, Cancel);
            }

            return sync;
        }

        public (string Status, string JobId) Newest()
        {
            PSObject newest = Assert.Single(_session.Run("Get-AcodeRoute -Active | Get-AcodeSync -Newest 1").Clean());
            return (Text(newest, "Status"), Text(newest, "JobId"));
        }

        public ValueTask DisposeAsync()
        {
            // A route whose last sync was cancelled is not healthy: the lab is left as it was found.
            _session.Run($"$null = Stop-AcodeSync {JobId} -Confirm:$false; $null = Start-AcodeSync -Wait").Clean();
            return ValueTask.CompletedTask;
        }
    }
}
