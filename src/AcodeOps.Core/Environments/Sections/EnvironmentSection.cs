using AcodeOps.Documents;
using AcodeOps.Environments.Reading;

namespace AcodeOps.Environments.Sections;

/// <summary>One environment and its small sections.</summary>
internal static class EnvironmentSection
{
    // Ten years of minutes, hours or seconds: more is a slip of the finger.
    private const double Most = 315_360_000;

    public static AcodeEnvironment Read(string name, MappingReader r)
    {
        RoleMap<SourceRole, SourceDefinition> sources = r.RequiredSection("sources", SourceSection.ReadAll);
        RoleMap<StorageRole, StorageDefinition> storages = r.RequiredSection("storages", StorageSection.ReadAll);
        IReadOnlyList<TableDefinition> tables = TableSection.ReadAll(r);
        return new AcodeEnvironment
        {
            Name = name,
            Path = r.File,
            Description = r.Optional("description", ValueKinds.Text),
            TimeZone = r.Optional("timeZone", ValueKinds.TimeZone) ?? "UTC",
            Aws = r.Section("aws", ReadAws) ?? new AwsDefinition(),
            Sources = sources?.Definitions ?? [],
            Storages = storages?.Definitions ?? [],
            Tables = tables,
            Airbyte = r.RequiredSection("airbyte", ReadAirbyte),
            Routes = RouteSection.ReadAll(r, sources?.Roles, storages?.Roles),
            Configuration = r.Section("configuration", ReadConfiguration),
            Kubernetes = r.Section("kubernetes", ReadKubernetes),
            Audit = r.Section("audit", ReadAudit) ?? new AuditDefinition(),
            Failover = r.Section("failover", ReadFailover) ?? new FailoverDefinition(),
            Recovery = r.Section("recovery", ReadRecovery) ?? new RecoveryDefinition(),
            Watch = r.Section("watch", ReadWatch) ?? new WatchDefinition(),
            Objectives = r.Section("objectives", ReadObjectives) ?? new Objectives(),
            Quality = r.Section("quality", q => QualitySection.Read(q, tables)) ?? [],
            Lake = r.Section("lake", LakeSection.Read) ?? new LakeDefinition(),
            Maintenance = r.Section("maintenance", MaintenanceSection.Read) ?? new MaintenanceDefinition(),
            Metrics = r.Section("metrics", MetricsSection.Read) ?? new MetricsDefinition(),
            Datadog = r.Section("datadog", DatadogSection.Read),
            Notifications = r.Section("notifications", NotificationSection.ReadAll) ?? [],
        };
    }

    private static AwsDefinition ReadAws(MappingReader r) => new()
    {
        Region = r.Optional("region", ValueKinds.Region),
        Credential = r.OptionalCredential("credential", CredentialHolder.Profile, CredentialHolder.EnvironmentVariable),
        CredentialsFile = r.Optional("credentialsFile", ValueKinds.PathBeside(r.File)),
        Endpoints = r.Section("endpoints", e => new AwsEndpoints
        {
            S3 = e.Optional("s3", ValueKinds.Url),
            SecretsManager = e.Optional("secretsManager", ValueKinds.Url),
            Sts = e.Optional("sts", ValueKinds.Url),
            Iam = e.Optional("iam", ValueKinds.Url),
            Kms = e.Optional("kms", ValueKinds.Url),
            Athena = e.Optional("athena", ValueKinds.Url),
        }) ?? new AwsEndpoints(),
    };

    private static AirbyteDefinition ReadAirbyte(MappingReader r)
    {
        AirbyteAuthentication authentication = r.Optional("authentication", ValueKinds.Choice<AirbyteAuthentication>()) ?? AirbyteAuthentication.None;
        return new AirbyteDefinition
        {
            Url = r.Required("url", ValueKinds.Url),
            Workspace = r.Optional("workspace", ValueKinds.Uuid),
            Authentication = authentication,
            Credential = authentication == AirbyteAuthentication.None
                ? r.OptionalCredential("credential", CredentialHolder.SecretsManager, CredentialHolder.EnvironmentVariable)
                : r.RequiredCredential("credential", CredentialHolder.SecretsManager, CredentialHolder.EnvironmentVariable),
        };
    }

    private static ConfigurationDefinition ReadConfiguration(MappingReader r) => new(
        r.Required("folder", ValueKinds.PathBeside(r.File)), r.Optional("overlay", ValueKinds.Word));

    private static KubernetesDefinition ReadKubernetes(MappingReader r)
    {
        KubernetesDefinition standard = new();
        return standard with
        {
            Namespace = r.Optional("namespace", ValueKinds.Word) ?? standard.Namespace,
            Context = r.Optional("context", ValueKinds.Text),
            ConfigFile = r.Optional("configFile", ValueKinds.PathBeside(r.File)),
            Selector = r.Optional("selector", ValueKinds.Text),
        };
    }

    private static AuditDefinition ReadAudit(MappingReader r)
    {
        AuditDefinition standard = new();
        return standard with
        {
            RetentionDays = r.Optional("retentionDays", ValueKinds.Whole(1, 36_500)) ?? standard.RetentionDays,
            LegalBasis = r.Optional("legalBasis", ValueKinds.Text),
            Lock = r.Optional("lock", ValueKinds.Choice<AuditLock>()) ?? standard.Lock,
            SpoolFolder = r.Optional("spoolFolder", ValueKinds.PathBeside(r.File)),
            SigningKey = r.OptionalCredential("signingKey", CredentialHolder.Kms, CredentialHolder.SecretsManager, CredentialHolder.EnvironmentVariable),
            IdentifierKey = r.OptionalCredential("identifierKey", CredentialHolder.SecretsManager, CredentialHolder.EnvironmentVariable),
            AllowedDetails = r.Values("allowedDetails", ValueKinds.Word),
        };
    }

    private static FailoverDefinition ReadFailover(MappingReader r)
    {
        FailoverDefinition standard = new();
        return standard with
        {
            LeaseStorage = r.Optional("leaseStorage", ValueKinds.Choice<StorageRole>()) ?? standard.LeaseStorage,
            LeaseSeconds = r.Optional("leaseSeconds", ValueKinds.Number(5, 3600)) ?? standard.LeaseSeconds,
            CursorMarginSeconds = r.Optional("cursorMarginSeconds", ValueKinds.Number(0, 604_800)) ?? standard.CursorMarginSeconds,
        };
    }

    private static RecoveryDefinition ReadRecovery(MappingReader r)
    {
        RecoveryDefinition standard = new();
        return standard with
        {
            Probes = r.Optional("probes", ValueKinds.Whole(1, 100)) ?? standard.Probes,
            FailedProbes = r.Optional("failedProbes", ValueKinds.Whole(1, 100)) ?? standard.FailedProbes,
            ProbeSeconds = r.Optional("probeSeconds", ValueKinds.Number(0, 3600)) ?? standard.ProbeSeconds,
            PlanMinutes = r.Optional("planMinutes", ValueKinds.Number(1, 1440)) ?? standard.PlanMinutes,
        };
    }

    private static WatchDefinition ReadWatch(MappingReader r)
    {
        WatchDefinition standard = new();
        return standard with
        {
            Probes = r.Optional("probes", ValueKinds.Whole(1, 100)) ?? standard.Probes,
            FailedProbes = r.Optional("failedProbes", ValueKinds.Whole(1, 100)) ?? standard.FailedProbes,
            ProbeSeconds = r.Optional("probeSeconds", ValueKinds.Number(0.2, 3600)) ?? standard.ProbeSeconds,
            MinutesBetweenSwitches = r.Optional("minutesBetweenSwitches", ValueKinds.Number(0, 525_600)) ?? standard.MinutesBetweenSwitches,
            Maintenance = r.Values("maintenance", ValueKinds.Window),
        };
    }

    private static Objectives ReadObjectives(MappingReader r)
    {
        Objectives standard = new();
        return standard with
        {
            FreshnessHours = r.Optional("freshnessHours", ValueKinds.Number(0, Most)) ?? standard.FreshnessHours,
            FreshnessWarningHours = r.Optional("freshnessWarningHours", ValueKinds.Number(0, Most)) ?? standard.FreshnessWarningHours,
            SyncMinutes = r.Optional("syncMinutes", ValueKinds.Number(0, Most)) ?? standard.SyncMinutes,
            NullPercent = r.Optional("nullPercent", ValueKinds.Number(0, 100)) ?? standard.NullPercent,
            LagSeconds = r.Optional("lagSeconds", ValueKinds.Number(0, Most)) ?? standard.LagSeconds,
            VolumePercent = r.Optional("volumePercent", ValueKinds.Number(0, 100)) ?? standard.VolumePercent,
            ClockOffsetSeconds = r.Optional("clockOffsetSeconds", ValueKinds.Number(0, Most)) ?? standard.ClockOffsetSeconds,
            DrillDays = r.Optional("drillDays", ValueKinds.Number(0, Most)) ?? standard.DrillDays,
            RotationDays = r.Optional("rotationDays", ValueKinds.Number(0, Most)) ?? standard.RotationDays,
            QualityScore = r.Optional("qualityScore", ValueKinds.Number(0, 100)) ?? standard.QualityScore,
        };
    }
}
