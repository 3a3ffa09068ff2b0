namespace AcodeOps.Alerts.Rules;

/// <summary>The dead man's switch: every other rule is silent when nothing is sent.</summary>
internal sealed class NobodyMeasures : AlertDefinition
{
    /// <inheritdoc />
    public override string Id => "nobody-measures";

    /// <inheritdoc />
    public override string Title => "Nobody measures";

    /// <inheritdoc />
    public override NotificationSeverity Severity => NotificationSeverity.Critical;

    /// <inheritdoc />
    public override string Meaning => "No collection of metrics has come in: every other rule is blind, whatever happens.";

    /// <inheritdoc />
    public override string Advice => "See whether the scheduled task still runs `Get-AcodeMetric | Send-AcodeMetric`, and what its last error was.";

    /// <inheritdoc />
    public override AlertCondition Condition(AlertSetting setting) => new AbsenceCondition
    {
        Term = setting.Term("acode.metrics_collections", AlertAggregate.Sum),
        WindowMinutes = setting.Collections(4),
    };
}
