using System.Globalization;
using AcodeOps.Adapters.Tests.Failover;
using AcodeOps.Adapters.Tests.Lab;

namespace AcodeOps.Adapters.Tests.Publishing;

/// <summary>
/// Generated configurations, two hundred in full length, go the whole round: what is imported differs in nothing, what is published is there, the
/// second time there is nothing to do, and a backup brings back what was before.
/// </summary>
public sealed class RoundTripTests(LabFixture labs, ITestOutputHelper output)
{
    private const int AtOnce = 4;
    private static readonly int Rounds = Thoroughness.IsFull ? 200 : 60;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_Airbyte_has_goes_the_whole_round()
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable("ACODE_TEST_SEED"), CultureInfo.InvariantCulture, out int given) ? given : Random.Shared.Next(1_000_000);
        output.WriteLine($"seed {seed} (set ACODE_TEST_SEED to repeat)");
        await labs.SiteAsync(AcodeOps.Lab.Servers.Databases.DatabaseFlavor.MySql);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Rounds), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = Cancel }, async (round, _) => await GoRoundAsync(seed + round));
    }

    private async Task GoRoundAsync(int seed)
    {
        try
        {
            await using PublishingSite site = await PublishingSite.StartAsync(labs, remembers: true);
            GeneratedConfiguration generated = new(site, seed);
            await generated.MakeAsync();
            await site.ImportAsync();
            Assert.Empty(await site.CompareAsync(secrets: true));

            // Nothing but the record of what is there.
            Assert.Equal("Put on record what was applied", Assert.Single((await site.PublishAsync())!.Steps).Title);
            await AssertNothingToDoAsync(site);
            string before = await site.WorldAsync();
            Dictionary<string, string> files = site.Files();

            int changed = ChangeFiles(site, generated, new Random(seed));
            IReadOnlyList<ConfigurationChange> changes = await site.CompareAsync();
            Assert.All(changes, change => Assert.Equal((ChangeOrigin.Change, ConfigurationAction.Update), (change.Origin, change.Action)));
            Assert.Equal(changed, changes.Count);
            FailoverSite.AssertStatus(RunbookStatus.Completed, (await site.PublishAsync())!);
            Assert.Empty(await site.CompareAsync(secrets: true));
            await AssertNothingToDoAsync(site);

            FailoverSite.AssertStatus(RunbookStatus.Completed, (await site.RestoreAsync())!);
            site.Write(files);
            Assert.Empty(await site.CompareAsync(secrets: true));
            await AssertNothingToDoAsync(site);
            Assert.Equal(before, await site.WorldAsync());
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new InvalidOperationException($"seed {seed}: {e.Message}", e);
        }
    }

    private static async Task AssertNothingToDoAsync(PublishingSite site)
    {
        PublicationPlan plan = await site.PlanAsync();
        Assert.True(plan.IsEmpty, string.Join('\n', plan.Changes.Select(change => $"{change} [{change.Origin}]").Append($"{plan}")));
    }

    // One field of every file, so that each kind has its turn.
    private static int ChangeFiles(PublishingSite site, GeneratedConfiguration generated, Random random)
    {
        int changed = 0;
        foreach (string folder in Directory.EnumerateDirectories(site.Folder).SelectMany(kind => Directory.EnumerateDirectories(kind)))
        {
            string place = Path.GetRelativePath(site.Folder, folder);
            string file = site.File(place);
            string text = File.ReadAllText(file);

            // The lab's Airbyte tries settings, and writes Parquet only.
            bool isTried = !text.Contains("format_type: ", StringComparison.Ordinal) || text.Contains("format_type: Parquet", StringComparison.Ordinal);
            (string key, string value) = (place.Split(Path.DirectorySeparatorChar)[0], isTried ? random.Next(2) : 1) switch
            {
                ("sources", 0) => ("jdbc_url_params", $"connectTimeout={random.Next(200_000, 300_000)}"),
                ("destinations", 0) => ("s3_bucket_path", $"changed/{random.Next()}"),
                ("connections", 0) => ("prefix", $"changed_{random.Next()}_"),
                _ => ("resource_name", $"{generated.Text()} changed"),
            };
            string quoted = $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
            string line = System.Text.RegularExpressions.Regex.IsMatch(text, $@"(?m)^\s*{key}:") ? "" : $"  {key}: {quoted}\n";
            text = line.Length > 0
                ? text.Replace("\nconfiguration:\n", $"\nconfiguration:\n{line}", StringComparison.Ordinal)
                : System.Text.RegularExpressions.Regex.Replace(text, $@"(?m)^(\s*{key}:).*$", match => $"{match.Groups[1].Value} {quoted}");
            File.WriteAllText(file, text);
            changed++;
        }

        return changed;
    }
}
