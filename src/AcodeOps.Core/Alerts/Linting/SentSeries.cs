using AcodeOps.Alerts.Outages;
using AcodeOps.Metrics;

namespace AcodeOps.Alerts.Linting;

/// <summary>The series that an environment sends.</summary>
internal static class SentSeries
{
    /// <summary>The series of a metric.</summary>
    public static IEnumerable<AlertSeries> Of(string metric, AcodeEnvironment environment) => HealthyMetrics.Of(environment).Where(each => each.Name == metric)
        .Select(each => new AlertSeries(SentTags.Of(each, environment), each.Kind));
}
