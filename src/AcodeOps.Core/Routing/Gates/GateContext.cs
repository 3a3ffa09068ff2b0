using AcodeOps.Health;

namespace AcodeOps.Routing.Gates;

/// <summary>What the conditions of a switch are judged by.</summary>
internal sealed class GateContext(IInstallation installation, FailoverRequest request, bool mayWrite, CancellationToken round)
{
    private readonly HealthContext _health = new(installation, round);

    /// <summary>The installation.</summary>
    public IInstallation Installation { get; } = installation;

    /// <summary>What was asked for.</summary>
    public FailoverRequest Request { get; } = request;

    /// <summary>The time limit of each condition.</summary>
    public TimeSpan Timeout { get; } = TimeSpan.FromSeconds(request.TimeoutSeconds);

    /// <summary>True when a canary may be written; false while only planning, which changes nothing at all.</summary>
    public bool MayWrite { get; } = mayWrite;

    /// <summary>The route that will write.</summary>
    public required PlannedRoute To { get; init; }

    /// <summary>The routes that will be switched off.</summary>
    public required IReadOnlyList<PlannedRoute> From { get; init; }

    /// <summary>The route that wrote last; null when none is known.</summary>
    public PlannedRoute? Origin { get; init; }

    /// <summary>True when the new source is a replica of the old one, so that it may lack what the old one has.</summary>
    public bool IsToReplica => To.Route.Source == SourceRole.Backup && Origin?.Route.Source != SourceRole.Backup;

    /// <summary>What a health check finds, with the connections of all conditions shared.</summary>
    public Task<HealthCheck> LookAsync(HealthProbe probe, string target) => HealthRunner.LookAsync(probe, target, _health, Timeout, round);

    /// <summary>
    /// True when a source answers; asked once, and for half of a condition's time: a source that is a black hole must not
    /// hold up what is asked of the other.
    /// </summary>
    public Task<bool> AnswersAsync(SourceRole role) => _health.OnceAsync((typeof(SourceProbe), role), async _ =>
        Installation.Environment.FindSource(role) is not null
        && (await HealthRunner.LookAsync(new SourceProbe(), role.TargetName(), _health, Timeout / 2, round).ConfigureAwait(false)).Verdict == Verdict.Healthy);

    /// <summary>The backup's replication channels, read once.</summary>
    public Task<IReadOnlyList<ReplicationStatus>> ReplicationAsync() => _health.ReplicationAsync();

    /// <summary>A table as a source has it, read once a source; null when it has none.</summary>
    public async Task<TableSchema?> SchemaAsync(SourceRole role, string table)
    {
        ISource source = await _health.SourceAsync(role).ConfigureAwait(false);
        string[] all = [.. Installation.Environment.Tables.Select(t => t.Name)];
        IReadOnlyList<TableSchema> found = await _health.OnceAsync((typeof(TableSchema), role), cancel => source.ReadSchemaAsync(all, cancel)).ConfigureAwait(false);
        return found.FirstOrDefault(t => t.Name.Equals(table, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The state of a connection, read once.</summary>
    public Task<SyncState> StateAsync(PlannedRoute route) => _health.OnceAsync(
        (typeof(SyncState), route.Connection.ConnectionId), cancel => Installation.Airbyte.ReadStateAsync(route.Connection.ConnectionId, cancel));
}
