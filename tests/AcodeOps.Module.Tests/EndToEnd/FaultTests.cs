using AcodeOps.Lab;
using AcodeOps.Lab.Faults;
using AcodeOps.Lab.Servers.Databases;

namespace AcodeOps.Module.Tests.EndToEnd;

/// <summary>What the packed module says when something is broken: which check, which verdict, which cause, and that nothing is called healthy unseen.</summary>
[Collection(SharedSites.OtherCollection)]
public sealed class FaultTests(SharedSites sites)
{
    /// <summary>What nobody can know while the primary cannot be asked.</summary>
    private static readonly string[] OfPrimary = ["Source primary", "Clock against primary", "Schema", "Watermark"];

    /// <summary>What nobody can know while Airbyte cannot be asked.</summary>
    private static readonly string[] OfAirbyte = ["Airbyte", "Connection", "Parity", "Freshness landed"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<DatabaseFlavor> Flavors => [DatabaseFlavor.MySql, DatabaseFlavor.MariaDb];

    [Theory]
    [MemberData(nameof(Flavors))]
    public Task A_killed_primary_is_an_outage_and_the_backup_stays_healthy(DatabaseFlavor flavor) => WithAsync(flavor, ["kill", "primary"], (_, session) =>
    {
        IReadOnlyList<SeenCheck> seen = session.Checks();
        SeenCheck primary = One(seen, "Source", "primary");
        Assert.Equal(("Failed", "ConnectionRefused", true), (primary.Verdict, primary.Cause, primary.IsOutage));
        AssertHealthy(seen, "Source backup", "Clock against backup", "Airbyte", "Storage", "Secret");
        AssertNotHealthy(seen, [.. OfPrimary, "Replication backup"]);
        Assert.False(session.Quiet());
    });

    [Theory]
    [MemberData(nameof(Flavors))]
    public Task A_wrong_password_is_not_an_outage(DatabaseFlavor flavor) => WithAsync(flavor, ["wrong-password", "primary"], (_, session) =>
    {
        IReadOnlyList<SeenCheck> seen = session.Checks();
        SeenCheck primary = One(seen, "Source", "primary");
        Assert.Equal(("Unknown", "Authentication", false), (primary.Verdict, primary.Cause, primary.IsOutage));
        AssertHealthy(seen, "Source backup", "Replication", "Airbyte", "Storage", "Secret");
        AssertNotHealthy(seen, OfPrimary);
        Assert.DoesNotContain(seen, c => c.IsOutage);
        Assert.False(session.Quiet());
    });

    [Theory]
    [MemberData(nameof(Flavors))]
    public Task A_primary_that_swallows_packets_costs_one_timeout_and_no_result(DatabaseFlavor flavor) => WithAsync(flavor, ["black-hole", "primary"], (healthy, session) =>
    {
        IReadOnlyList<SeenCheck> seen = session.Checks("-TimeoutSeconds 15");
        Assert.Equal(healthy.Select(c => (c.Component, c.Target)).Order(), seen.Select(c => (c.Component, c.Target)).Order());
        SeenCheck primary = One(seen, "Source", "primary");
        Assert.Equal(("Failed", "Timeout", true), (primary.Verdict, primary.Cause, primary.IsOutage));
        AssertHealthy(seen, "Source backup");
        AssertNotHealthy(seen, [.. OfPrimary, "Replication backup"]);
        Assert.All(Of(seen, OfPrimary[1..]), c => Assert.Equal("Unknown", c.Verdict));
    });

    [Theory]
    [MemberData(nameof(Flavors))]
    public Task A_row_that_cannot_be_applied_fails_the_replication_and_nothing_else(DatabaseFlavor flavor) => WithAsync(flavor, ["duplicate-key"], async (_, session) =>
    {
        SeenCheck replication = await UntilAsync(session, "Replication", "backup", "Failed");
        Assert.Equal("ReplicationApplierFailed", replication.ErrorId);
        Assert.Contains("1062", replication.Summary, StringComparison.Ordinal);
        AssertHealthy(session.Checks(), "Source", "Airbyte", "Storage", "Secret", "Connection");
        Assert.False(session.Quiet("-Component Replication"));
    });

    [Theory]
    [MemberData(nameof(Flavors))]
    public Task A_stopped_applier_fails_the_replication(DatabaseFlavor flavor) => WithAsync(flavor, ["stop-applier"], async (_, session) =>
    {
        Assert.Equal("ReplicationApplierStopped", (await UntilAsync(session, "Replication", "backup", "Failed")).ErrorId);
        AssertHealthy(session.Checks(), "Source", "Airbyte", "Storage");
    });

    [Fact]
    public Task A_forbidden_bucket_is_unknown_for_want_of_permission() => WithAsync(DatabaseFlavor.MySql, ["forbid-bucket", "primary"], (_, session) =>
    {
        IReadOnlyList<SeenCheck> seen = session.Checks();
        SeenCheck storage = One(seen, "Storage", "primary");
        Assert.Equal(("Unknown", "Permission", false), (storage.Verdict, storage.Cause, storage.IsOutage));
        AssertNotHealthy(seen, "Freshness landed");
        AssertHealthy(seen, "Storage backup", "Storage emergency", "Storage quarantine", "Storage audit", "Source");
    });

    [Fact]
    public Task A_dropped_bucket_has_failed_and_is_not_found() => WithAsync(DatabaseFlavor.MySql, ["drop-bucket", "quarantine"], (_, session) =>
    {
        IReadOnlyList<SeenCheck> seen = session.Checks();
        SeenCheck storage = One(seen, "Storage", "quarantine");
        Assert.Equal(("Failed", "NotFound"), (storage.Verdict, storage.Cause));
        AssertHealthy(seen, "Storage primary", "Storage backup", "Storage emergency", "Storage audit", "Source", "Freshness landed");
    });

    [Fact]
    public Task A_storage_that_answers_503_is_never_healthy() => WithAsync(DatabaseFlavor.MySql, ["storage-error"], (_, session) =>
    {
        IReadOnlyList<SeenCheck> seen = session.Checks();
        Assert.All(Of(seen, "Storage"), c => Assert.Contains(c.Cause, (string[])["ServerFault", "Throttled"]));
        AssertNotHealthy(seen, "Storage", "Freshness landed");
        AssertHealthy(seen, "Source", "Replication", "Airbyte");
        Assert.False(session.Quiet());
    });

    [Fact]
    public Task A_killed_Airbyte_has_failed_and_takes_what_only_it_knows_with_it() => WithAsync(DatabaseFlavor.MySql, ["kill", "airbyte"], (_, session) =>
    {
        IReadOnlyList<SeenCheck> seen = session.Checks();
        SeenCheck airbyte = One(seen, "Airbyte", "airbyte");
        Assert.Equal(("Failed", "ConnectionRefused", true), (airbyte.Verdict, airbyte.Cause, airbyte.IsOutage));
        AssertNotHealthy(seen, OfAirbyte);
        AssertHealthy(seen, "Source", "Replication", "Storage", "Secret");
    });

    private Task WithAsync(DatabaseFlavor flavor, string[] fault, Action<IReadOnlyList<SeenCheck>, LabSession> look) => WithAsync(flavor, fault, (healthy, session) =>
    {
        look(healthy, session);
        return Task.CompletedTask;
    });

    private async Task WithAsync(DatabaseFlavor flavor, string[] fault, Func<IReadOnlyList<SeenCheck>, LabSession, Task> look)
    {
        LabSite site = await sites.HealthyAsync(flavor);
        IReadOnlyList<SeenCheck> healthy;
        using (LabSession before = new(site))
        {
            healthy = before.Checks();
        }

        await LabFaults.ApplyAsync(site, fault[0], fault[1..], Cancel);
        try
        {
            using LabSession session = new(site);
            await look(healthy, session);
        }
        finally
        {
            await LabFaults.ClearAsync(site, null, CancellationToken.None);
        }
    }

    // What is broken on the primary reaches the replica a moment later.
    private static async Task<SeenCheck> UntilAsync(LabSession session, string component, string target, string verdict)
    {
        SeenCheck seen = Look();
        for (int turn = 0; seen.Verdict != verdict && turn < 60; turn++)
        {
            await Task.Delay(500, Cancel);
            seen = Look();
        }

        Assert.Equal(verdict, seen.Verdict);
        return seen;

        SeenCheck Look() => One(session.Checks($"-Component {component} -TimeoutSeconds 30"), component, target);
    }

    private static SeenCheck One(IReadOnlyList<SeenCheck> seen, string component, string target) => Assert.Single(seen, c => c.Is(component, target));

    /// <param name="seen">A round.</param>
    /// <param name="which">A component, or a component and a target.</param>
    private static SeenCheck[] Of(IReadOnlyList<SeenCheck> seen, params string[] which) => [.. which.SelectMany(w =>
    {
        string[] words = w.Split(' ', 2);
        SeenCheck[] found = [.. seen.Where(c => c.Is(words[0], words.ElementAtOrDefault(1)))];
        Assert.True(found.Length > 0, $"There is no check of {w}.");
        return found;
    })];

    private static void AssertHealthy(IReadOnlyList<SeenCheck> seen, params string[] which)
    {
        SeenCheck[] wrong = [.. Of(seen, which).Where(c => c.Verdict != "Healthy")];
        Assert.True(wrong.Length == 0, "Not healthy:\n" + SeenCheck.Unhealthy(wrong));
    }

    private static void AssertNotHealthy(IReadOnlyList<SeenCheck> seen, params string[] which)
    {
        SeenCheck[] wrong = [.. Of(seen, which).Where(c => c.Verdict == "Healthy")];
        Assert.True(wrong.Length == 0, "Healthy, which nobody can know:\n" + string.Join<SeenCheck>('\n', wrong));
    }
}
