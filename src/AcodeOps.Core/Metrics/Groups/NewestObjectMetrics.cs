using AcodeOps.Health;
using AcodeOps.Health.Probes;
using AcodeOps.Syncs;

namespace AcodeOps.Metrics.Groups;

/// <summary>
/// How old the newest object of a storage is: by the prefixes of the last days where a route lands there under a path with the
/// date, else by all of its objects.
/// </summary>
internal sealed class NewestObjectMetrics : MetricGroup<StorageFigures>
{
    /// <inheritdoc />
    protected override string TargetTag => "bucket";

    /// <inheritdoc />
    public override IEnumerable<string> Targets(AcodeEnvironment environment) => new StorageProbe().Targets(environment);

    /// <inheritdoc />
    protected override async Task<StorageFigures> ReadAsync(HealthContext context, string target, CancellationToken cancel) =>
        await ByDaysAsync(context, target).ConfigureAwait(false) ?? await StorageCensus.ReadAsync(context, target).ConfigureAwait(false);

    /// <inheritdoc />
    protected override IEnumerable<MetricEntry<StorageFigures>> Make() =>
    [
        new(new("acode.latest_file_age_seconds", MetricKind.Gauge, "s", MetricCategory.Technical, "The age of the newest object with content under the storage's prefix.") { Tags = ["bucket"] },
            (figures, context) => [MetricValue.OrUnknown(figures.NewestAt is { } at ? Math.Max(0, (context.Now - at).TotalSeconds) : null,
                "ObjectMissing", figures.Objects == 0 ? "There is no object." : "No object with content is there, or only an inventory tells of them, which knows none of today.") with { Evidence = figures.Evidence }]),
    ];

    private static async Task<StorageFigures?> ByDaysAsync(HealthContext context, string target)
    {
        RouteDefinition[] landing = [.. context.Environment.Routes.Where(route => StorageProbe.Name(route.Storage) == target)];
        if (landing.Length == 0)
        {
            return null;
        }

        try
        {
            IReadOnlyList<RouteReading> routes = await context.RoutesAsync().ConfigureAwait(false);
            RouteReading[] here = [.. routes.Where(reading => StorageProbe.Name(reading.Route.Storage) == target)];
            RouteReading reading = here.FirstOrDefault(route => route.Route.IsActive) ?? here[0];
            if (LandedJudgement.Hindrance(reading, context.Environment) is not null)
            {
                return null;
            }

            LandedStream[] landed = await LandedProbe.ReadAsync(context, reading).ConfigureAwait(false);
            return landed.Max(stream => stream.NewestAt) is { } newest
                ? new StorageFigures(landed.Sum(stream => stream.Objects), landed.Sum(stream => stream.Bytes), newest) { Evidence = [$"by the days of route {reading.Route.Name}"] }
                : null;
        }
        catch (AcodeException)
        {
            // Airbyte does not say where it lands: all objects tell the same, if slowly.
            return null;
        }
    }
}
