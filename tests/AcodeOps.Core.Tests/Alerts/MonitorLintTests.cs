using AcodeOps.Alerts;
using AcodeOps.Alerts.Linting;
using AcodeOps.Alerts.Outages;
using AcodeOps.Documents;

namespace AcodeOps.Core.Tests.Alerts;

/// <summary>Monitors as people write them: which can never fire, and why. The queries are the operations guide's own.</summary>
public sealed class MonitorLintTests
{
    private static readonly Lazy<AlertTryout> Tryout = new(() => new(AlertEnvironments.Whole, OutageCatalog.All));

    [Fact]
    public void The_guides_primary_down_never_fires_and_what_is_proposed_does()
    {
        AlertEvaluation evaluation = Of("avg(last_5m):avg:acode.mysql_primary_health_checks{status:failure} > 2", critical: "2");
        AlertTrial dies = evaluation.Outages.Single(trial => trial.Outage == "primary-dies");
        Assert.False(dies.HasFired);
        Assert.Equal(0.1, dies.Extreme);
        Assert.Equal(["AlertNeverFires", "AlertScopeTooWide", "AlertThresholdUnreachable", "AlertUnitMismatch"], Rules(evaluation));

        // A rate is not the whole of it: added up over five minutes there is one of three.
        Assert.Contains("AlertThresholdUnreachable", Rules(Of("sum(last_5m):sum:acode.mysql_primary_health_checks{status:failure}.as_count() >= 3")));
        AlertEvaluation right = Of("sum(last_20m):sum:acode.mysql_primary_health_checks{env:farmarcas,status:failure}.as_count() >= 3");
        Assert.Empty(right.Findings);
        Assert.Equal(["primary-dies"], right.Outages.Where(trial => trial.HasFired).Select(trial => trial.Outage));
    }

    [Fact]
    public void The_guides_other_monitors_are_told_what_is_wrong_with_them()
    {
        Assert.Equal(["AlertScopeMissing"], Rules(Of("avg(last_1h):avg:acode.data_freshness_hours > 25", critical: "25", message: "Current lag: {{value}} hours")));
        Assert.Equal(["AlertScopeMissing", "AlertThresholdDiffers"], Rules(Of("avg(last_1h):avg:acode.sync_duration_minutes > 180", critical: "240", message: "Current duration: {{value}} minutes")));
        Assert.Equal(["AlertScopeMissing"], Rules(Of("avg(last_1h):avg:acode.data_quality_score < 90")));
        Assert.Equal(["AlertScopeMissing", "AlertUnitMismatch"], Rules(Of("sum(last_5m):sum:acode.failover_events > 0")));
    }

    [Theory]
    [InlineData("max(last_5m):max:acode.health_check{env:farmarcas} > 3", "AlertThresholdUnreachable")]
    [InlineData("max(last_5m):max:acode.health_check{env:farmarcas} >= 0", "AlertFiresWithoutOutage")]
    [InlineData("max(last_1w):max:acode.sync_failures{env:farmarcas} >= 2", "AlertNeverRecovers")]
    [InlineData("sum(last_20m):sum:acode.mysql_primary_health_checks{env:farmarcas,status:error}.as_count() >= 3", "AlertTagNotSent")]
    [InlineData("max(last_15m):max:acode.secret_age_days{env:farmarcas} by {name} > 90", "AlertTagNotSent")]
    [InlineData("max(last_15m):max:acode.replication_lag_second{env:farmarcas} > 300", "AlertMetricNotSent")]
    [InlineData("avg(last_20m):sum:acode.mysql_primary_health_checks{env:farmarcas,status:failure}.as_count() >= 3", "AlertUnitMismatch")]
    [InlineData("min(last_15m):max:acode.replication_lag_seconds{env:farmarcas} > 100000", "AlertNeverFires")]
    [InlineData("change(avg(last_5m),last_1h):avg:acode.sync_rows{*} > 5", "AlertQueryNotUnderstood")]
    [InlineData("avg(last_5m):avg:acode.sync_rows{!route:primary} > 5", "AlertQueryNotUnderstood")]
    public void Each_fault_is_found(string query, string rule) => Assert.Contains(rule, Rules(Of(query)));

    [Fact]
    public void A_message_in_another_unit_is_told() =>
        Assert.Contains("AlertUnitMismatch", Rules(Of("min(last_15m):max:acode.latest_file_age_seconds{env:farmarcas} > 90000", message: "Stale for {{value}} horas")));

    [Fact]
    public void Every_query_of_the_catalogue_is_read_back_as_it_was_written()
    {
        foreach (AlertRule rule in AlertCatalog.For(AlertEnvironments.Whole).Where(rule => rule.Condition is not AbsenceCondition))
        {
            Assert.Equal(rule.DatadogQuery, AcodeOps.Alerts.Queries.DatadogQuery.Of(MonitorQuery.TryParse(rule.DatadogQuery)!));
        }
    }

    private static string[] Rules(AlertEvaluation evaluation) => [.. evaluation.Findings.Select(finding => finding.Rule).Distinct().Order(StringComparer.Ordinal)];

    private static AlertEvaluation Of(string query, string? critical = null, string? message = null) =>
        Tryout.Value.TryFile(new Written(query, critical, message), "monitors.yaml").Single();

    /// <summary>The guide's form: a list under <c>alerts</c>.</summary>
    private sealed class Written(string query, string? critical, string? message) : IDocumentReader
    {
        public DocumentNode Read(string path) => Map(("alerts", new SequenceNode(
        [
            Map(
                ("name", Text("mine")), ("query", Text(query)), ("message", Text(message ?? "")),
                ("options", Map(("thresholds", critical is null ? Map() : Map(("critical", Text(critical))))))),
        ], 2, 1)));

        private static ScalarNode Text(string text) => new(text, false, 3, 12);

        private static MappingNode Map(params (string Key, DocumentNode Value)[] entries) => new([.. entries.Select(entry => (Text(entry.Key), entry.Value))], 1, 1);
    }
}
