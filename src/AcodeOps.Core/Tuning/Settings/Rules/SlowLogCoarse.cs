using System.Globalization;

namespace AcodeOps.Tuning.Settings.Rules;

/// <summary>A slow log that begins at ten seconds misses nearly all that hurts.</summary>
internal sealed class SlowLogCoarse : SettingRule
{
    private const double Coarse = 5;

    /// <inheritdoc />
    public override string Id => "SlowLogCoarse";

    /// <inheritdoc />
    public override FindingSeverity Severity => FindingSeverity.Information;

    /// <inheritdoc />
    public override SettingChange? Judge(ServerSettings server) =>
        !double.TryParse(server.Text("long_query_time"), NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) || seconds < Coarse ? null : Change(
            server, "long_query_time", "2", "Only statements of many seconds count as slow.", string.Create(CultureInfo.InvariantCulture, $"long_query_time is {seconds:0.###} s."),
            "What hurts is on record, and no more.");
}
