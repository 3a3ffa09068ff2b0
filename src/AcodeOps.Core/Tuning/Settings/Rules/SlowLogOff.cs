namespace AcodeOps.Tuning.Settings.Rules;

/// <summary>Without the slow log nobody knows afterwards what was slow.</summary>
internal sealed class SlowLogOff : SettingRule
{
    /// <inheritdoc />
    public override string Id => "SlowLogOff";

    /// <inheritdoc />
    public override FindingSeverity Severity => FindingSeverity.Information;

    /// <inheritdoc />
    public override SettingChange? Judge(ServerSettings server) => server.IsOn("slow_query_log") != false ? null : Change(
        server, "slow_query_log", "ON", "Slow statements leave no trace.", "slow_query_log is off.", "What was slow is on record.", "The log grows: have it rotated.");
}
