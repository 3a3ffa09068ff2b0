using System.Reflection;
using AcodeOps.Health;
using AcodeOps.Metrics;
using AcodeOps.Metrics.Groups;

namespace AcodeOps.Core.Tests.Metrics;

/// <summary>What becomes of readings, and of what could not be read.</summary>
public sealed class MetricGroupTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 11, 26);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_fails_or_takes_too_long_has_no_value_and_says_why()
    {
        TestInstallation installation = new();
        MetricGroup[] groups = [new Told(() => Task.FromResult(7.0)), new Told(() => throw new AcodeException("SourceRefused", FailureClass.ConnectionRefused, "It refuses.") { Advice = "Call." }),
            new Told(() => throw new InvalidOperationException("of the cellar")), new Told(() => new TaskCompletionSource<double>().Task), new Told(() => Task.FromResult(double.NaN))];
        List<Metric> metrics = [];
        await foreach (Metric metric in MetricRunner.RunAsync(installation, groups, _ => true, TimeSpan.FromSeconds(0.3), Cancel))
        {
            metrics.Add(metric);
        }

        Metric[] told = [.. metrics.Where(metric => metric.Name == "acode.told")];
        Assert.Equal(["", "MetricFaulted", "MetricTimedOut", "SourceRefused", "not a number"], told.Select(m => m.Value is not null ? "" : m.ErrorId ?? "not a number").Order(StringComparer.Ordinal));
        Assert.All(told.Where(m => m.Value is null), m => Assert.False(string.IsNullOrEmpty(m.Problem)));
        Assert.DoesNotContain(metrics, m => m.Problem?.Contains("cellar", StringComparison.Ordinal) == true);
        Assert.Equal("Call.", told.Single(m => m.ErrorId == "SourceRefused").Remedy);
        Metric errors = Assert.Single(metrics, m => m.Name == "acode.metrics_collection_errors");
        Assert.Equal((4, MetricKind.Count, "type:technical"), (errors.Value, errors.Kind, errors.Tags.Single()));
        Assert.Equal(1, metrics[^1].Value);
    }

    [Fact]
    public void Closed_days_and_today_are_kept_apart_and_what_cannot_be_counted_is_not_zero()
    {
        TablePass pass = new(Today, new TableWatermark("sales") { Method = "told" }, new TableVolume("sales", new Dictionary<DateOnly, long>()) { CompleteFrom = Today.AddDays(-8), Method = "told" },
            new Dictionary<DateOnly, TableDay> { [Today.AddDays(-1)] = new(40, 12.5m, 3) });
        Assert.Equal(["40", "0"], Of("acode.daily_records", pass));
        Assert.Equal(["12.5", "0"], Of("acode.daily_transaction_value", pass));
        Assert.Equal(["3", "0"], Of("acode.daily_unique_pharmacies", pass));
        Assert.Equal(["VolumeNotCounted", "0"], Of("acode.daily_records", pass with { Volume = pass.Volume with { CompleteFrom = Today } }));
        Assert.Equal(["VolumeNotCounted", "VolumeNotCounted"], Of("acode.daily_records", pass with { Volume = pass.Volume with { CompleteFrom = null } }));
        Assert.Equal(["ValueMissing", "0"], Of("acode.daily_transaction_value", pass with { Days = new Dictionary<DateOnly, TableDay> { [Today.AddDays(-1)] = new(40, null, 3) } }));
    }

    [Fact]
    public void A_stretch_of_events_is_the_last_whole_one_by_the_clock()
    {
        Assert.Equal((Now.AddMinutes(-5), Now), FailoverMetrics.LastStretch(Now, 5));
        Assert.Equal((Now.AddMinutes(-5), Now), FailoverMetrics.LastStretch(Now.AddMinutes(4.9), 5));
        Assert.Equal((Now.AddHours(-36), Now.AddHours(-12)), FailoverMetrics.LastStretch(Now.AddHours(11), 1440));
    }

    [Fact]
    public void Every_verdict_has_a_number_and_unknown_is_the_greatest() =>
        Assert.Equal([0, 1, 2, 3], new[] { Verdict.Healthy, Verdict.Degraded, Verdict.Failed, Verdict.Unknown }.Select(CheckMetrics.NumberOf));

    [Fact]
    public void An_unknown_check_is_no_failure_and_each_status_has_its_series()
    {
        HealthCheck check = new() { Component = HealthComponent.Source, Target = "primary", Verdict = Verdict.Unknown, Summary = "wrong password", LatencyMs = 1, CheckedAt = Now };
        Assert.Equal(["status:success 0", "status:failure 0", "status:unknown 1"], SharedChecks.Counted(check).Select(value => $"{value.Tags.Single()} {value.Value}"));
        Assert.Null(SharedChecks.WhenAnswered(check, 5).Value);
        Assert.Equal("status:failure 1", SharedChecks.Counted(check with { Verdict = Verdict.Failed }).Select(value => $"{value.Tags.Single()} {value.Value}").ElementAt(1));
    }

    private static string[] Of(string name, TablePass pass)
    {
        TableMetrics group = new();
        var entries = (IEnumerable<MetricEntry<TableMetrics.Reading>>)typeof(TableMetrics).GetMethod("Make", BindingFlags.Instance | BindingFlags.NonPublic)!.Invoke(group, null)!;
        FakeDefinition source = new();
        MetricEntry<TableMetrics.Reading> entry = entries.Single(e => e.Definition.Name == name);
        HealthContext context = new(new TestInstallation(), Cancel);
        MetricValue[] values = [.. entry.Measure(new TableMetrics.Reading(TestInstallation.Definition.Tables[0], new SourceChoice(source.Source, "told"), pass), context)];
        Assert.Equal(["day:closed,role:backup", "day:today,role:backup"], values.Select(value => string.Join(',', value.Tags)));
        return [.. values.Select(value => value.Value?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? value.ErrorId!)];
    }

    private sealed class FakeDefinition
    {
        public ISource Source { get; } = new Data.Exporting.FakeSource(SourceRole.Backup);
    }

    private sealed class Told(Func<Task<double>> read) : MetricGroup<double>
    {
        public override IEnumerable<string> Targets(AcodeEnvironment environment) => ["one"];

        protected override Task<double> ReadAsync(HealthContext context, string target, CancellationToken cancel) => read();

        protected override IEnumerable<MetricEntry<double>> Make() =>
            [new(new("acode.told", MetricKind.Gauge, "", MetricCategory.Technical, "What a test tells."), (reading, _) => [new MetricValue(reading)])];
    }
}
