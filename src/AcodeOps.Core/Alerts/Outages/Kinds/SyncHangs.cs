namespace AcodeOps.Alerts.Outages.Kinds;

/// <summary>It runs and runs; the one before was as slow.</summary>
internal sealed class SyncHangs : AlertOutage
{
    /// <inheritdoc />
    public override string Id => "sync-hangs";

    /// <inheritdoc />
    public override string Title => "A sync does not end";

    /// <inheritdoc />
    public override IReadOnlyList<string> Rules => ["sync-too-long"];

    /// <inheritdoc />
    public override bool AppliesTo(AcodeEnvironment environment) => environment.Routes.Count > 0;

    /// <inheritdoc />
    internal override Metric? During(Metric healthy, OutageMoment moment) => healthy.Name switch
    {
        "acode.sync_running_minutes" => healthy with { Value = moment.Beyond(Limit(moment)) },
        "acode.sync_duration_minutes" => healthy with { Value = 1.2 * Limit(moment) },
        _ => Verdict(healthy, AcodeOps.Verdict.Degraded, HealthComponent.Connection),
    };

    private static double Limit(OutageMoment moment) => moment.Setting.Environment.Routes.Select(route => route.SyncMinutes).OfType<double>().Append(moment.Setting.Objectives.SyncMinutes).Max();
}
