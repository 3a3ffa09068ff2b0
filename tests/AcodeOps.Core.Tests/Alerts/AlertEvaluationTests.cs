using AcodeOps.Alerts;

namespace AcodeOps.Core.Tests.Alerts;

/// <summary>What conditions say of figures that a test lays out by hand, a letter a figure.</summary>
public sealed class AlertEvaluationTests
{
    private static readonly DateTimeOffset Begin = new(2026, 11, 26, 12, 0, 20, TimeSpan.Zero);

    [Fact]
    public void A_level_has_to_be_beyond_all_through_and_one_good_figure_ends_it()
    {
        ThresholdCondition condition = new AlertSetting(AlertEnvironments.Whole).Throughout("acode.replication_lag_seconds", AlertComparison.Above, 300, 3);
        // Figures at 0, 5, 10 … minutes.
        AlertReplay replay = AlertReplay.Of(condition, Levels("acode.replication_lag_seconds", 1, 400, 1, 400, 400, 400, 400, 1, 400));
        Assert.Equal((25, 35), (Minutes(replay.FiredAt), Minutes(replay.RecoveredAt)));
        Assert.Equal(400, replay.Extreme);
    }

    [Fact]
    public void What_is_not_measured_is_unknown_and_neither_fires_nor_recovers()
    {
        AlertSetting setting = new(AlertEnvironments.Whole);
        ThresholdCondition condition = setting.Throughout("acode.replication_lag_seconds", AlertComparison.Above, 300, 2);
        AlertRecording recording = Levels("acode.replication_lag_seconds", 400, 400, 400, null, null, null, null, 400, 1);
        AlertReplay replay = AlertReplay.Of(condition, recording);
        Assert.Equal(AlertState.Unknown, replay.States[25]);
        Assert.Equal(40, Minutes(replay.RecoveredAt));
        Assert.Equal(AlertState.Firing, AlertReplay.Of(condition with { FiresWhenMissing = true }, recording).States[25]);
        // A metric that never was there is no metric that is missing.
        Assert.All(AlertReplay.Of(setting.Throughout("acode.drill_age_days", AlertComparison.Above, 90, 2) with { FiresWhenMissing = true }, recording).States, state => Assert.Equal(AlertState.Unknown, state));
    }

    [Fact]
    public void Groups_are_told_apart_and_other_environments_are_not_looked_at()
    {
        ThresholdCondition condition = new AlertSetting(AlertEnvironments.Whole).Throughout("acode.sync_failures", AlertComparison.AtLeast, 2, 2, "route");
        AlertRecording recording = AlertRecording.Of(
        [
            Figure("acode.sync_failures", 0, 3, "route:backup_mysql"), Figure("acode.sync_failures", 0, 0, "route:primary"),
            Figure("acode.sync_failures", 0, 9, "route:other", "env:staging"), Figure("acode.sync_failures", 0, 9),
        ], AlertEnvironments.Whole);
        AlertEvaluation evaluation = AlertJudge.Replay([Rule(condition)], recording).Single();
        Assert.Equal(["route:backup_mysql: Firing (3)", "route:primary: Ok (0)"], evaluation.Groups.Select(group => $"{group}").Order(StringComparer.Ordinal));
        Assert.Equal((AlertState.Firing, 3), (evaluation.State, evaluation.Value));
    }

    [Fact]
    public void Nothing_is_divided_by_nothing()
    {
        RatioCondition condition = (RatioCondition)AlertCatalog.For(AlertEnvironments.Whole).Single(rule => rule.Id == "zero-row-success").Condition;
        Assert.Equal(AlertState.Firing, Of(0, 1));
        Assert.Equal(AlertState.Ok, Of(5, 1));
        Assert.Equal(AlertState.Ok, Of(0, 0));
        Assert.Equal(AlertState.Unknown, Of(0, null));

        AlertState Of(double rows, double? had) => AlertReplay.Of(condition, AlertRecording.Of(
            [Figure("acode.sync_rows", 0, rows, "route:primary"), Figure("acode.sync_source_had_rows", 0, had, "route:primary")], AlertEnvironments.Whole)).States[^1];
    }

    [Fact]
    public void One_collection_is_judged_as_though_it_had_been_so()
    {
        IReadOnlyList<AlertRule> rules = AlertCatalog.For(AlertEnvironments.Whole);
        Metric[] down = [.. AcodeOps.Alerts.Outages.HealthyMetrics.Of(AlertEnvironments.Whole).Select(metric => metric with
        {
            MeasuredAt = Begin,
            Value = metric.Name == "acode.mysql_primary_health_checks" ? metric.Tags.Contains("status:failure") ? 1 : 0 : metric.Value,
        })];
        Assert.Equal(["primary-down"], AlertJudge.Now(rules, down, AlertEnvironments.Whole).Where(each => each.State != AlertState.Ok).Select(each => each.Rule));
        // Of what is not known, and of what was not asked for, nothing is said.
        AlertEvaluation[] some = [.. AlertJudge.Now(rules, [Figure("acode.drill_age_days", 0, null), Figure("acode.route_active", 0, 1, "route:primary")], AlertEnvironments.Whole)];
        Assert.Equal(["drill-overdue"], some.Where(each => each.State == AlertState.Firing).Select(each => each.Rule));
        Assert.Equal(["no-writer", "two-writers"], some.Where(each => each.State == AlertState.Ok).Select(each => each.Rule).Order(StringComparer.Ordinal));
        Assert.All(AlertJudge.Now(rules, [], AlertEnvironments.Whole), each => Assert.Equal(AlertState.Unknown, each.State));
    }

    [Theory]
    [InlineData("""{"Name":"acode.a","Value":2.5,"Kind":1,"Tags":["a:b"],"MeasuredAt":"2026-11-26T12:00:20+00:00","Evidence":["x"]}""", 1)]
    [InlineData("""[{"Name":"acode.a","Value":null,"Kind":"Count","Tags":[],"MeasuredAt":"2026-11-26T12:00:20Z"},{"Name":"acode.b","Value":1,"MeasuredAt":"2026-11-26T12:00:20Z"}]""", 2)]
    [InlineData("  ", 0)]
    public void Lines_of_a_recording_are_metrics(string line, int count) => Assert.Equal(count, RecordedMetric.Read(new Lines(line), "x").Count());

    [Theory]
    [InlineData("not json")]
    [InlineData("5")]
    [InlineData("""{"Name":null,"Value":1,"MeasuredAt":"2026-11-26T12:00:20Z"}""")]
    [InlineData("""{"Name":"a","MeasuredAt":"2026-11-26T12:00:20Z"}""")]
    [InlineData("""{"Name":"a","Value":"x","MeasuredAt":"2026-11-26T12:00:20Z"}""")]
    [InlineData("""{"Name":"a","Value":1,"MeasuredAt":"yesterday"}""")]
    [InlineData("""{"Name":"a","Value":1,"MeasuredAt":"0001-01-01T00:00:00Z"}""")]
    [InlineData("""{"Name":"a","Value":1,"Tags":[null],"MeasuredAt":"2026-11-26T12:00:20Z"}""")]
    public void What_is_no_metric_is_told_with_its_line(string line)
    {
        AcodeException failure = Assert.Throws<AcodeException>(() => RecordedMetric.Read(new Lines("", line), "x").ToList());
        Assert.Equal("RecordingInvalid", failure.Id);
        Assert.StartsWith("Line 2 ", failure.Message, StringComparison.Ordinal);
    }

    private static AlertRule Rule(AlertCondition condition) => AlertCatalog.For(AlertEnvironments.Whole)[0] with { Condition = condition };

    private static AlertRecording Levels(string metric, params double?[] values) =>
        AlertRecording.Of(values.Select((value, i) => Figure(metric, i, value)), AlertEnvironments.Whole);

    private static Metric Figure(string name, int collection, double? value, params string[] tags) => new() { Name = name, Value = value, Tags = tags, MeasuredAt = Begin.AddMinutes(5 * collection) };

    private static int? Minutes(DateTimeOffset? at) => at is { } known ? (int)Math.Round((known - Begin).TotalMinutes, MidpointRounding.AwayFromZero) : null;

    private sealed class Lines(params string[] lines) : IRecordingFiles
    {
        public IEnumerable<string> ReadLines(string path) => lines;
    }
}
