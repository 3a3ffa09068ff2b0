using System.Collections.Concurrent;
using AcodeOps.Access;
using AcodeOps.Adapters.Airbyte;
using AcodeOps.Adapters.Aws;
using AcodeOps.Adapters.Aws.Access;
using AcodeOps.Adapters.Datadog;
using AcodeOps.Adapters.Files;
using AcodeOps.Adapters.Kubernetes;
using AcodeOps.Adapters.Lake;
using AcodeOps.Adapters.LakeEngines;
using AcodeOps.Adapters.MachineUsage;
using AcodeOps.Adapters.Metrics;
using AcodeOps.Adapters.MySql;
using AcodeOps.Adapters.Notifications;
using AcodeOps.Adapters.Reports;
using AcodeOps.Adapters.Secrets;
using AcodeOps.Adapters.Storage;
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

namespace AcodeOps.Adapters;

/// <summary>The servers of one environment, each opened at first use.</summary>
internal sealed class Installation : IInstallation
{
    private readonly ConcurrentDictionary<SourceRole, Lazy<ISource>> _sources = new();
    private readonly ConcurrentDictionary<StorageRole, Lazy<IObjectStore>> _storages = new();
    private readonly ConcurrentDictionary<StorageRole, Lazy<IObjectStore>> _inventories = new();
    private readonly Lazy<AwsAccount> _aws;
    private readonly Lazy<ICredentialStore> _credentials;
    private readonly Lazy<ISecretVersions> _versions;
    private readonly Lazy<ICallerIdentity> _caller;
    private readonly Lazy<IAwsAccess> _access;
    private readonly Lazy<IAirbyteServer> _airbyte;
    private readonly Lazy<ICluster?> _cluster;
    private readonly Lazy<IAuditSpool> _spool;
    private readonly Lazy<IJournalFolder> _journals;
    private readonly Lazy<HttpNotifier> _notifier;
    private readonly Lazy<DatadogMonitors> _monitors;
    private readonly Lazy<ILakeEngine?> _lakeEngine;

    public Installation(AcodeEnvironment environment, AwsSession? session, TimeProvider clock)
    {
        Environment = environment;
        Clock = clock;

        // Ids of another clock than the system's would be ahead of, or hold back, those that the rest of the process gives out.
        Identifiers = clock == TimeProvider.System ? UlidSource.OfThisProcess : new UlidSource();
        _aws = new(() => new AwsAccount(environment.Aws, session, environment.Aws.CredentialsFile));
        _credentials = new(() => new CredentialStore(_aws.Value));
        _versions = new(() => new SecretVersions(_aws.Value));
        _caller = new(() => new StsCallerIdentity(_aws.Value));
        _access = new(() => new AwsAccess(_aws.Value, Credentials));
        _airbyte = new(() => new AirbyteServer(environment.Airbyte, Credentials, clock));
        _cluster = new(() => environment.Kubernetes is { } definition ? new KubernetesCluster(definition) : null);
        _spool = new(() => new AuditSpoolFolder(environment));
        _journals = new(() => new JournalFolder(environment));
        _notifier = new(() => new HttpNotifier(Credentials, clock));
        _monitors = new(() => new DatadogMonitors(environment.Datadog ?? throw NotDefined("DatadogNotDefined", "organization at Datadog", "datadog"), Credentials, clock));
        _lakeEngine = new(() => environment.Lake.Engine switch
        {
            AcodeOps.LakeEngine.Trino => new SqlLakeEngine(environment.Lake, new TrinoSession(environment.Lake, Credentials, clock)),
            AcodeOps.LakeEngine.Athena => new SqlLakeEngine(environment.Lake, new AthenaSession(environment.Lake, _aws.Value, clock)),
            _ => null,
        });
        MetricSender = new MetricSender(environment.Name, () => Credentials);
    }

    public AcodeEnvironment Environment { get; }

    public TimeProvider Clock { get; }

    public ICredentialStore Credentials => _credentials.Value;

    public ISecretVersions SecretVersions => _versions.Value;

    public ICallerIdentity Caller => _caller.Value;

    public IAwsAccess Access => _access.Value;

    public IAirbyteServer Airbyte => _airbyte.Value;

    public ICluster? Cluster => _cluster.Value;

    public IAuditSigner? AuditSigner => Environment.Audit.SigningKey switch
    {
        null => null,
        { Holder: CredentialHolder.Kms } key => new KmsSigner(key.Name, _aws.Value),
        { } secret => new SecretKeySigner(secret, Credentials),
    };

    public IIdentifierSource Identifiers { get; }

    public IAuditSpool AuditSpool => _spool.Value;

    public IChartPainter Charts { get; } = new OxyPlotPainter();

    public ILakeReader Lake { get; } = new ParquetLakeReader();

    public ILakeEngine? LakeEngine => _lakeEngine.Value;

    public ILakeWriter LakeWriter { get; } = new ParquetLakeWriter();

    public IJournalFolder Journals => _journals.Value;

    public IMachine Machine => Adapters.Machine.This;

    public IMachineUsage MachineUsage { get; } = OperatingSystem.IsLinux() ? new LinuxUsage() : new PortableUsage();

    public INotifier Notifier => _notifier.Value;

    public IAlertMonitors AlertMonitors => _monitors.Value;

    public IMetricSender MetricSender { get; }

    public ISource Source(SourceRole role) => _sources.GetOrAdd(role, r => new(() => new MySqlSource(Definition(r), Environment, Credentials, Clock))).Value;

    public IServerAccounts Accounts(SourceRole role) => new MySqlAccounts(Definition(role));

    /// <inheritdoc />
    public IServerAdministration Administration(SourceRole role) => new MySqlAdministration(Definition(role));

    public IObjectStore Storage(StorageRole role) => _storages.GetOrAdd(role, r => new(() => new S3ObjectStore(
        Environment.FindStorage(r) ?? throw NotDefined("StorageNotDefined", $"{r} storage", $"storages.{Key(r)}"),
        _aws.Value))).Value;

    public IObjectStore Inventory(StorageRole role) => _inventories.GetOrAdd(role, r => new(() => new S3ObjectStore(
        Environment.FindStorage(r)?.InventoryStorage ?? throw NotDefined("InventoryNotDefined", $"inventory of the {r} storage", $"storages.{Key(r)}.inventory"),
        _aws.Value))).Value;

    public async ValueTask DisposeAsync()
    {
        foreach (Lazy<ISource> source in _sources.Values.Where(s => s.IsValueCreated))
        {
            await source.Value.DisposeAsync().ConfigureAwait(false);
        }

        foreach (Lazy<IObjectStore> storage in _storages.Values.Concat(_inventories.Values).Where(s => s.IsValueCreated))
        {
            await storage.Value.DisposeAsync().ConfigureAwait(false);
        }

        if (_airbyte.IsValueCreated)
        {
            await _airbyte.Value.DisposeAsync().ConfigureAwait(false);
        }

        if (_notifier.IsValueCreated)
        {
            _notifier.Value.Dispose();
        }

        if (_monitors.IsValueCreated)
        {
            _monitors.Value.Dispose();
        }

        if (_lakeEngine is { IsValueCreated: true, Value: { } engine })
        {
            engine.Dispose();
        }

        if (_cluster is { IsValueCreated: true, Value: IDisposable cluster })
        {
            cluster.Dispose();
        }

        if (_aws.IsValueCreated)
        {
            _aws.Value.Dispose();
        }
    }

    private SourceDefinition Definition(SourceRole role) => Environment.FindSource(role) ?? throw NotDefined("SourceNotDefined", $"{role} source", $"sources.{Key(role)}");

    private AcodeException NotDefined(string id, string what, string key) => new(
        id, FailureClass.InvalidInput, $"Environment '{Environment.Name}' has no {what}.")
    {
        Advice = $"Add {key} to {Environment.Path}.",
        Subject = Environment,
    };

    private static string Key<T>(T role) where T : struct, Enum => role.ToString().ToLowerInvariant();
}
