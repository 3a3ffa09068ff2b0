using AcodeOps.Health;

namespace AcodeOps.Metrics.Groups;

/// <summary>Health checks that several metrics are made of, each looked at once a call.</summary>
internal static class SharedChecks
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Looks at one target; never fails, as not to know is a verdict.</summary>
    public static Task<HealthCheck> LookAsync(HealthContext context, HealthProbe probe, string target) => context.OnceAsync(
        (typeof(HealthCheck), probe.GetType(), target), round => HealthRunner.LookAsync(probe, target, context, Limit, round));

    /// <summary>A check as a count of its kind: 1 with its own status, 0 with the others, so that no series is ever missing.</summary>
    public static IEnumerable<MetricValue> Counted(HealthCheck check, params string[] tags)
    {
        string status = check.Verdict switch { Verdict.Healthy or Verdict.Degraded => "success", Verdict.Failed => "failure", _ => "unknown" };
        return new[] { "success", "failure", "unknown" }.Select(each => new MetricValue(each == status ? 1 : 0) { Tags = [$"status:{each}", .. tags], Evidence = [$"{check.Verdict}: {check.Summary}"] });
    }

    /// <summary>A figure of a check that was answered; unknown, with the check's reason, of one that was not.</summary>
    public static MetricValue WhenAnswered(HealthCheck check, double? value) => check.Verdict is Verdict.Healthy or Verdict.Degraded
        ? MetricValue.OrUnknown(value, "CheckUntold", "The check does not tell it.")
        : MetricValue.Unknown(check.ErrorId ?? "CheckFailed", check.Summary, check.Remedy, check.Cause ?? FailureClass.Unknown);
}
