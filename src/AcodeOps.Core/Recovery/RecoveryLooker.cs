using AcodeOps.Health;
using AcodeOps.Health.Probes;
using AcodeOps.Syncs;

namespace AcodeOps.Recovery;

/// <summary>Looks at the parts that a recovery turns on. Changes nothing but the canaries of its looks.</summary>
internal sealed class RecoveryLooker(IInstallation installation, TimeSpan timeout) : ILooker
{
    private static readonly (RecoveryPart Part, HealthProbe Probe, string Target)[] Looks =
    [
        (RecoveryPart.PrimarySource, new SourceProbe(), "primary"),
        (RecoveryPart.BackupSource, new SourceProbe(), "backup"),
        (RecoveryPart.PrimaryStorage, new StorageProbe(), "primary"),
        (RecoveryPart.BackupStorage, new StorageProbe(), "backup"),
        (RecoveryPart.Airbyte, new AirbyteProbe(), "airbyte"),
    ];

    /// <inheritdoc />
    public async Task<RecoveryLook> LookAsync(CancellationToken cancel)
    {
        using CancellationTokenSource limit = new(timeout, installation.Clock);
        using CancellationTokenSource round = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        HealthContext context = new(installation, round.Token);
        (RecoveryPart Part, Task<HealthCheck> Check)[] running =
        [
            .. from look in Looks
               where look.Probe.Targets(installation.Environment).Contains(look.Target)
               select (look.Part, HealthRunner.LookAsync(look.Probe, look.Target, context, timeout, round.Token)),
        ];
        Task<HealthCheck>? replication = installation.Environment.BackupName().Any()
            ? HealthRunner.LookAsync(new ReplicationProbe(), "backup", context, timeout, round.Token)
            : null;
        Dictionary<RecoveryPart, HealthCheck> checks = [];
        foreach ((RecoveryPart part, Task<HealthCheck> check) in running)
        {
            checks[part] = await check.ConfigureAwait(false);
        }

        HealthCheck? replicating = replication is null ? null : await replication.ConfigureAwait(false);
        cancel.ThrowIfCancellationRequested();
        IReadOnlyList<ReplicationStatus> channels = replicating is { Verdict: not Verdict.Unknown } ? await context.ReplicationAsync().ConfigureAwait(false) : [];
        return new RecoveryLook(installation.Clock.GetUtcNow(), checks, replicating, channels);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<Route>?> RoutesAsync(CancellationToken cancel)
    {
        using CancellationTokenSource limit = new(timeout, installation.Clock);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            Route[] routes = [.. (await RouteReader.ReadAsync(installation, both.Token).ConfigureAwait(false)).Select(reading => reading.Route)];
            bool isTold = routes.Any(route => route.IsActive) || !routes.Any(route => route is { Status: ConnectionStatus.Unknown, ConnectionId: not null });
            return isTold ? routes : null;
        }
        catch (AcodeException)
        {
            // Airbyte's own verdict says what is wrong.
            return null;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return null;
        }
    }
}
