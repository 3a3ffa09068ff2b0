using AcodeOps.Access;
using AcodeOps.Adapters.MySql;
using AcodeOps.Adapters.Tests.MySql;
using AcodeOps.Audit;
using AcodeOps.Metrics;
using AcodeOps.Notifications;
using AcodeOps.Reports;
using AcodeOps.Runbooks;
using AcodeOps.Secrets;
using AcodeOps.Secrets.Rotating;
using AcodeOps.Tuning;

namespace AcodeOps.Adapters.Tests.Tuning;

/// <summary>An installation of which one real source, this machine and, where given, a cluster exist.</summary>
internal sealed class MeasuredSource(MySqlSource source, TimeProvider clock, IMachineUsage usage, ICluster? cluster = null) : IInstallation
{
    public AcodeEnvironment Environment { get; } = SourceUnderTest.Environment("UTC") with
    {
        Sources = [source.Definition],
        Kubernetes = cluster is null ? null : new KubernetesDefinition(),
    };

    public TimeProvider Clock => clock;

    public ICredentialStore Credentials => throw NotHere();

    public ISecretVersions SecretVersions => throw NotHere();

    public ICallerIdentity Caller => throw NotHere();

    public IAirbyteServer Airbyte => throw NotHere();

    public IAwsAccess Access => throw NotHere();

    public IChartPainter Charts => throw NotHere();

    public ICluster? Cluster => cluster;

    public IAuditSpool AuditSpool => throw NotHere();

    public IAuditSigner? AuditSigner => null;

    public IIdentifierSource Identifiers => throw NotHere();

    public IJournalFolder Journals => throw NotHere();

    public IMachine Machine => Adapters.Machine.This;

    public IMachineUsage MachineUsage => usage;

    public ILakeReader Lake => throw NotHere();

    public ILakeWriter LakeWriter => throw NotHere();

    public INotifier Notifier => throw NotHere();

    public IMetricSender MetricSender => throw NotHere();

    public ISource Source(SourceRole role) => source;

    public IServerAccounts Accounts(SourceRole role) => throw NotHere();

    public IObjectStore Storage(StorageRole role) => throw NotHere();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static InvalidOperationException NotHere() => new("This installation has a source only.");
}
