using AcodeOps.Access;
using AcodeOps.Alerts.Publishing;
using AcodeOps.Audit;
using AcodeOps.Metrics;
using AcodeOps.Notifications;
using AcodeOps.Reports;
using AcodeOps.Runbooks;
using AcodeOps.Secrets;
using AcodeOps.Secrets.Rotating;
using AcodeOps.Tuning;
using AcodeOps.Tuning.Settings;

namespace AcodeOps;

/// <summary>
/// The living counterparts of an environment: its servers, buckets, secrets and clock. Made by the adapters; everything
/// is opened at first use and closed with it. Safe for concurrent use.
/// </summary>
public interface IInstallation : IAsyncDisposable
{
    /// <summary>The definition that it was opened from.</summary>
    AcodeEnvironment Environment { get; }

    /// <summary>This machine's clock.</summary>
    TimeProvider Clock { get; }

    /// <summary>The secrets that the environment refers to.</summary>
    ICredentialStore Credentials { get; }

    /// <summary>The versions of the secrets that are in Secrets Manager.</summary>
    ISecretVersions SecretVersions { get; }

    /// <summary>Who calls, as AWS sees it.</summary>
    ICallerIdentity Caller { get; }

    /// <summary>The Airbyte server.</summary>
    IAirbyteServer Airbyte { get; }

    /// <summary>The Kubernetes cluster that runs Airbyte; null where the environment names none.</summary>
    ICluster? Cluster { get; }

    /// <summary>Makes identifiers that no other process makes.</summary>
    IIdentifierSource Identifiers { get; }

    /// <summary>Where audit records wait until the audit storage has them.</summary>
    IAuditSpool AuditSpool { get; }

    /// <summary>Signs the digests of the audit trail; null where the environment names no key.</summary>
    IAuditSigner? AuditSigner { get; }

    /// <summary>Where the journals of this machine's runs are kept.</summary>
    IJournalFolder Journals { get; }

    /// <summary>This machine and this process.</summary>
    IMachine Machine { get; }

    /// <summary>What this machine's system counts of its processor, memory and disks.</summary>
    IMachineUsage MachineUsage { get; }

    /// <summary>Reads the lake's Parquet objects.</summary>
    ILakeReader Lake { get; }

    /// <summary>Answers questions about lakes beyond one machine; null where the environment names none, and this process reads the objects itself.</summary>
    ILakeEngine? LakeEngine { get; }

    /// <summary>Writes Parquet files.</summary>
    ILakeWriter LakeWriter { get; }

    /// <summary>Carries notifications to the channels that the environment names.</summary>
    INotifier Notifier { get; }

    /// <summary>Draws the charts of reports.</summary>
    IChartPainter Charts { get; }

    /// <summary>Finds out what the present credentials may do at AWS.</summary>
    IAwsAccess Access { get; }

    /// <summary>Carries metrics to the sinks that the environment names.</summary>
    IMetricSender MetricSender { get; }

    /// <summary>The monitors at Datadog.</summary>
    /// <exception cref="AcodeException"><c>DatadogNotDefined</c>: the environment names no organization there.</exception>
    IAlertMonitors AlertMonitors { get; }

    /// <summary>The source of this role.</summary>
    /// <exception cref="AcodeException"><c>SourceNotDefined</c>: the environment has none.</exception>
    ISource Source(SourceRole role);

    /// <summary>The accounts of the server of this source.</summary>
    /// <exception cref="AcodeException"><c>SourceNotDefined</c>: the environment has none.</exception>
    IServerAccounts Accounts(SourceRole role);

    /// <summary>Changes how the server of this source is set.</summary>
    /// <exception cref="AcodeException"><c>SourceNotDefined</c>: the environment has none.</exception>
    IServerAdministration Administration(SourceRole role);

    /// <summary>Where S3 writes the inventory of the storage of this role.</summary>
    /// <exception cref="AcodeException"><c>InventoryNotDefined</c>: the environment names none.</exception>
    IObjectStore Inventory(StorageRole role);

    /// <summary>The storage of this role.</summary>
    /// <exception cref="AcodeException"><c>StorageNotDefined</c>: the environment has none.</exception>
    IObjectStore Storage(StorageRole role);
}
