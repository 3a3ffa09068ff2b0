using AcodeOps.Adapters.Tests.Failover;
using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Configuration;
using AcodeOps.Configuration.Publishing;
using AcodeOps.Runbooks;

namespace AcodeOps.Adapters.Tests.Publishing;

/// <summary>Two who publish at once, and somebody who changes Airbyte between plan and act: nothing is made twice, and nothing is overwritten unseen.</summary>
public sealed class PublishingRaceTests(LabFixture labs)
{
    private const int Rounds = 6;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_two_who_publish_one_does()
    {
        await using PublishingSite site = await PublishingSite.StartAsync(labs);
        await site.BeginAsync();
        for (int round = 0; round < Rounds; round++)
        {
            string place = $"connections/round_{round}";
            Directory.CreateDirectory(Path.GetDirectoryName(site.File(place))!);
            await File.WriteAllTextAsync(site.File(place), (await File.ReadAllTextAsync(site.File("connections/shop_to_lake"), Cancel)).Replace("shop to lake", $"round {round}", StringComparison.Ordinal), Cancel);
            site.Refer("connections/shop_to_lake", "prefix", $"round_{round}_");
            string?[] ends = await Task.WhenAll(PublishAsync(), PublishAsync());
            Assert.Contains("Completed", ends);
            Assert.All(ends, end => Assert.Contains(end, (string?[])["Completed", "LeaseHeld", "PlanOutdated", null]));
            Assert.Equal(2 + round, await site.Installation.Airbyte.Resources.ListAsync(ConfiguredKind.Connection, Cancel).CountAsync(Cancel));
            Assert.Empty(await site.CompareAsync(secrets: true));
        }

        async Task<string?> PublishAsync()
        {
            await using Installation own = new(site.Environment, session: null, TimeProvider.System);
            PublicationPlan plan = await new PublicationPlanner(own).PlanAsync(await site.ReadAsync(), new PublicationOptions(), Cancel);
            if (plan.IsEmpty)
            {
                return null;
            }

            try
            {
                RunbookRun run = await new RunbookEngine(own, FailoverSite.Origin).StartAsync(new PublicationRunbook(plan), new RunOptions(), progress: null, Cancel);
                return run.ErrorId ?? $"{run.Status}";
            }
            catch (AcodeException refused)
            {
                return refused.Id;
            }
        }
    }

    [Fact]
    public async Task What_is_changed_by_hand_between_plan_and_act_is_not_overwritten_unseen()
    {
        await using PublishingSite site = await PublishingSite.StartAsync(labs);
        (_, Guid destination, Guid connection) = await site.BeginAsync();
        site.Refer("destinations/lake", "s3_bucket_path", "elsewhere");
        site.Refer("connections/shop_to_lake", "prefix", "mine_");
        PublicationPlan plan = await site.PlanAsync();
        await site.ByHandAsync(HttpMethod.Patch, $"connections/{connection}", new() { ["schedule"] = new System.Text.Json.Nodes.JsonObject { ["scheduleType"] = "manual" } });

        RunbookRun run = (await site.RunAsync(plan))!;
        FailoverSite.AssertStatus(RunbookStatus.Undone, run);
        Assert.Equal("PlanOutdated", run.ErrorId);
        Assert.Equal("manual", (string?)(await site.ByHandAsync(HttpMethod.Get, $"connections/{connection}"))["schedule"]!["scheduleType"]);
        Assert.Equal("published", (string?)(await site.ByHandAsync(HttpMethod.Get, $"destinations/{destination}"))["configuration"]!["s3_bucket_path"]);
    }
}
