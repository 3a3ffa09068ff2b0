using AcodeOps.Health;
using AcodeOps.Health.Probes;
using AcodeOps.Syncs;

namespace AcodeOps.Metrics.Groups;

/// <summary>What the syncs of a route did, and whether the route writes.</summary>
internal sealed class RouteMetrics : MetricGroup<RouteReading>
{
    /// <inheritdoc />
    protected override string TargetTag => "route";

    /// <inheritdoc />
    public override IEnumerable<string> Targets(AcodeEnvironment environment) => environment.Routes.Select(route => route.Name);

    /// <inheritdoc />
    protected override async Task<RouteReading> ReadAsync(HealthContext context, string target, CancellationToken cancel)
    {
        RouteReading reading = await context.RouteAsync(target).ConfigureAwait(false);
        return reading.Problem is { } problem ? throw problem
            : reading.Connection is not null ? reading
            : throw new AcodeException("RouteMissing", FailureClass.NotFound, $"Airbyte has no connection for route '{target}'.") { Advice = reading.Route.Remedy };
    }

    /// <inheritdoc />
    protected override IEnumerable<MetricEntry<RouteReading>> Make() =>
    [
        new(Gauge("acode.route_active", "", "1 where the route writes, 0 where it is off; the sum over all routes is to be 1."),
            (reading, _) => [new MetricValue(reading.Route.IsActive ? 1 : 0)]),
        new(Gauge("acode.sync_duration_minutes", "min", "How long the newest sync took that has ended, in whatever way.") with { Objective = "syncMinutes" },
            (reading, context) => OfSync(reading, History(reading, context).LastEnded, "has ended", sync => sync.DurationSeconds / 60)),
        new(Gauge("acode.sync_running_minutes", "min", "How long the sync has been running that has not ended; 0 while none runs.") with { Objective = "syncMinutes" },
            (reading, context) => [Running(History(reading, context))]),
        new(Gauge("acode.sync_rows", "rows", "Rows that the newest successful sync moved."),
            (reading, context) => OfSync(reading, History(reading, context).LastSuccess, "has succeeded", sync => sync.RowsSynced)),
        new(Gauge("acode.sync_bytes", "bytes", "Bytes that the newest successful sync moved, as Airbyte counts them."),
            (reading, context) => OfSync(reading, History(reading, context).LastSuccess, "has succeeded", sync => sync.BytesSynced)),
        new(Gauge("acode.sync_age_hours", "h", "How long ago the newest successful sync ended.") with { Objective = "freshnessHours" },
            (reading, context) => OfSync(reading, History(reading, context).LastSuccess, "has succeeded",
                sync => SyncHistory.EndOf(sync) is { } end ? Math.Max(0, (context.Now - end).TotalHours) : null)),
        new(Gauge("acode.sync_failures", "syncs", "Syncs that failed in a row, up to the newest that has ended."),
            (reading, _) => reading.Syncs.Count == 0 && !reading.Route.IsActive ? [] : [new MetricValue(reading.Syncs.Where(sync => sync.IsTerminal).TakeWhile(sync => sync.Status == SyncStatus.Failed).Count())]),
    ];

    private static MetricDefinition Gauge(string name, string unit, string meaning) => new(name, MetricKind.Gauge, unit, MetricCategory.Technical, meaning) { Tags = ["route"] };

    private static SyncHistory History(RouteReading reading, HealthContext context) => SyncHistory.Of(reading.Syncs, context.Now);

    // A standby that has never run has no last sync to tell of; the route that writes should have one.
    private static IEnumerable<MetricValue> OfSync(RouteReading reading, Sync? sync, string what, Func<Sync, double?> figure) => sync is not null
        ? [MetricValue.OrUnknown(figure(sync), "SyncNotTold", $"Airbyte does not tell it of job {sync.JobId}.") with { Evidence = [$"job {sync.JobId} ({sync.Status})"] }]
        : reading.Route.IsActive ? [MetricValue.Unknown("SyncMissing", $"No sync of the route {what} among those that Airbyte shows.", "Start-AcodeSync starts one.")] : [];

    private static MetricValue Running(SyncHistory history) => history switch
    {
        { IsUntold: true } => MetricValue.Unknown("SyncNotTold", "The newest sync has a status that this version does not know."),
        { Running: null } => new MetricValue(0),
        { Running: { } sync } => MetricValue.OrUnknown(history.RunningFor?.TotalMinutes, "SyncNotTold", $"Airbyte does not tell when job {sync.JobId} started.") with { Evidence = [$"job {sync.JobId} ({sync.Status})"] },
    };
}
