using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Lab.Sales;

namespace AcodeOps.Adapters.Tests.Publishing;

/// <summary>A comparison asks for the pages of the lists and for nothing else: a server of five hundred connections must not feel it.</summary>
public sealed class ComparisonRequestTests(LabFixture labs)
{
    private const int Connections = 500;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Five_hundred_connections_take_seven_requests()
    {
        await using PublishingSite site = await PublishingSite.StartAsync(labs, remembers: true);
        Guid source = await site.MakeAsync("source", "shop", site.SourceSettings());
        Guid destination = await site.MakeAsync("destination", "lake", site.DestinationSettings());
        ConcurrentBag<Guid> made = [];
        await Parallel.ForEachAsync(Enumerable.Range(0, Connections), new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Cancel }, async (number, _) =>
            made.Add(await site.ConnectAsync(string.Create(CultureInfo.InvariantCulture, $"connection {number}"), source, destination, new JsonObject
            {
                ["status"] = "inactive",
                ["configurations"] = new JsonObject { ["streams"] = new JsonArray(PublishingSite.Stream(SalesTables.Daily, "full_refresh_append")) },
            })));
        await site.ImportAsync();
        await site.PublishAsync();
        Guid[] changed = [.. made.Take(3)];
        foreach (Guid connection in changed)
        {
            await site.ByHandAsync(HttpMethod.Patch, $"connections/{connection}", new() { ["prefix"] = "x_" });
        }

        ConcurrentBag<string> asked = [];
        using (Activity ours = new Activity("comparison").Start())
        using (ActivityListener listener = Listen(asked, ours.TraceId))
        {
            Assert.Equal(changed.Length, (await site.CompareAsync()).Count);
        }

        // Five pages of connections, a last page of each list, and the secret that fingerprints are made with, which is kept.
        string[] atAirbyte = [.. asked.Where(url => url.StartsWith(site.Lab.Airbyte.Endpoint, StringComparison.Ordinal))];
        Assert.True(atAirbyte.Length is 7 or 8, string.Join('\n', atAirbyte));
    }

    // Others use the same server at the same time: what is asked here bears this mark.
    private static ActivityListener Listen(ConcurrentBag<string> asked, ActivityTraceId mark)
    {
        ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == "System.Net.Http",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                if (span.TraceId == mark)
                {
                    asked.Add($"{span.GetTagItem("url.full")}");
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
