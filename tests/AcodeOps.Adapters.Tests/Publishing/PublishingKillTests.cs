using AcodeOps.Adapters.Tests.Failover;
using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Configuration;
using AcodeOps.Runbooks;

namespace AcodeOps.Adapters.Tests.Publishing;

/// <summary>
/// The process that publishes is killed by SIGKILL before and after its writes into the journal: in the middle of every step.
/// Another process goes on with it, or takes it back. Airbyte is then wholly as the files say, or wholly as it was; and what
/// was half done was on record.
/// </summary>
public sealed class PublishingKillTests(LabFixture labs)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Killed_anywhere_it_is_resumed_or_taken_back(bool resume)
    {
        await using PublishingSite site = await PublishingSite.StartAsync(labs);
        (_, _, Guid connection) = await site.BeginAsync();
        AddConnection(site, "left over");
        await site.PublishAsync();
        Dictionary<string, string> before = site.Files();
        string world = await site.WorldAsync();
        await MakeNewFilesAsync(site, withDeletion: resume);
        Dictionary<string, string> after = site.Files();

        int killed = 0;
        foreach (int write in Thoroughness.KillPoints(usualStep: 10))
        {
            foreach (bool early in Thoroughness.IsFull ? (bool[])[true, false] : [write % 2 == 0])
            {
                string where = $"killed {(early ? "before" : "after")} write {write}";
                string? alive = await PublishingProcess.RunAsync(site, write, early, Cancel);
                killed += alive is null ? 1 : 0;
                if (alive is null)
                {
                    await TakeUpAsync(site, resume, where);
                    if (!resume && world != await site.WorldAsync())
                    {
                        // Killed when everything was on record: a publication that is complete is taken back as well.
                        await UndoLastAsync(site);
                    }
                }

                if (alive is not null || resume)
                {
                    // Everything is there, or nothing was begun: then it is done now.
                    await site.PublishAsync(new PublicationOptions { Prune = true, AllowStateReset = true });
                    Assert.True((await site.CompareAsync(secrets: true, prune: true)).Count == 0, where);
                    Assert.Equal(resume ? 5 : 6, (await site.ReadAsync()).Resources.Count);
                    site.Write(before);
                    await site.PublishAsync(new PublicationOptions { Prune = true, AllowStateReset = true });
                    site.Write(after);
                }
                else
                {
                    Assert.True(world == await site.WorldAsync(), where);
                }

                if (alive is not null)
                {
                    Assert.StartsWith("Completed", alive);
                    Assert.InRange(killed, Thoroughness.IsFull ? 30 : 1, 80);
                    Assert.NotNull(await site.Installation.Airbyte.ReadConnectionAsync(connection, Cancel));
                    return;
                }
            }
        }
    }

    // A new connection on a new destination, another schedule and another list of streams, another setting of the source, and one connection less.
    private static async Task MakeNewFilesAsync(PublishingSite site, bool withDeletion)
    {
        string lake = await File.ReadAllTextAsync(site.File("destinations/lake"), Cancel);
        Put(site, "destinations/second", lake.Replace("resource_name: lake", "resource_name: second", StringComparison.Ordinal).Replace("s3_bucket_path: published", "s3_bucket_path: second", StringComparison.Ordinal));
        site.Refer("destinations/second", "access_key_id", "secretsmanager:acode/s3");
        site.Refer("destinations/second", "secret_access_key", "secretsmanager:acode/s3");
        string connection = await File.ReadAllTextAsync(site.File("connections/shop_to_lake"), Cancel);
        Put(site, "connections/to_second", connection.Replace("shop to lake", "to second", StringComparison.Ordinal).Replace("destinations/lake", "destinations/second", StringComparison.Ordinal));
        site.Edit("connections/shop_to_lake", "0 0 2 ", "0 0 3 ");
        site.Edit("connections/shop_to_lake", "sync_mode: full_refresh, destination_sync_mode: append", "sync_mode: full_refresh, destination_sync_mode: overwrite");
        site.Edit("sources/shop", @"\nconfiguration:\n", "\nconfiguration:\n  jdbc_url_params: connectTimeout=5000\n");
        if (withDeletion)
        {
            Directory.Delete(Path.Combine(site.Folder, "connections/left_over"), recursive: true);
        }
    }

    private static void AddConnection(PublishingSite site, string name)
    {
        string text = File.ReadAllText(site.File("connections/shop_to_lake"));
        Put(site, $"connections/{name.Replace(' ', '_')}", text.Replace("shop to lake", name, StringComparison.Ordinal));
    }

    private static void Put(PublishingSite site, string place, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(site.File(place))!);
        File.WriteAllText(site.File(place), text);
    }

    private static async Task UndoLastAsync(PublishingSite site)
    {
        RunbookRun last = (await new JournalReader(site.Installation).ReadAsync(2, unfinishedOnly: false, Cancel).FirstAsync(Cancel)).Run!;
        FailoverSite.AssertStatus(RunbookStatus.Completed, last);
        FailoverSite.AssertStatus(RunbookStatus.Undone, await new RunbookEngine(site.Installation, FailoverSite.Origin).UndoAsync(last.RunId, new RunOptions(), progress: null, Cancel));
    }

    private static async Task TakeUpAsync(PublishingSite site, bool resume, string where)
    {
        List<RunReading> unfinished = await new JournalReader(site.Installation).ReadAsync(2, unfinishedOnly: true, Cancel).ToListAsync(Cancel);
        if (unfinished.Count == 0)
        {
            // Killed before anything was on record, or after everything was.
            return;
        }

        RunbookRun run = Assert.Single(unfinished).Run!;
        RunbookEngine engine = new(site.Installation, FailoverSite.Origin);
        RunbookRun ended = resume
            ? await engine.ResumeAsync(run.RunId, new RunOptions(), progress: null, Cancel)
            : await engine.UndoAsync(run.RunId, new RunOptions(), progress: null, Cancel);
        Assert.True(ended.Status == (resume ? RunbookStatus.Completed : RunbookStatus.Undone), $"{where}: {ended}. {ended.ErrorId}: {ended.Error}");
    }
}
