using System.Collections.Concurrent;
using System.Management.Automation;
using System.Text.RegularExpressions;
using AcodeOps.Lab;
using AcodeOps.Lab.Faults;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Module.Tests.EndToEnd;
using AcodeOps.Module.Tests.Hosting;

namespace AcodeOps.Module.Tests.Watching;

/// <summary>Watches on a whole lab: what they see, when they switch by themselves, and that of several only one does.</summary>
[Collection(SharedSites.Collection)]
public sealed class WatchCmdletTests(SharedSites sites)
{
    private const string UntilItSwitches = "Watch-AcodeHealth -AutoFailover -PassThru -TimeoutSeconds 3 -Confirm:$false | Where-Object { if ($looked) { $null = $looked.TrySetResult() }; $_ -is [AcodeOps.RunbookRun] } | Select-Object -First 1";

    // A busy machine takes its time, and so does a replica that was away.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_healthy_installation_is_watched_in_lines_and_in_objects()
    {
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        using LabSession session = new(site);

        ScriptResult lines = session.Run("Watch-AcodeHealth -DurationSeconds 2");
        Assert.Empty(lines.Clean());
        Assert.Contains("Route 'primary' writes.", lines.HostText, StringComparison.Ordinal);

        ScriptResult objects = session.Run("Watch-AcodeHealth -PassThru -DurationSeconds 2 -TimeoutSeconds 30");
        string[] seen = [.. objects.Clean().Select(check => $"{Text(check, "Component")} {Text(check, "Target")} {Text(check, "Verdict")}")];
        Assert.All(seen, check => Assert.EndsWith("Healthy", check, StringComparison.Ordinal));
        Assert.All(
            new[] { "Source primary", "Source backup", "Storage primary", "Storage backup", "Airbyte airbyte", "Replication backup" },
            part => Assert.True(seen.Count(check => check.StartsWith(part, StringComparison.Ordinal)) >= 2, $"{part}: {string.Join(", ", seen)}"));
    }

    [Theory]
    [InlineData(DatabaseFlavor.MySql, "kill primary")]
    [InlineData(DatabaseFlavor.MariaDb, "pause primary")]
    public async Task An_outage_is_switched_away_from_and_the_next_one_waits_for_an_acknowledgement(DatabaseFlavor flavor, string fault)
    {
        LabSite site = await sites.HealthyAsync(flavor);
        try
        {
            using LabSession session = new(site);
            TaskCompletionSource looked = new();
            Task<ScriptResult> watching = Task.Run(() => session.With("looked", looked).Run(UntilItSwitches), Cancel);
            await looked.Task.WaitAsync(Patience, Cancel);
            await ApplyAsync(site, fault);

            PSObject run = Assert.Single((await watching).Clean());
            Assert.Equal(("Completed", true), (Text(run, "Status"), PSObject.AsPSObject(run.Properties["Plan"].Value).Properties["IsAutomatic"].Value));
            Assert.Equal(["backup_mysql"], Texts(session.Run("(Get-AcodeRoute -Active).Name")));

            // Told to people under the run's id, and on record as what it is.
            Assert.Contains(site.Services.Webhooks, post => post.Body.Contains(Text(run, "RunId"), StringComparison.Ordinal));
            Assert.Equal(["Decided by a watch"], Texts(session.Run("(Get-AcodeRunbook -Days 1 | Select-Object -First 1).Reason")));

            // The fault is mended and befalls the other side: nothing is done by itself before somebody has looked.
            await LabFaults.ClearAsync(site, null, Cancel);
            await ApplyAsync(site, "kill replica");
            ScriptResult blocked = session.Run("Watch-AcodeHealth -AutoFailover -TimeoutSeconds 3 -DurationSeconds 12 -Confirm:$false");
            Assert.Contains("SwitchNotAcknowledged", blocked.HostText, StringComparison.Ordinal);
            Assert.Equal(["backup_mysql"], Texts(session.Run("(Get-AcodeRoute -Active).Name")));

            Assert.Contains("Acknowledge Switch from primary", session.Run("Invoke-AcodeFailover -Acknowledge -WhatIf").HostText, StringComparison.Ordinal);
            Assert.Equal("Completed", Text(Assert.Single(session.Run("Invoke-AcodeFailover -Acknowledge -Reason seen -Confirm:$false").Clean()), "Status"));
            Assert.Empty(session.Run("Invoke-AcodeFailover -Acknowledge -Confirm:$false").Clean());
            Assert.Equal("Completed", Text(Assert.Single(session.Run(UntilItSwitches).Clean()), "Status"));
            Assert.Equal(["primary"], Texts(session.Run("(Get-AcodeRoute -Active).Name")));
        }
        finally
        {
            await LabFaults.ClearAsync(site, null, CancellationToken.None);
        }
    }

    [Theory]
    [InlineData("wrong-password primary", "RecoveryUndecided")]
    [InlineData("drop-bucket primary", "NotAnOutage")]
    [InlineData("kill airbyte", "AirbyteDown")]
    public async Task What_a_switch_does_not_cure_is_left_to_people(string fault, string hold)
    {
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        try
        {
            await ApplyAsync(site, fault);
            using LabSession session = new(site);
            ScriptResult watched = session.Run("Watch-AcodeHealth -AutoFailover -PassThru -Plain -TimeoutSeconds 3 -DurationSeconds 10 -Confirm:$false");
            Assert.DoesNotContain(watched.Clean(), seen => seen.BaseObject.GetType().Name == "RunbookRun");
            Assert.True(watched.HostText.Contains(hold, StringComparison.Ordinal), watched.HostText);
            await LabFaults.ClearAsync(site, null, Cancel);
            Assert.Equal(["primary"], Texts(session.Run("(Get-AcodeRoute -Active).Name")));

            // A bucket that was made again is empty.
            session.Run("Start-AcodeSync -Wait").Clean();
        }
        finally
        {
            await LabFaults.ClearAsync(site, null, CancellationToken.None);
        }
    }

    [Fact]
    public async Task Of_several_watches_one_switches_and_the_others_know()
    {
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        LabSession[] sessions = [new(site), new(site), new(site)];
        try
        {
            TaskCompletionSource[] looked = [.. sessions.Select(_ => new TaskCompletionSource())];
            const string watch = "Watch-AcodeHealth -AutoFailover -PassThru -Plain -TimeoutSeconds 3 -DurationSeconds 120 -Confirm:$false | ForEach-Object { $null = $looked.TrySetResult(); $_ }";
            Task<ScriptResult>[] watching = [.. sessions.Zip(looked, (session, first) => Task.Run(() => session.With("looked", first).Run(watch), Cancel))];
            await Task.WhenAll(looked.Select(first => first.Task)).WaitAsync(Patience, Cancel);
            await ApplyAsync(site, "kill primary");
            const string other = "another has switched";
            while (sessions.Count(session => session.HasShown(other)) < 2 && !watching.All(watch => watch.IsCompleted))
            {
                await Task.Delay(100, Cancel);
            }

            // The one that has switched tells it when its run is at its end, and goes on watching.
            await Task.Delay(TimeSpan.FromSeconds(2), Cancel);
            Array.ForEach(sessions, session => session.Stop());
            ScriptResult[] ended = await Task.WhenAll(watching);

            string[] done = [.. ended.SelectMany(result => result.Clean()).Where(seen => seen.BaseObject.GetType().Name == "RunbookRun").Select(run => Text(run, "Status"))];
            Assert.Single(done, status => status == "Completed");
            Assert.Equal(["backup_mysql"], Texts(sessions[0].Run("(Get-AcodeRoute -Active).Name")));
            Assert.Equal(["1"], Texts(sessions[0].Run("@(Get-AcodeRunbook -Days 1 | Where-Object { $_.Plan.IsAutomatic -and $_.Status -eq 'Completed' -and $_.StartedAt -gt (Get-Date).AddMinutes(-1) }).Count")));
            Assert.Equal(2, ended.Count(result => result.HostText.Contains(other, StringComparison.Ordinal)));
        }
        finally
        {
            await LabFaults.ClearAsync(site, null, CancellationToken.None);
            foreach (LabSession session in sessions)
            {
                session.Dispose();
            }
        }
    }

    [Fact]
    public async Task It_goes_on_while_servers_come_and_go()
    {
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        try
        {
            using LabSession session = new(site);
            using BlockingCollection<string> told = [];
            Task watching = Task.Run(() => session.With("told", told).Run("Watch-AcodeHealth -Plain -TimeoutSeconds 2 6>&1 | ForEach-Object { $told.Add(\"$_\") }"), Cancel);
            Await(told, "Route 'primary' writes");
            foreach ((string server, string part) in new[] { ("airbyte", "Airbyte"), ("storage", "PrimaryStorage"), ("primary", "PrimarySource"), ("replica", "BackupSource") })
            {
                await ApplyAsync(site, $"kill {server}");
                Await(told, $"Failed +{part}:");
                await LabFaults.ClearAsync(site, null, Cancel);
                Await(told, $"Healthy +{part}:");
            }

            session.Stop();
            await watching.WaitAsync(Patience, Cancel);
        }
        finally
        {
            await LabFaults.ClearAsync(site, null, CancellationToken.None);
        }
    }

    /// <summary>Reads on until a line is told.</summary>
    private static void Await(BlockingCollection<string> told, string pattern)
    {
        List<string> seen = [];
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(Patience);
        while (seen.Count == 0 || !Regex.IsMatch(seen[^1], pattern))
        {
            Assert.True(told.TryTake(out string? line, (int)Patience.TotalMilliseconds, Cancel) && !limit.IsCancellationRequested, $"'{pattern}' was not told: {string.Join('\n', seen)}");
            seen.Add(line);
        }
    }

    private static async Task ApplyAsync(LabSite site, string fault)
    {
        string[] words = fault.Split(' ');
        await LabFaults.ApplyAsync(site, words[0], words[1..], Cancel);
    }

    private static string[] Texts(ScriptResult result) => [.. result.Clean().Select(o => $"{o}")];

    private static string Text(PSObject o, string property) => $"{o.Properties[property].Value}";
}
