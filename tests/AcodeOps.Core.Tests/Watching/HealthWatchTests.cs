using AcodeOps.Watching;

namespace AcodeOps.Core.Tests.Watching;

/// <summary>A watch in virtual time: when it switches by itself, when it does not, and why.</summary>
[Collection(Alone.Name)]
public sealed class HealthWatchTests
{
    private const int Needed = 4;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_outage_is_switched_away_from_once_enough_looks_have_failed_and_not_before()
    {
        SimulatedSite site = new();
        List<WatchReading> seen = await site.WatchAsync(site.NewWatch(), 12, look => PrimaryDown(site, look >= 3));

        int acted = seen.FindIndex(reading => reading.Run is not null);
        Assert.Equal(3 + Needed - 1, acted);
        Assert.Equal("backup_mysql", site.Active);
        Assert.Equal(RecoveryStrategy.None, seen[^1].Decision.Strategy);
        Assert.All(seen, reading => Assert.Null(reading.Hold));
        Assert.Equal(SimulatedSite.Noon.AddSeconds(30), seen[acted].Assessment.FailedSince);
    }

    [Fact]
    public async Task The_first_looks_alone_decide_nothing()
    {
        SimulatedSite site = new();
        List<WatchReading> seen = await site.WatchAsync(site.NewWatch(), Needed - 1, _ => PrimaryDown(site, true));

        Assert.All(seen, reading => Assert.Equal(RecoveryStrategy.Unknown, reading.Decision.Strategy));
    }

    [Fact]
    public async Task Without_leave_it_only_says_what_would_have_to_be_done()
    {
        SimulatedSite site = new();
        List<WatchReading> seen = await site.WatchAsync(site.NewWatch(autoFailover: false), 8, _ => PrimaryDown(site, true));

        Assert.Equal("backup_mysql", seen[^1].Decision.Strategy);
        Assert.Empty(site.Runs);
    }

    [Theory]
    [InlineData(Verdict.Unknown, FailureClass.Authentication, "RecoveryUndecided")]
    [InlineData(Verdict.Unknown, FailureClass.Permission, "RecoveryUndecided")]
    [InlineData(Verdict.Unknown, FailureClass.NameNotResolved, "RecoveryUndecided")]
    [InlineData(Verdict.Degraded, FailureClass.TooManyConnections, null)]
    [InlineData(Verdict.Failed, FailureClass.NotFound, "NotAnOutage")]
    public async Task What_is_no_outage_never_leads_to_a_switch(Verdict verdict, FailureClass cause, string? hold)
    {
        SimulatedSite site = new();
        List<WatchReading> seen = await site.WatchAsync(site.NewWatch(), 60, _ => site.Faults[RecoveryPart.PrimarySource] = (verdict, cause));

        Assert.Empty(site.Runs);
        // While the replica hears of it, a primary that fails here is not known to have failed at all.
        Assert.Equal(cause == FailureClass.NotFound ? "RecoveryUndecided" : hold, seen[^1].Hold?.Id);
        site.Hears = false;
        seen = await site.WatchAsync(site.NewWatch(), 60, _ => site.Faults[RecoveryPart.PrimarySource] = (verdict, cause));
        Assert.Equal(hold, seen[^1].Hold?.Id);
        Assert.Empty(site.Runs);
    }

    [Fact]
    public async Task After_a_switch_the_next_one_waits_for_an_acknowledgement_and_then_for_its_time()
    {
        SimulatedSite site = new(new WatchDefinition { ProbeSeconds = 10, MinutesBetweenSwitches = 10 });
        HealthWatch watch = site.NewWatch();
        await site.WatchAsync(watch, 6, _ => PrimaryDown(site, true));
        Assert.Equal("backup_mysql", site.Active);

        // The replica goes, too, while the primary is back: a switch back would help, and is not for the watch to make.
        PrimaryDown(site, false);
        site.Faults[RecoveryPart.BackupSource] = (Verdict.Failed, FailureClass.ConnectionRefused);
        List<WatchReading> blocked = await site.WatchAsync(watch, 10);
        Assert.Equal(("primary", "SwitchNotAcknowledged"), (blocked[^1].Decision.Strategy, blocked[^1].Hold?.Id));

        site.Acknowledge();
        List<WatchReading> early = await site.WatchAsync(watch, 1);
        Assert.Equal("SwitchTooSoon", early[^1].Hold?.Id);
        await site.WatchAsync(watch, 60);
        Assert.Equal("primary", site.Active);
        Assert.InRange(site.Runs[^1].StartedAt - site.Runs[0].StartedAt, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10.5));
    }

    [Fact]
    public async Task In_maintenance_nothing_is_switched_and_right_after_it_it_is()
    {
        SimulatedSite site = new(new WatchDefinition { ProbeSeconds = 10, Maintenance = [MaintenanceWindow.TryParse("tuesday 12:00-12:05")!] });
        List<WatchReading> seen = await site.WatchAsync(site.NewWatch(), 40, _ => PrimaryDown(site, true));

        int acted = seen.FindIndex(reading => reading.Run is not null);
        Assert.Equal(SimulatedSite.Noon.AddMinutes(5), seen[acted].At);
        Assert.Equal("MaintenanceWindow", seen[acted - 1].Hold?.Id);
    }

    [Fact]
    public async Task The_lag_is_remembered_for_when_the_replica_can_only_say_null()
    {
        SimulatedSite site = new() { LagSeconds = 900 };
        List<WatchReading> seen = await site.WatchAsync(site.NewWatch(), 12, look => PrimaryDown(site, look >= 3));

        Assert.Empty(site.Runs);
        Assert.Equal("ReplicaBehind", seen[^1].Hold?.Id);
        Assert.Null(seen[^1].LagSeconds);
        Assert.Equal(new KnownLag(900, SimulatedSite.Noon.AddSeconds(20)), seen[^1].Assessment.LastKnownLag);
        Assert.Contains("the replica was 900 s behind at 12:00:20Z, the last time it could tell", seen[^1].Assessment.Evidence);
    }

    [Fact]
    public async Task Where_no_route_is_on_it_switches_none_on()
    {
        SimulatedSite site = new() { Active = null };
        List<WatchReading> seen = await site.WatchAsync(site.NewWatch(), 8);

        Assert.Equal("NoRouteActive", seen[^1].Hold?.Id);
        Assert.Empty(site.Runs);
    }

    [Fact]
    public async Task Where_no_route_is_left_people_are_called_once_by_one_of_several_watches()
    {
        SimulatedSite site = new();
        HealthWatch[] watches = [site.NewWatch(), site.NewWatch()];
        foreach (HealthWatch watch in watches)
        {
            List<WatchReading> seen = await site.WatchAsync(watch, 12, _ =>
            {
                PrimaryDown(site, true);
                site.Faults[RecoveryPart.BackupSource] = (Verdict.Failed, FailureClass.ConnectionRefused);
            });
            Assert.Equal("FullDisasterRecovery", seen[^1].Hold?.Id);
        }

        Assert.Equal(RunbookStatus.Escalated, Assert.Single(site.Runs).Status);
    }

    [Fact]
    public async Task A_switch_that_is_taken_back_is_not_tried_again_at_once()
    {
        SimulatedSite site = new(new WatchDefinition { ProbeSeconds = 10, MinutesBetweenSwitches = 10 }) { OnRecover = _ => RunbookStatus.Undone };
        List<WatchReading> seen = await site.WatchAsync(site.NewWatch(), 30, _ => PrimaryDown(site, true));

        Assert.Single(site.Runs);
        Assert.Equal("SwitchTooSoon", seen[^1].Hold?.Id);
    }

    [Fact]
    public async Task Only_what_changes_is_told()
    {
        SimulatedSite site = new();
        WatchBoard board = new(site.Installation.Environment, maySwitch: true);
        List<string> told = [];
        await site.ForEachAsync(site.NewWatch(), 60, look =>
        {
            // Airbyte is away for a while, then another watch switches, then the primary dies.
            bool isAway = look is > 5 and < 15;
            site.TellsRoutes = !isAway;
            if (isAway)
            {
                site.Faults[RecoveryPart.Airbyte] = (Verdict.Failed, FailureClass.ConnectionRefused);
            }
            else
            {
                site.Faults.Remove(RecoveryPart.Airbyte);
            }

            if (look == 30)
            {
                site.Switch("backup_s3", isAutomatic: false);
            }

            PrimaryDown(site, look > 40);
        }, reading => told.AddRange(board.Add(reading).Select(happened => happened.Text.Split('.')[0])));

        // What every other check says of an installation without any part is not of interest here.
        string[] kinds = ["Route", "To be done", "PrimarySource"];
        Assert.Equal(
            [
                "Route 'primary' writes", "To be done: airbyte_down", "Route 'primary' writes, and its source and its storage can be used",
                "Route 'backup_s3' writes now: another has switched", "PrimarySource: ConnectionRefused", "PrimarySource: ConnectionRefused", "To be done: backup_mysql",
            ],
            told.Where(text => kinds.Any(kind => text.StartsWith(kind, StringComparison.Ordinal))));
    }

    [Fact]
    public async Task It_runs_for_hours_on_the_same_memory_and_misses_no_outage()
    {
        SimulatedSite site = new(new WatchDefinition { ProbeSeconds = 1, MinutesBetweenSwitches = 1 });
        WatchBoard board = new(site.Installation.Environment, maySwitch: true);
        HealthWatch watch = site.NewWatch();
        const int Hour = 3600;
        const int EachOutage = 600;
        List<long> held = [];
        await site.ForEachAsync(watch, 2 * Hour, look =>
        {
            PrimaryDown(site, look % EachOutage is > 100 and < 300);
            if (look % EachOutage == 500)
            {
                site.Acknowledge();
                site.Switch("primary", isAutomatic: false);
            }

            if (look % Hour == Hour / 4)
            {
                held.Add(GC.GetTotalMemory(forceFullCollection: true));
            }
        }, reading => board.Add(reading));

        Assert.Equal(2 * Hour / EachOutage, site.Runs.Count(run => run.Plan is FailoverPlan { IsAutomatic: true }));
        Assert.InRange(board.Events.Count, 1, 50);
        Assert.All(board.Frame()!.Rows, row => Assert.InRange(row.History.Count, 1, 48));

        // The history of runs grows by what was switched; the watch itself by nothing.
        Assert.InRange(held[1] - held[0], long.MinValue, 500_000);
    }

    [Fact]
    public async Task Stopped_it_ends_at_once()
    {
        SimulatedSite site = new();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        await using IAsyncEnumerator<WatchReading> looks = site.NewWatch().RunAsync(stop.Token).GetAsyncEnumerator(Cancel);
        Assert.True(await looks.MoveNextAsync());
        ValueTask<bool> next = looks.MoveNextAsync();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
    }

    private static void PrimaryDown(SimulatedSite site, bool isDown)
    {
        site.Hears = !isDown;
        if (isDown)
        {
            site.Faults[RecoveryPart.PrimarySource] = (Verdict.Failed, FailureClass.ConnectionRefused);
        }
        else
        {
            site.Faults.Remove(RecoveryPart.PrimarySource);
        }
    }
}
