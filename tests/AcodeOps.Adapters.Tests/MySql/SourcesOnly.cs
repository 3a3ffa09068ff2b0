using AcodeOps.Access;
using AcodeOps.Adapters.MySql;
using AcodeOps.Audit;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Metrics;
using AcodeOps.Notifications;
using AcodeOps.Reports;
using AcodeOps.Runbooks;
using AcodeOps.Secrets;
using AcodeOps.Secrets.Rotating;
using AcodeOps.Tuning;

namespace AcodeOps.Adapters.Tests.MySql;

/// <summary>An installation of which only the two sources exist, on real servers.</summary>
internal sealed class SourcesOnly : IInstallation
{
    private readonly Dictionary<SourceRole, MySqlSource> _sources;

    public SourcesOnly(DatabasePair pair, params TableDefinition[] tables)
        : this(pair, (pair.Primary.Reader, pair.Replica.Reader), tables)
    {
    }

    public SourcesOnly(DatabasePair pair, (DatabaseLogin Primary, DatabaseLogin Backup) logins, params TableDefinition[] tables)
    {
        SourceDefinition primary = SourceUnderTest.Definition(pair.Primary, logins.Primary) with { IsPartners = true };
        SourceDefinition backup = SourceUnderTest.Definition(pair.Replica, logins.Backup);
        Environment = SourceUnderTest.Environment("UTC") with { Sources = [primary, backup], Tables = tables };
        _sources = new()
        {
            [SourceRole.Primary] = SourceUnderTest.Open(primary, new OneCredential(logins.Primary.Password)),
            [SourceRole.Backup] = SourceUnderTest.Open(backup, new OneCredential(logins.Backup.Password)),
        };
    }

    public AcodeEnvironment Environment { get; }

    public TimeProvider Clock => TimeProvider.System;

    public ICredentialStore Credentials => throw NotHere();

    public ISecretVersions SecretVersions => throw NotHere();

    public ICallerIdentity Caller => throw NotHere();

    public IAirbyteServer Airbyte => throw NotHere();

    public IAwsAccess Access => throw NotHere();

    public IChartPainter Charts => throw NotHere();

    public ICluster? Cluster => null;

    public IAuditSpool AuditSpool => throw NotHere();

    public IAuditSigner? AuditSigner => null;

    public IIdentifierSource Identifiers => throw NotHere();

    public IJournalFolder Journals => throw NotHere();

    public IMachine Machine => throw NotHere();

    public IMachineUsage MachineUsage => throw NotHere();

    public ILakeReader Lake => throw NotHere();

    public ILakeWriter LakeWriter => throw NotHere();

    public INotifier Notifier => throw NotHere();

    public IMetricSender MetricSender => throw NotHere();

    public ISource Source(SourceRole role) => _sources[role];

    public IServerAccounts Accounts(SourceRole role) => throw NotHere();

    public IObjectStore Storage(StorageRole role) => throw NotHere();

    public async ValueTask DisposeAsync()
    {
        foreach (MySqlSource source in _sources.Values)
        {
            await source.DisposeAsync();
        }
    }

    private static InvalidOperationException NotHere() => new("This installation has sources only.");
}
