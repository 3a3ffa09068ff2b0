using System.Text.Json.Nodes;
using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Runbooks;

namespace AcodeOps.Adapters.Tests.Failover;

/// <summary>Switches while Airbyte or S3 answer with faults: made all the same, or taken back whole.</summary>
public sealed class SwitchAnswerTests(LabFixture labs)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("lab")]
    [InlineData("incremental")]
    public async Task An_airbyte_that_faults_once_at_any_call_does_not_stop_a_switch(string environment)
    {
        await using FailoverSite site = await FailoverSite.ShareAsync(labs, typeof(SwitchAnswerTests), DatabaseFlavor.MySql, environment, rows: 300);
        (string Method, string Path)[] calls =
        [
            ("GET", "/api/public/v1/connections"), ("PATCH", "/api/public/v1/connections"), ("GET", "/api/public/v1/jobs"), ("POST", "/api/public/v1/jobs"),
            ("GET", "/api/public/v1/sources"), ("GET", "/api/public/v1/destinations"), ("POST", "/api/v1/state/get"), ("POST", "/api/v1/state/create_or_update_safe"),
        ];
        int target = 1;
        bool isAfter = Random.Shared.Next(2) == 0;
        TestContext.Current.TestOutputHelper!.WriteLine($"the first answer is {(isAfter ? "refused" : "lost")}");
        foreach ((string method, string path) in calls)
        {
            foreach (bool afterTheWork in Thoroughness.IsFull ? (bool[])[false, true] : [isAfter = !isAfter])
            {
                FailoverPlan plan = await site.PlanAsync(site.Installation.Environment.Routes[target].Name);
                await site.AirbyteFaultAsync(new JsonObject { ["kind"] = "http", ["method"] = method, ["pathPrefix"] = path, ["status"] = 503, ["afterTheWork"] = afterTheWork });

                FailoverSite.AssertStatus(RunbookStatus.Completed, await site.RunAsync(plan));

                target = 1 - target;
                await site.ClearAirbyteFaultsAsync();
            }
        }

        await site.AssertSingleWriterAsync();
    }

    [Fact]
    public async Task Tokens_that_die_in_the_middle_are_renewed()
    {
        await using FailoverSite site = await FailoverSite.ShareAsync(labs, typeof(SwitchAnswerTests), DatabaseFlavor.MySql, "incremental", rows: 300);
        await site.AirbyteSettingsAsync(new JsonObject { ["tokenLifeSeconds"] = 0.3 });

        FailoverSite.AssertStatus(RunbookStatus.Completed, await site.SwitchAsync("backup_mysql+backup_s3"));
        await site.AssertSingleWriterAsync();
    }

    // S3 is away for a time that begins at any moment of the switch: it is done, or taken back, or left resumable; never two writers.
    [Fact]
    public async Task An_s3_that_faults_in_the_middle_never_leaves_two_writers_or_a_loss()
    {
        await using FailoverSite site = await FailoverSite.ShareAsync(labs, typeof(SwitchAnswerTests), DatabaseFlavor.MySql, rows: 300);
        string active = "primary";
        for (int moment = 0; moment < 12; moment++)
        {
            string to = active == "primary" ? "backup_mysql" : "primary";
            FailoverPlan plan = await site.PlanAsync(to);
            Task<RunbookRun> running = site.RunAsync(plan);
            await Task.Delay(TimeSpan.FromMilliseconds(150 * moment), Cancel);
            await site.FaultAsync("storage-error", "503");
            await Task.Delay(TimeSpan.FromSeconds(2), Cancel);
            await site.ClearAsync("storage-error");
            RunbookRun run = await SettleAsync(site, running);

            active = run.Status == RunbookStatus.Completed ? to : active;
            await site.AssertActiveAsync(active);
            await site.AssertSingleWriterAsync();
        }
    }

    private static async Task<RunbookRun> SettleAsync(FailoverSite site, Task<RunbookRun> running)
    {
        RunbookRun run;
        try
        {
            run = await running;
        }
        catch (AcodeException refused)
        {
            // Before anything was begun: the lease could not be had.
            Assert.Equal("LeaseStoreUnavailable", refused.Id);
            return new RunbookRun { RunId = "", Runbook = "failover", Title = "", Environment = "", Status = RunbookStatus.Undone, StartedAt = default };
        }

        return run.IsUnfinished ? await new RunbookEngine(site.Installation, FailoverSite.Origin).ResumeAsync(run.RunId, new RunOptions(), progress: null, Cancel) : run;
    }
}
