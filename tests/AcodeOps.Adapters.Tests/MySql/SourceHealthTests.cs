using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Health;
using AcodeOps.Lab.Servers.Databases;

namespace AcodeOps.Adapters.Tests.MySql;

/// <summary>The probes that look at sources, on a real pair: healthy, and in the faults that an operator meets.</summary>
public sealed class SourceHealthTests(LabFixture lab)
{
    private static readonly HealthProbe[] Probes =
        [new SourceProbe(), new ReplicationProbe(), new ReadOnlyProbe(), new SchemaProbe(), new WatermarkProbe(), new FreshnessProbe(), new VolumeProbe(), new ClockProbe()];

    private static readonly TableDefinition Table = new() { Name = "sales", EventDate = "Data", ProcessedAt = "Data_Processamento", Columns = ["EAN"] };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task A_pair_is_healthy_until_its_primary_hangs_or_dies(DatabaseFlavor flavor)
    {
        await using OwnPair own = await lab.NewPairAsync(flavor);
        DatabasePair pair = own.Pair;
        await pair.Primary.ExecuteAsync(
            """
            CREATE TABLE sales (idpk BIGINT AUTO_INCREMENT PRIMARY KEY, Data DATE, Data_Processamento DATETIME, EAN VARCHAR(14));
            CREATE TABLE days (d INT PRIMARY KEY); INSERT INTO days VALUES (0),(1),(2),(3),(4),(5),(6),(7),(8);
            INSERT INTO sales (Data, Data_Processamento, EAN) SELECT UTC_DATE() - INTERVAL d DAY, UTC_TIMESTAMP() - INTERVAL d DAY, '7891000100103' FROM days ORDER BY d DESC;
            """,
            Cancel, pair.Primary.Database);
        await pair.WaitUntilInSyncAsync(TimeSpan.FromSeconds(60), Cancel);
        await using SourcesOnly installation = new(pair, Table);

        IReadOnlyList<HealthCheck> healthy = await RoundAsync(installation, 60);
        Assert.All(healthy, check => Assert.True(check.Verdict == Verdict.Healthy, $"{check} {check.Remedy}"));
        Assert.Equal(11, healthy.Count);

        // The primary hangs: it accepts connections and says nothing.
        await SourceUnderTest.HangAsync(pair.Primary, Cancel);
        AssertPrimaryAway(await RoundAsync(installation, 5), "SourceTimedOut");
        pair.Primary.Process.Continue();

        await pair.Primary.Process.KillAsync();
        IReadOnlyList<HealthCheck> orphaned;
        do
        {
            orphaned = await RoundAsync(installation, 30);
        }
        while (Find(orphaned, HealthComponent.Replication, "backup").Verdict == Verdict.Healthy);

        AssertPrimaryAway(orphaned, "SourceRefused");
        HealthCheck replication = Find(orphaned, HealthComponent.Replication, "backup");
        Assert.Equal(Verdict.Degraded, replication.Verdict);
        // MariaDB does not tell when it last heard from its source.
        Assert.StartsWith(flavor == DatabaseFlavor.MySql ? "Has received nothing for" : "Receives nothing; the replica does not say since when", replication.Summary, StringComparison.Ordinal);
        Assert.Contains("everything received is applied", replication.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task A_table_that_is_missing_or_empty_is_never_healthy(DatabaseFlavor flavor)
    {
        DatabasePair pair = await lab.PairAsync(flavor);
        await pair.Primary.ExecuteAsync("CREATE TABLE IF NOT EXISTS hollow (idpk BIGINT PRIMARY KEY, Data DATE, Data_Processamento DATETIME)", Cancel, pair.Primary.Database);
        await pair.WaitUntilInSyncAsync(TimeSpan.FromSeconds(60), Cancel);
        await using SourcesOnly installation = new(pair, Table with { Name = "hollow", Columns = [] }, Table with { Name = "never_made" });

        IReadOnlyList<HealthCheck> checks = await RoundAsync(installation, 60);

        Assert.Equal(Verdict.Healthy, Find(checks, HealthComponent.Schema, "hollow").Verdict);
        Assert.Equal(Verdict.Failed, Find(checks, HealthComponent.Schema, "never_made").Verdict);
        Assert.All(
            checks.Where(c => c.Component is HealthComponent.Freshness or HealthComponent.Volume or HealthComponent.Watermark),
            check => Assert.True(check is { Verdict: Verdict.Unknown, Cause: not null, Remedy: not null }, check.ToString()));
        Assert.Equal("TableEmpty", Find(checks, HealthComponent.Freshness, "hollow: processed").ErrorId);
    }

    private static void AssertPrimaryAway(IReadOnlyList<HealthCheck> checks, string errorId)
    {
        HealthCheck primary = Find(checks, HealthComponent.Source, "primary");
        Assert.True(primary.IsOutage && primary.ErrorId == errorId, primary.ToString());
        Assert.Contains("partner", primary.Remedy, StringComparison.Ordinal);
        Assert.Equal(Verdict.Healthy, Find(checks, HealthComponent.Source, "backup").Verdict);
        // What cannot be compared is not known; what the backup can tell by itself still is.
        Assert.Equal(Verdict.Unknown, Find(checks, HealthComponent.Watermark, "sales").Verdict);
        HealthCheck schema = Find(checks, HealthComponent.Schema, "sales");
        Assert.Equal(Verdict.Unknown, schema.Verdict);
        Assert.StartsWith("The backup has what is expected; the primary could not be asked", schema.Summary, StringComparison.Ordinal);
        Assert.Equal(Verdict.Healthy, Find(checks, HealthComponent.Freshness, "sales: processed").Verdict);
        Assert.Equal(Verdict.Healthy, Find(checks, HealthComponent.Volume, "sales").Verdict);
    }

    private static HealthCheck Find(IReadOnlyList<HealthCheck> checks, HealthComponent component, string target) =>
        checks.Single(check => check.Component == component && check.Target == target);

    private static async Task<IReadOnlyList<HealthCheck>> RoundAsync(SourcesOnly installation, int seconds)
    {
        List<HealthCheck> checks = [];
        await foreach (HealthCheck check in HealthRunner.RunAsync(installation, Probes, TimeSpan.FromSeconds(seconds), Cancel))
        {
            checks.Add(check);
            TestContext.Current.SendDiagnosticMessage($"{check} {check.Remedy}");
        }

        return checks;
    }
}
