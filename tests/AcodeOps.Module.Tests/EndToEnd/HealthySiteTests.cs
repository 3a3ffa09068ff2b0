using AcodeOps.Lab;
using AcodeOps.Lab.Servers.Databases;

namespace AcodeOps.Module.Tests.EndToEnd;

/// <summary>The packed module against a whole lab that is well.</summary>
[Collection(SharedSites.OtherCollection)]
public sealed class HealthySiteTests(SharedSites sites)
{
    private static readonly string[] Absent = ["Kubernetes", "Deployment"];

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task Every_check_is_healthy_and_every_component_is_looked_at(DatabaseFlavor flavor)
    {
        LabSite site = await sites.HealthyAsync(flavor);
        using LabSession session = new(site);
        IReadOnlyList<SeenCheck> seen = session.Checks();
        Assert.True(seen.All(c => c.Verdict == "Healthy"), SeenCheck.Unhealthy(seen));
        Assert.Equal(
            session.Run("[enum]::GetNames([AcodeOps.HealthComponent])").Clean().Select(n => $"{n}").Except(Absent).Order(StringComparer.Ordinal),
            seen.Select(c => c.Component).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(seen.Count, seen.Select(c => (c.Component, c.Target)).Distinct().Count());
        Assert.All(seen, c => Assert.Null(c.Cause));
        Assert.True(session.Quiet());
    }

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task One_component_gives_its_checks_only(DatabaseFlavor flavor)
    {
        using LabSession session = new(await sites.HealthyAsync(flavor));
        Assert.Equal(
            [("Source", "backup"), ("Source", "primary")],
            session.Checks("-Component Source -TimeoutSeconds 30").Select(c => (c.Component, c.Target)).Order());
        Assert.True(session.Quiet("-Component Source, Airbyte"));
        Assert.Equal(["Airbyte", "Replication"], session.Checks("Airbyte, Replication -TimeoutSeconds 30").Select(c => c.Component).Distinct().Order(StringComparer.Ordinal));
    }
}
