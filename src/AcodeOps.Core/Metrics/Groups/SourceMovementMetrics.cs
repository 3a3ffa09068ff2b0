using AcodeOps.Health;
using AcodeOps.Health.Probes;
using AcodeOps.Syncs;

namespace AcodeOps.Metrics.Groups;

/// <summary>Whether the source had rows for the newest successful sync of the route that writes. It is only asked where the sync moved none.</summary>
internal sealed class SourceMovementMetrics : MetricGroup<SourceMovementMetrics.Reading>
{
    /// <inheritdoc />
    protected override string TargetTag => "route";

    /// <inheritdoc />
    public override IEnumerable<string> Targets(AcodeEnvironment environment) => environment.Routes.Select(route => route.Name);

    /// <inheritdoc />
    protected override async Task<Reading> ReadAsync(HealthContext context, string target, CancellationToken cancel)
    {
        RouteReading route = await context.RouteAsync(target).ConfigureAwait(false);
        return route.Problem is { } problem ? throw problem
            : new Reading(route, route.Route.IsActive && SourceMovement.IsQuestioned(route) ? await ConnectionProbe.ReadMovementAsync(context, route).ConfigureAwait(false) : null);
    }

    /// <inheritdoc />
    protected override IEnumerable<MetricEntry<Reading>> Make() =>
    [
        new(new("acode.sync_source_had_rows", MetricKind.Gauge, "", MetricCategory.Technical,
            "1 where the source had rows for the newest successful sync of the route that writes, 0 where it had none.") { Tags = ["route"] }, (reading, context) => Of(reading, context.Now)),
    ];

    /// <summary>The figure of a route; none where it does not write, or has not succeeded yet.</summary>
    internal static IEnumerable<MetricValue> Of(Reading reading, DateTimeOffset now)
    {
        if (!reading.Route.Route.IsActive || reading.Route.Connection is not { } connection || SyncHistory.Of(reading.Route.Syncs, now).LastSuccess is not { } success)
        {
            yield break;
        }

        string job = $"job {success.JobId}";
        yield return success.RowsSynced switch
        {
            null => MetricValue.Unknown("SyncNotTold", $"Airbyte does not tell the rows of {job}."),
            > 0 => new MetricValue(1) { Evidence = [job] },
            // A full refresh writes every row there is.
            _ when connection.Streams.Any(stream => !stream.IsIncremental) => new MetricValue(1) { Evidence = [$"{job}: a full refresh without rows"] },
            _ => MetricValue.OrUnknown(reading.Movement?.HasMoved switch { true => 1, false => 0, null => null }, "SourceMovementUnknown", "How far the source's data reaches is not known.") with
            {
                Evidence = [job, reading.Movement?.Evidence ?? "the source was not asked"],
            },
        };
    }

    /// <summary>What was read of a route.</summary>
    internal sealed record Reading(RouteReading Route, SourceMovement? Movement);
}
