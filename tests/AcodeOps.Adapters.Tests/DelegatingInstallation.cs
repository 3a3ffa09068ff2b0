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

namespace AcodeOps.Adapters.Tests;

/// <summary>A real installation of which a test replaces some parts.</summary>
internal abstract class DelegatingInstallation(IInstallation real) : IInstallation
{
    public AcodeEnvironment Environment => real.Environment;

    public TimeProvider Clock => real.Clock;

    public ICredentialStore Credentials => real.Credentials;

    public virtual ISecretVersions SecretVersions => real.SecretVersions;

    public ICallerIdentity Caller => real.Caller;

    public IAirbyteServer Airbyte => real.Airbyte;

    public IAwsAccess Access => real.Access;

    public IChartPainter Charts => real.Charts;

    public ICluster? Cluster => real.Cluster;

    public IIdentifierSource Identifiers => real.Identifiers;

    public IAuditSpool AuditSpool => real.AuditSpool;

    public IAuditSigner? AuditSigner => real.AuditSigner;

    public virtual IJournalFolder Journals => real.Journals;

    public IMachine Machine => real.Machine;

    public IMachineUsage MachineUsage => real.MachineUsage;

    public ILakeReader Lake => real.Lake;

    public virtual ILakeEngine? LakeEngine => real.LakeEngine;

    public virtual ILakeWriter LakeWriter => real.LakeWriter;

    public INotifier Notifier => real.Notifier;

    public AcodeOps.Alerts.Publishing.IAlertMonitors AlertMonitors => real.AlertMonitors;

    public IMetricSender MetricSender => real.MetricSender;

    public ISource Source(SourceRole role) => real.Source(role);

    public virtual IServerAccounts Accounts(SourceRole role) => real.Accounts(role);

    public virtual IServerAdministration Administration(SourceRole role) => real.Administration(role);

    public virtual IObjectStore Inventory(StorageRole role) => real.Inventory(role);

    public virtual IObjectStore Storage(StorageRole role) => real.Storage(role);

    public virtual ValueTask DisposeAsync() => real.DisposeAsync();
}
