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

/// <summary>An installation of which only those parts exist that a test gives it.</summary>
internal abstract class PartialInstallation : IInstallation
{
    public abstract AcodeEnvironment Environment { get; }

    public virtual TimeProvider Clock => TimeProvider.System;

    public virtual ICredentialStore Credentials => throw NotHere();

    public virtual ISecretVersions SecretVersions => throw NotHere();

    public virtual ICallerIdentity Caller => throw NotHere();

    public virtual IAirbyteServer Airbyte => throw NotHere();

    public virtual IAwsAccess Access => throw NotHere();

    public virtual IChartPainter Charts => throw NotHere();

    public virtual ICluster? Cluster => null;

    public virtual IAuditSpool AuditSpool => throw NotHere();

    public virtual IAuditSigner? AuditSigner => null;

    public virtual IIdentifierSource Identifiers => throw NotHere();

    public virtual IJournalFolder Journals => throw NotHere();

    public virtual IMachine Machine => throw NotHere();

    public virtual IMachineUsage MachineUsage => throw NotHere();

    public virtual ILakeReader Lake => throw NotHere();

    public virtual ILakeEngine? LakeEngine => null;

    public virtual ILakeWriter LakeWriter => throw NotHere();

    public virtual INotifier Notifier => throw NotHere();

    public virtual AcodeOps.Alerts.Publishing.IAlertMonitors AlertMonitors => throw NotHere();

    public virtual IMetricSender MetricSender => throw NotHere();

    public virtual ISource Source(SourceRole role) => throw NotHere();

    public virtual IServerAccounts Accounts(SourceRole role) => throw NotHere();

    public virtual IServerAdministration Administration(SourceRole role) => throw NotHere();

    public virtual IObjectStore Inventory(StorageRole role) => throw NotHere();

    public virtual IObjectStore Storage(StorageRole role) => throw NotHere();

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static InvalidOperationException NotHere() => new("This installation has no such part.");
}
