namespace AcodeOps.Alerts.Outages.Kinds;

/// <summary>Every server is well, and the newest row gets older.</summary>
internal sealed class PartnerSendsNothing : AlertOutage
{
    /// <inheritdoc />
    public override string Id => "partner-sends-nothing";

    /// <inheritdoc />
    public override string Title => "The partner sends no data any more";

    /// <inheritdoc />
    public override IReadOnlyList<string> Rules => ["data-aging", "data-stale"];

    /// <inheritdoc />
    public override bool AppliesTo(AcodeEnvironment environment) => environment.Sources.Count > 0 && environment.Tables.Any(table => table.ProcessedAt is not null);

    /// <inheritdoc />
    internal override Metric? During(Metric healthy, OutageMoment moment) => healthy.Name switch
    {
        "acode.data_freshness_hours" => healthy with { Value = moment.Beyond(moment.Setting.Objectives.FreshnessHours) },
        "acode.event_date_age_days" => healthy with { Value = Math.Ceiling(moment.Beyond(moment.Setting.Objectives.FreshnessHours) / 24) },
        _ => Verdict(healthy, AcodeOps.Verdict.Failed, HealthComponent.Freshness),
    };
}
