using AcodeOps.Access;
using AcodeOps.Audit;
using AcodeOps.Metrics;
using AcodeOps.Notifications;
using AcodeOps.Reports;
using AcodeOps.Runbooks;
using AcodeOps.Secrets;
using AcodeOps.Secrets.Rotating;
using AcodeOps.Tuning;
using AcodeOps.Tuning.Settings;

namespace AcodeOps.Core.Tests;

/// <summary>An installation of which a test fills in the parts that it needs; asking for any other part fails the test.</summary>
internal sealed class TestInstallation : IInstallation
{
    public static AcodeEnvironment Definition { get; } = new()
    {
        Name = "test",
        Path = "acode.yaml",
        Sources =
        [
            new SourceDefinition { Role = SourceRole.Primary, Credential = new(CredentialHolder.EnvironmentVariable, "PRIMARY") },
            new SourceDefinition { Role = SourceRole.Backup, Credential = new(CredentialHolder.EnvironmentVariable, "BACKUP") },
        ],
        Storages = [new StorageDefinition { Role = StorageRole.Primary, Bucket = "lake" }],
        Routes = [new RouteDefinition { Name = "primary", Source = SourceRole.Primary, Storage = StorageRole.Primary, Connection = "main" }],
        Tables = [new TableDefinition { Name = "sales", EventDate = "Data", ProcessedAt = "Data_Processamento" }],
        Airbyte = new AirbyteDefinition { Url = new Uri("http://airbyte.invalid:8001") },
    };

    public Dictionary<SourceRole, ISource> Sources { get; } = [];

    public Dictionary<StorageRole, IObjectStore> Storages { get; } = [];

    public Dictionary<StorageRole, IObjectStore> Inventories { get; } = [];

    public AcodeEnvironment Environment { get; init; } = Definition;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public ICredentialStore? CredentialStore { get; init; }

    public ICredentialStore Credentials => CredentialStore ?? throw new InvalidOperationException("This test has no credentials.");

    public ISecretVersions SecretVersions => throw new InvalidOperationException("This test has no secrets.");

    public ICallerIdentity? CallerIdentity { get; init; }

    public ICallerIdentity Caller => CallerIdentity ?? throw new InvalidOperationException("This test has no caller.");

    public IAirbyteServer? AirbyteServer { get; init; }

    public IAirbyteServer Airbyte => AirbyteServer ?? throw new InvalidOperationException("This test has no Airbyte.");

    public IAwsAccess Access => throw new InvalidOperationException("This test has no access to AWS.");

    public IChartPainter Charts => throw new InvalidOperationException("This test has no charts.");

    public ICluster? Cluster { get; init; }

    public IIdentifierSource? IdentifierSource { get; init; }

    public IIdentifierSource Identifiers => IdentifierSource ?? throw new InvalidOperationException("This test has no identifiers.");

    public IAuditSpool? Spool { get; init; }

    public IAuditSpool AuditSpool => Spool ?? throw new InvalidOperationException("This test has no spool.");

    public Func<IAuditSigner?> DigestSigner { get; init; } = () => null;

    public IAuditSigner? AuditSigner => DigestSigner();

    public IJournalFolder? JournalFolder { get; init; }

    public IJournalFolder Journals => JournalFolder ?? throw new InvalidOperationException("This test has no journals.");

    public IMachine? ThisMachine { get; init; }

    public IMachine Machine => ThisMachine ?? throw new InvalidOperationException("This test has no machine.");

    public IMachineUsage? ThisMachineUsage { get; init; }

    public IMachineUsage MachineUsage => ThisMachineUsage ?? throw new InvalidOperationException("This test does not measure the machine.");

    public ILakeReader? LakeReader { get; set; }

    public ILakeReader Lake => LakeReader ?? throw new InvalidOperationException("This test has no lake.");

    public ILakeEngine? LakeEngine { get; set; }

    public ILakeWriter? FileWriter { get; set; }

    public ILakeWriter LakeWriter => FileWriter ?? throw new InvalidOperationException("This test writes no files.");

    public INotifier? ChannelNotifier { get; init; }

    public INotifier Notifier => ChannelNotifier ?? throw new InvalidOperationException("This test has no notifier.");

    public AcodeOps.Alerts.Publishing.IAlertMonitors AlertMonitors => throw new InvalidOperationException("This test keeps no monitors.");

    public IMetricSender MetricSender => throw new InvalidOperationException("This test sends no metrics.");

    public ISource Source(SourceRole role) => Sources[role];

    public IServerAccounts Accounts(SourceRole role) => throw new InvalidOperationException("This test has no accounts.");

    public IServerAdministration Administration(SourceRole role) => throw new InvalidOperationException("This test has no administration.");

    public IObjectStore Inventory(StorageRole role) => Inventories[role];

    public IObjectStore Storage(StorageRole role) => Storages[role];

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
