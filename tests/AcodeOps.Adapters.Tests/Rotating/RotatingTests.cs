using AcodeOps.Adapters.Tests.Failover;
using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Runbooks;
using AcodeOps.Secrets.Rotating;

namespace AcodeOps.Adapters.Tests.Rotating;

/// <summary>Whole rotations on real servers while syncs run all the time: none of them ever fails or is cancelled, and at the end one password is left.</summary>
[Collection(RotatingCollection.Name)]
public sealed class RotatingTests(LabFixture labs)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseFlavor.MySql, SourceRole.Primary, RotationMode.DualPassword)]
    [InlineData(DatabaseFlavor.MySql, SourceRole.Backup, RotationMode.DualPassword)]
    [InlineData(DatabaseFlavor.MySql, SourceRole.Primary, RotationMode.AlternatingUser)]
    [InlineData(DatabaseFlavor.MariaDb, SourceRole.Backup, RotationMode.AlternatingUser)]
    [InlineData(DatabaseFlavor.MariaDb, SourceRole.Primary, RotationMode.AlternatingUser)]
    public async Task While_syncs_run_all_the_time_none_fails(DatabaseFlavor flavor, SourceRole role, RotationMode mode)
    {
        await using RotatingSite site = await RotatingSite.StartAsync(labs, flavor, role);
        await using SyncsAllTheTime syncs = new(site);
        await syncs.BegunAsync(Cancel);
        string first = (await site.DescribeAsync()).CurrentVersionId!;
        // The store keeps the first password, and must find the later ones by itself.
        await site.Installation.Source(role).ProbeAsync(Cancel);

        RunbookRun run = await site.RotateAsync(new RotationRequest { Source = role, Mode = mode });
        FailoverSite.AssertStatus(RunbookStatus.Completed, run);
        RotationResult result = Assert.IsType<RotationResult>(run.Result);
        Assert.Equal((mode, first), (result.Mode, result.FormerVersionId));
        Assert.NotEmpty(result.ProvenBy);
        await site.AssertSettledAsync("rotated", first);
        Assert.Equal(mode == RotationMode.AlternatingUser ? $"{site.User}_b" : site.User, (await site.SecretAsync()).UserName);
        await site.Installation.Source(role).ProbeAsync(Cancel);

        // Once more, as the next month does: the users' turn comes round.
        string second = (await site.DescribeAsync()).CurrentVersionId!;
        FailoverSite.AssertStatus(RunbookStatus.Completed, await site.RotateAsync(new RotationRequest { Source = role, Mode = mode }));
        await site.AssertSettledAsync("rotated twice", first, second);
        Assert.Equal(site.User, (await site.SecretAsync()).UserName);
        await site.Installation.Source(role).ProbeAsync(Cancel);
        if (role == SourceRole.Backup)
        {
            await AssertNoErrantAsync(site);
        }

        await site.Lab.Databases.WaitUntilInSyncAsync(TimeSpan.FromSeconds(20), Cancel);
        IReadOnlyList<Sync> all = await syncs.EndAsync();
        Assert.All(all, sync => Assert.Equal(SyncStatus.Succeeded, sync.Status));
        Assert.InRange(all.Count, 4, int.MaxValue);
    }

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task A_complete_rotation_is_taken_back_too(DatabaseFlavor flavor)
    {
        await using RotatingSite site = await RotatingSite.StartAsync(labs, flavor, SourceRole.Primary);
        await using SyncsAllTheTime syncs = new(site);
        await syncs.BegunAsync(Cancel);
        string first = (await site.DescribeAsync()).CurrentVersionId!;
        RunbookRun run = await site.RotateAsync();
        FailoverSite.AssertStatus(RunbookStatus.Completed, run);
        string second = (await site.DescribeAsync()).CurrentVersionId!;
        RunbookRun undone = await new RunbookEngine(site.Installation, FailoverSite.Origin).UndoAsync(run.RunId, new RunOptions(), progress: null, Cancel);
        FailoverSite.AssertStatus(RunbookStatus.Undone, undone);
        Assert.Equal(first, (await site.DescribeAsync()).CurrentVersionId);
        await site.AssertSettledAsync("undone", first, second);
        await AssertNowhereAsync(site, run, (await site.SecretAsync(first)).Password.Reveal(), (await site.SecretAsync(second)).Password.Reveal());
        Assert.All(await syncs.EndAsync(), sync => Assert.Equal(SyncStatus.Succeeded, sync.Status));
    }

    // Journal and audit trail, on this machine and in the storage, and the run itself.
    private static async Task AssertNowhereAsync(RotatingSite site, RunbookRun run, params string[] passwords)
    {
        List<string> written = [System.Text.Json.JsonSerializer.Serialize(run), $"{new RotationConsent((RotationPlan)run.Plan!).Description}"];
        IObjectStore storage = site.Installation.Storage(StorageRole.Audit);
        await foreach (StoredObject stored in storage.ListAsync(storage.Definition.Prefix, cancel: Cancel))
        {
            written.Add(System.Text.Encoding.UTF8.GetString((await storage.GetAsync(stored.Key, Cancel))!.Content.Span));
        }

        foreach (byte[] line in await site.Installation.Journals.ReadAsync(run.RunId, Cancel))
        {
            written.Add(System.Text.Encoding.UTF8.GetString(line));
        }

        Assert.InRange(written.Count, 80, 1000);
        Assert.All(written, text => Assert.DoesNotContain(passwords, password => text.Contains(password, StringComparison.Ordinal)));
    }

    // An account statement in the replica's binary log would be a transaction that its primary does not know.
    private static async Task AssertNoErrantAsync(RotatingSite site)
    {
        if (site.Lab.Databases.Flavor == DatabaseFlavor.MariaDb)
        {
            // Domain, server, number: the last one is the primary's.
            Assert.Matches("^0-1-[0-9]+$", $"{await site.Server.ScalarAsync("SELECT @@global.gtid_binlog_pos", Cancel)}");
            return;
        }

        string here = $"{await site.Server.ScalarAsync("SELECT @@global.gtid_executed", Cancel)}";
        string there = $"{await site.Lab.Databases.Primary.ScalarAsync("SELECT @@global.gtid_executed", Cancel)}";
        Assert.Equal("", $"{await site.Server.ScalarAsync($"SELECT GTID_SUBTRACT('{here}', '{there}')", Cancel)}");
    }
}
