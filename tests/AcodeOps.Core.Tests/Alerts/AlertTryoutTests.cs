using AcodeOps.Alerts;
using AcodeOps.Alerts.Linting;
using AcodeOps.Alerts.Outages;
using AcodeOps.Metrics;

namespace AcodeOps.Core.Tests.Alerts;

/// <summary>Each rule fires in the outages that are its own, is well again after them, and is silent while all is well.</summary>
public sealed class AlertTryoutTests
{
    private static readonly Lazy<AlertTryout> Tryout = new(() => new(AlertEnvironments.Whole, OutageCatalog.All));

    [Fact]
    public void Each_rule_fires_in_its_outages_and_recovers_after_them()
    {
        AlertEvaluation[] evaluations = [.. AlertCatalog.For(AlertEnvironments.Whole).Select(Tryout.Value.Try)];
        Assert.All(evaluations, evaluation =>
        {
            Assert.True(evaluation.Findings.Count == 0, $"{evaluation.Rule}: {string.Join('\n', evaluation.Findings)}\n{string.Join('\n', evaluation.Outages)}");
            Assert.Contains(evaluation.Outages, trial => trial.IsExpected);
            Assert.All(evaluation.Outages.Where(trial => trial.IsExpected), trial => Assert.True(trial.HasFired && trial.RecoveredAfterMinutes is not null, $"{evaluation.Rule} {trial}"));
        });
        AlertTrial dies = evaluations.Single(each => each.Rule == "primary-down").Outages.Single(trial => trial.Outage == "primary-dies");
        Assert.Equal((10, 5), (dies.FiredAfterMinutes, dies.RecoveredAfterMinutes));
    }

    [Fact]
    public void A_refused_password_is_no_outage_and_is_not_silent()
    {
        string[] fired = [.. AlertCatalog.For(AlertEnvironments.Whole).Select(Tryout.Value.Try).Where(each => each.Outages.Single(trial => trial.Outage == "primary-refuses-password").HasFired).Select(each => each.Rule)];
        Assert.Equal(["check-unknown"], fired);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(60)]
    [InlineData(1440)]
    public void It_is_the_same_however_often_is_measured(int everyMinutes)
    {
        AcodeEnvironment environment = AlertEnvironments.Whole with { Metrics = new() { EveryMinutes = everyMinutes } };
        // A minute is a minute in a replay: of the longest stretches, the gravest rules do.
        AlertRule[] rules = [.. AlertCatalog.For(environment).Where(rule => everyMinutes < 60 || rule.Severity == NotificationSeverity.Critical)];
        AlertTryout tryout = new(environment, OutageCatalog.All.Where(outage => rules.Any(rule => outage.Rules.Contains(rule.Id))));
        Assert.All(rules.Select(tryout.Try), evaluation => Assert.True(evaluation.Findings.Count == 0, $"{evaluation.Rule}: {string.Join('\n', evaluation.Findings)}\n{string.Join('\n', evaluation.Outages)}"));
    }

    [Fact]
    public void The_healthy_time_has_every_metric_of_the_registry_under_its_tags()
    {
        IReadOnlyList<Metric> healthy = HealthyMetrics.Of(AlertEnvironments.Whole);
        Assert.Equal(MetricCatalog.All.Select(metric => metric.Name).Order(StringComparer.Ordinal), healthy.Select(metric => metric.Name).Distinct().Order(StringComparer.Ordinal));
        Assert.All(healthy, metric => Assert.Equal(MetricCatalog.Find(metric.Name)!.Tags.Order(StringComparer.Ordinal), metric.Tags.Select(tag => tag.Split(':')[0]).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Outages_name_rules_that_there_are_and_each_rule_has_one()
    {
        string[] rules = [.. AlertCatalog.All.Select(rule => rule.Id)];
        Assert.All(OutageCatalog.All, outage => Assert.All(outage.Rules, rule => Assert.Contains(rule, rules)));
        Assert.Empty(rules.Except(OutageCatalog.All.SelectMany(outage => outage.Rules)));
        Assert.Equal(OutageCatalog.All.Count, OutageCatalog.All.Select(outage => outage.Id).Distinct().Count());
    }
}
