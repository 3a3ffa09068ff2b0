using AcodeOps.Health;
using AcodeOps.Metrics;
using AcodeOps.Metrics.Groups;

namespace AcodeOps.Alerts.Outages;

/// <summary>What a collection sends of an environment when all is well: every metric of the registry that it has, under all of its tags.</summary>
internal static class HealthyMetrics
{
    private static readonly string[] Statuses = ["success", "failure", "unknown"];

    /// <summary>The metrics, without a time.</summary>
    public static IReadOnlyList<Metric> Of(AcodeEnvironment environment) =>
    [
        .. environment.Sources.Count == 0 ? [] : environment.Tables.SelectMany(OfTable),
        .. environment.SourceNames().SelectMany(OfSource),
        .. environment.BackupName().Select(_ => Metric("acode.replication_lag_seconds", 1)),
        .. environment.Storages.Select(storage => storage.Role.ToString().ToLowerInvariant()).Distinct().SelectMany(OfStorage),
        .. environment.Routes.SelectMany((route, i) => OfRoute(route.Name, isActive: i == 0)),
        .. environment.Routes.Count > 0 ? [Metric("acode.slots_missed_7d", 0)] : Array.Empty<Metric>(),
        .. environment.FindStorage(StorageRole.Audit) is null ? [] : OfAudit(environment.Routes.Count > 1),
        .. new QualityMetrics().Targets(environment).Select(table => Metric("acode.data_quality_score", 99, $"table:{table}")),
        .. new SecretMetrics().Targets(environment).Select(secret => Metric("acode.secret_age_days", 10, $"secret:{secret}")),
        .. from probe in HealthCatalog.All
           from target in probe.Targets(environment)
           select Metric("acode.health_check", 0, $"component:{probe.Component.ToString().ToLowerInvariant()}", $"target:{target}"),
        .. Enum.GetValues<MetricCategory>().Select(category => Metric("acode.metrics_collection_errors", 0, $"type:{category.ToString().ToLowerInvariant()}")),
        Metric("acode.metrics_collections", 1),
    ];

    private static IEnumerable<Metric> OfTable(TableDefinition table)
    {
        string name = $"table:{table.Name}";
        const string Role = "role:backup";
        foreach ((string day, int rows) in new[] { ("day:closed", 1_000), ("day:today", 300) }.Where(_ => table.EventDate is not null))
        {
            yield return Metric("acode.daily_records", rows, name, day, Role);
            if (table.Value is not null)
            {
                yield return Metric("acode.daily_transaction_value", rows * 30, name, day, Role);
            }

            if (table.Pharmacy is not null)
            {
                yield return Metric("acode.daily_unique_pharmacies", 40, name, day, Role);
            }
        }

        if (table.ProcessedAt is not null)
        {
            yield return Metric("acode.data_freshness_hours", 0.5, name, Role);
        }

        if (table.EventDate is not null)
        {
            yield return Metric("acode.event_date_age_days", 0, name, Role);
        }
    }

    private static IEnumerable<Metric> OfSource(string role) =>
    [
        .. Statuses.Select(status => Metric($"acode.mysql_{role}_health_checks", status == "success" ? 1 : 0, $"status:{status}")),
        Metric($"acode.mysql_{role}_response_time", 0.02),
    ];

    private static IEnumerable<Metric> OfStorage(string role) =>
    [
        .. Statuses.Select(status => Metric("acode.s3_health_checks", status == "success" ? 1 : 0, $"bucket:{role}", $"status:{status}")),
        .. role is "primary" or "backup" ? [Metric($"acode.s3_{role}_response_time", 0.3, $"bucket:{role}")] : Array.Empty<Metric>(),
        Metric("acode.latest_file_age_seconds", 1_800, $"bucket:{role}"),
        Metric("acode.s3_file_count", 5_000, $"bucket:{role}"),
        Metric("acode.s3_total_size_bytes", 5e9, $"bucket:{role}"),
    ];

    private static IEnumerable<Metric> OfRoute(string name, bool isActive)
    {
        string route = $"route:{name}";
        yield return Metric("acode.route_active", isActive ? 1 : 0, route);
        if (!isActive)
        {
            yield break;
        }

        yield return Metric("acode.sync_age_hours", 0.5, route);
        yield return Metric("acode.sync_bytes", 1e6, route);
        yield return Metric("acode.sync_duration_minutes", 1, route);
        yield return Metric("acode.sync_failures", 0, route);
        yield return Metric("acode.sync_rows", 3_000, route);
        yield return Metric("acode.sync_running_minutes", 0, route);
        yield return Metric("acode.sync_source_had_rows", 1, route);
    }

    private static IEnumerable<Metric> OfAudit(bool hasStandby) =>
    [
        Metric("acode.audit_backlog_minutes", 0),
        Metric("acode.audit_backlog_records", 0),
        .. hasStandby ? [Metric("acode.drill_age_days", 1), Metric("acode.drill_recovery_seconds", 60), Metric("acode.failover_events", 0), Metric("acode.failovers_30d", 0)] : Array.Empty<Metric>(),
    ];

    private static Metric Metric(string name, double value, params string[] tags)
    {
        MetricDefinition definition = MetricCatalog.Find(name)!;
        return new Metric { Name = name, Value = value, Kind = definition.Kind, Unit = definition.Unit, Category = definition.Category, Tags = tags };
    }
}
