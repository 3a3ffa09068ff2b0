namespace AcodeOps.Alerts.Outages.Kinds;

/// <summary>The scheduled task is gone, or its machine.</summary>
internal sealed class SchedulerDies : AlertOutage
{
    /// <inheritdoc />
    public override string Id => "scheduler-dies";

    /// <inheritdoc />
    public override string Title => "Nothing is measured any more";

    /// <inheritdoc />
    public override IReadOnlyList<string> Rules => ["nobody-measures"];

    /// <inheritdoc />
    internal override Metric? During(Metric healthy, OutageMoment moment) => null;
}
