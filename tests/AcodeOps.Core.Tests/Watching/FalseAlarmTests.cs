namespace AcodeOps.Core.Tests.Watching;

/// <summary>
/// A week of bad weather in virtual time: whatever looks like an outage and is none never leads to a switch, and no real outage
/// is missed.
/// </summary>
public sealed class FalseAlarmTests
{
    private const int Minutes = 10_000;
    private static readonly string[] Forbidding = ["MaintenanceWindow", "SwitchNotAcknowledged", "SwitchTooSoon"];

    [Fact]
    public async Task Ten_thousand_minutes_bring_no_switch_that_should_not_be_and_miss_no_outage()
    {
        int seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        Random random = new(seed);
        SimulatedSite site = new(new WatchDefinition
        {
            ProbeSeconds = 10,
            MinutesBetweenSwitches = 30,
            Maintenance = [new MaintenanceWindow { Days = [DayOfWeek.Sunday, DayOfWeek.Wednesday], From = new TimeOnly(2, 0), To = new TimeOnly(5, 0) }],
        });
        SimulatedWeather weather = new(site, random);
        AcodeEnvironment environment = site.Installation.Environment;
        List<string> wrong = [];
        (int made, int held, int found) = (0, 0, 0);
        bool isFound = false;

        site.OnRecover = decision =>
        {
            DateTimeOffset now = site.Clock.GetUtcNow();
            RouteDefinition active = environment.Routes.Single(route => route.Name == site.Active);
            made++;
            if (weather.Down is not { } down || !down.IsOf(active.Source, active.Storage))
            {
                wrong.Add($"{now:u}: switched to {decision.Strategy}, and nothing that '{site.Active}' needs was down");
            }

            if (environment.Watch.Maintenance.Any(window => window.Contains(now, TimeZoneInfo.Utc)))
            {
                wrong.Add($"{now:u}: switched in maintenance");
            }

            if (site.Runs.Where(run => run.Runbook == "failover").Any(run => now - run.StartedAt < TimeSpan.FromMinutes(30)))
            {
                wrong.Add($"{now:u}: switched too soon after another switch");
            }

            return RunbookStatus.Completed;
        };

        int acknowledgedIn = 0;
        await site.ForEachAsync(site.NewWatch(), Minutes * 6, _ =>
        {
            weather.Pass();
            isFound &= weather.Down is not null;
            if (acknowledgedIn > 0 && --acknowledgedIn == 0)
            {
                site.Acknowledge();
                if (site.Faults.Count == 0)
                {
                    site.Switch("primary", isAutomatic: false);
                }
            }
        }, reading =>
        {
            if (reading.Run is not null)
            {
                acknowledgedIn = random.Next(6, 60 * 6);
            }

            RouteDefinition active = environment.Routes.Single(route => route.Name == site.Active);
            bool isHit = weather.Down is { } down && down.IsOf(active.Source, active.Storage);
            bool isSeen = reading.Run is not null || reading.Decision.IsSwitch;
            isFound |= isSeen && weather.Down is not null;
            if (weather.Down is not null && weather.DownFor == environment.Watch.FailedProbes + 1)
            {
                found += isFound || !isHit ? 1 : 0;
                if (isHit && !isFound)
                {
                    wrong.Add($"{reading.At:u}: {weather.Down} has been down for {weather.DownFor} looks, and the watch says {reading}");
                }

                // What was seen and not acted on must have had a reason that people gave.
                if (isHit && isFound && reading.Run is null)
                {
                    held++;
                    if (!Forbidding.Contains(reading.Hold?.Id))
                    {
                        wrong.Add($"{reading.At:u}: {weather.Down} is down, and nothing was done: {reading}");
                    }
                }
            }
        });

        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{weather.RealOutages} outages: {found} found in time, {made} switched, {held} held by rule; no outage: {string.Join(", ", weather.Alarms.Select(alarm => $"{alarm.Value} x {alarm.Key}"))}");
        Assert.True(wrong.Count == 0, $"seed {seed}: {string.Join(Environment.NewLine, wrong.Take(10))}");
        Assert.Equal(8, weather.Alarms.Count);
        Assert.InRange(made, 10, weather.RealOutages);
        Assert.True(held > 0);
    }
}
