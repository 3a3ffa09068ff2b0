using AcodeOps.Health;
using AcodeOps.Health.Probes;
using AcodeOps.Syncs;

namespace AcodeOps.Metrics.Groups;

/// <summary>
/// How many of the last closed days ended without fresh data, by the ends of syncs that moved rows, of all routes together: a
/// slot is delivered or missed, whoever delivers it.
/// </summary>
internal sealed class MissedSlotMetrics : MetricGroup<MissedSlotMetrics.Reading>
{
    /// <summary>How many of the days may be missed.</summary>
    public const int Budget = 1;

    private const int Days = 7;

    // A sync every ten minutes for so many days; beyond that the days are not known.
    private const int MostSyncs = 1_500;

    /// <inheritdoc />
    public override IEnumerable<string> Targets(AcodeEnvironment environment) => environment.Routes.Count > 0 ? ["slots"] : [];

    /// <inheritdoc />
    protected override async Task<Reading> ReadAsync(HealthContext context, string target, CancellationToken cancel)
    {
        DateTimeOffset from = context.Now.AddDays(-Days - 1).AddHours(-context.Environment.Objectives.FreshnessHours);
        List<Sync> syncs = [];
        foreach (RouteReading route in await context.RoutesAsync().ConfigureAwait(false))
        {
            if (route.Problem is { } problem)
            {
                throw problem;
            }

            // Those that are read anyway reach back far enough where a sync runs once a day.
            if (route.Syncs.Count > 0 && SyncHistory.EndOf(route.Syncs[^1]) < from)
            {
                syncs.AddRange(route.Syncs);
                continue;
            }

            int seen = 0;
            await foreach (Sync sync in (route.Connection is { } connection ? context.Installation.Airbyte.ListSyncsAsync(connection.ConnectionId, cancel) : Empty()).ConfigureAwait(false))
            {
                syncs.Add(sync);
                if (SyncHistory.EndOf(sync) < from)
                {
                    break;
                }

                if (++seen == MostSyncs)
                {
                    throw new AcodeException("SlotsNotCounted", FailureClass.InvalidInput, $"Route {route.Route.Name} has more than {MostSyncs} syncs in {Days} days.") { Advice = "Look at freshness instead: acode.data_freshness_hours." };
                }
            }
        }

        return new Reading(syncs);
    }

    /// <inheritdoc />
    protected override IEnumerable<MetricEntry<Reading>> Make() =>
    [
        new(new("acode.slots_missed_7d", MetricKind.Gauge, "slots", MetricCategory.Business,
            "Of the last seven closed days, those at whose end the newest successful sync with rows was older than promised.") { Objective = "freshnessHours" },
            (reading, context) => [Missed(reading.Syncs, LocalTimes.Zone(context.Environment.TimeZone), context.Now, context.Environment.Objectives.FreshnessHours)]),
    ];

    /// <summary>The days missed. Days before the first sync that is known of are no slots.</summary>
    internal static MetricValue Missed(IReadOnlyList<Sync> syncs, TimeZoneInfo zone, DateTimeOffset now, double freshnessHours)
    {
        if (syncs.Select(sync => sync.StartedAt ?? SyncHistory.EndOf(sync)).Min() is not { } begun)
        {
            return MetricValue.Unknown("SyncMissing", "Airbyte shows no sync of any route.", "Start-AcodeSync starts one.");
        }

        DateTimeOffset[] landed = [.. syncs.Where(sync => sync is { Status: SyncStatus.Succeeded, RowsSynced: > 0 }).Select(SyncHistory.EndOf).OfType<DateTimeOffset>()];
        DateOnly today = LocalTimes.Today(now, zone);
        List<string> evidence = [];
        int missed = 0, slots = 0;
        for (int back = 0; back < Days; back++)
        {
            DateTimeOffset end = LocalTimes.ToUtc(today.AddDays(-back).ToDateTime(TimeOnly.MinValue), zone);
            if (end.AddHours(-freshnessHours) < begun)
            {
                continue;
            }

            slots++;
            if (!landed.Any(at => at <= end && at >= end.AddHours(-freshnessHours)))
            {
                missed++;
                evidence.Add(FormattableString.Invariant($"missed: {today.AddDays(-back - 1):yyyy-MM-dd}"));
            }
        }

        return new MetricValue(missed) { Evidence = [FormattableString.Invariant($"{slots} days with syncs known"), .. evidence] };
    }

    private static async IAsyncEnumerable<Sync> Empty()
    {
        await Task.CompletedTask.ConfigureAwait(false);
        yield break;
    }

    /// <summary>The syncs of all routes, far enough back.</summary>
    internal sealed record Reading(IReadOnlyList<Sync> Syncs);
}
