namespace AcodeOps.Alerts.Outages.Kinds;

/// <summary>The last drill is older than promised.</summary>
internal sealed class DrillIsForgotten : AlertOutage
{
    /// <inheritdoc />
    public override string Id => "drill-is-forgotten";

    /// <inheritdoc />
    public override string Title => "Nobody has rehearsed a recovery for too long";

    /// <inheritdoc />
    public override IReadOnlyList<string> Rules => ["drill-overdue"];

    /// <inheritdoc />
    public override bool AppliesTo(AcodeEnvironment environment) => environment.Routes.Count > 1 && environment.FindStorage(StorageRole.Audit) is not null;

    /// <inheritdoc />
    internal override Metric? During(Metric healthy, OutageMoment moment) => healthy.Name == "acode.drill_age_days" ? healthy with { Value = moment.Setting.Objectives.DrillDays + 1 + moment.Progress } : Verdict(healthy, AcodeOps.Verdict.Degraded, HealthComponent.Drill);
}
