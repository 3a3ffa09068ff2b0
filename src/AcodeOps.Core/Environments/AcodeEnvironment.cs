namespace AcodeOps;

/// <summary>
/// One installation: its sources, storages, routes, Airbyte, audit, objectives and notification channels. Made from an environment file that has
/// been read and found good; holds references to credentials, never credentials.
/// </summary>
public sealed record AcodeEnvironment
{
    /// <summary>Its name in the file: <c>production</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The file that it was read from.</summary>
    public required string Path { get; init; }

    /// <summary>What it is, for people.</summary>
    public string? Description { get; init; }

    /// <summary>Region, profile and endpoints of AWS.</summary>
    public AwsDefinition Aws { get; init; } = new();

    /// <summary>The MySQL servers.</summary>
    public required IReadOnlyList<SourceDefinition> Sources { get; init => field = value.ToArray(); }

    /// <summary>The buckets.</summary>
    public required IReadOnlyList<StorageDefinition> Storages { get; init => field = value.ToArray(); }

    /// <summary>The routes, in order of preference.</summary>
    public required IReadOnlyList<RouteDefinition> Routes { get; init => field = value.ToArray(); }

    /// <summary>The tables that are ingested.</summary>
    public required IReadOnlyList<TableDefinition> Tables { get; init => field = value.ToArray(); }

    /// <summary>The zone in which the sources write dates and times that carry none (IANA name).</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>The Airbyte server.</summary>
    public required AirbyteDefinition Airbyte { get; init; }

    /// <summary>Where the configuration of Airbyte is kept as files; null where the environment does not say.</summary>
    public ConfigurationDefinition? Configuration { get; init; }

    /// <summary>The cluster that runs Airbyte; null where it is not to be looked at.</summary>
    public KubernetesDefinition? Kubernetes { get; init; }

    /// <summary>How the audit trail is kept.</summary>
    public AuditDefinition Audit { get; init; } = new();

    /// <summary>How switches between routes are made.</summary>
    public FailoverDefinition Failover { get; init; } = new();

    /// <summary>How an assessment looks before a recovery is decided.</summary>
    public RecoveryDefinition Recovery { get; init; } = new();

    /// <summary>When a watch may switch by itself.</summary>
    public WatchDefinition Watch { get; init; } = new();

    /// <summary>What is promised, and held against the measurements.</summary>
    public Objectives Objectives { get; init; } = new();

    /// <summary>Rules of data quality beside those that tables have of themselves, or instead of them.</summary>
    public IReadOnlyList<QualityRuleDefinition> Quality { get; init => field = value.ToArray(); } = [];

    /// <summary>What answers questions about the lake.</summary>
    public LakeDefinition Lake { get; init; } = new();

    /// <summary>What the weekly maintenance clears.</summary>
    public MaintenanceDefinition Maintenance { get; init; } = new();

    /// <summary>Where metrics go, and how often they are collected.</summary>
    public MetricsDefinition Metrics { get; init; } = new();

    /// <summary>Where monitors are kept at Datadog; null for nowhere.</summary>
    public DatadogDefinition? Datadog { get; init; }

    /// <summary>The channels that notifications go to, in the order of the file; empty for none.</summary>
    public IReadOnlyList<NotificationDefinition> Notifications { get; init => field = value.ToArray(); } = [];

    /// <summary>The source of this role, or null.</summary>
    public SourceDefinition? FindSource(SourceRole role) => Sources.FirstOrDefault(s => s.Role == role);

    /// <summary>The storage of this role, or null.</summary>
    public StorageDefinition? FindStorage(StorageRole role) => Storages.FirstOrDefault(s => s.Role == role);

    /// <inheritdoc />
    public override string ToString() => Name;
}
