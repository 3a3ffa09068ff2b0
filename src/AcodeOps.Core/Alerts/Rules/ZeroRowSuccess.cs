namespace AcodeOps.Alerts.Rules;

/// <summary>A success that moved nothing, of a source that had something. For what had nothing, or is not known to have had, there is no figure.</summary>
internal sealed class ZeroRowSuccess : AlertDefinition
{
    /// <inheritdoc />
    public override string Id => "zero-row-success";

    /// <inheritdoc />
    public override string Title => "A sync succeeded without rows";

    /// <inheritdoc />
    public override NotificationSeverity Severity => NotificationSeverity.Error;

    /// <inheritdoc />
    public override string Meaning => "The newest sync of the route that writes succeeded and moved no row, although its source had rows for it: the lake is missing them while everything looks well.";

    /// <inheritdoc />
    public override string Advice => "Do not trust this success. Test-AcodeHealth Connection, Source, Watermark tells what the source had; look at what its account may read, and at the cursor; Start-AcodeSync runs it again.";

    /// <inheritdoc />
    public override bool AppliesTo(AcodeEnvironment environment) => environment.Routes.Count > 0;

    /// <inheritdoc />
    public override AlertCondition Condition(AlertSetting setting) => new RatioCondition
    {
        Numerator = setting.Term("acode.sync_rows", AlertAggregate.Sum),
        Denominator = setting.Term("acode.sync_source_had_rows", AlertAggregate.Sum),
        Over = AlertAggregate.Maximum,
        Comparison = AlertComparison.AtMost,
        Threshold = 0,
        WindowMinutes = setting.Collections(2),
        GroupBy = ["route"],
    };
}
