using AcodeOps.Health;
using AcodeOps.Health.Probes;

namespace AcodeOps.Watching;

/// <summary>Every other check, once in a while, beside the looks of a watch: they hold up none of them.</summary>
internal sealed class HealthRounds(IInstallation installation, TimeSpan every, TimeSpan timeout) : IAsyncDisposable
{
    // What the looks see themselves, and see more often.
    private static readonly Type[] Looked = [typeof(SourceProbe), typeof(StorageProbe), typeof(AirbyteProbe), typeof(ReplicationProbe)];
    private static readonly TimeSpan Farewell = TimeSpan.FromMilliseconds(500);

    private readonly HealthProbe[] _probes = [.. HealthCatalog.All.Where(probe => !Looked.Contains(probe.GetType()))];
    private readonly CancellationTokenSource _stop = new();
    private Task<IReadOnlyList<HealthCheck>>? _round;
    private long? _begunAt;

    /// <summary>What has been found since the last time this was asked; begins the next round when it is due.</summary>
    /// <exception cref="Exception">The round itself failed: what was found before must not stand for what is.</exception>
    public async Task<IReadOnlyList<HealthCheck>> TakeAsync()
    {
        IReadOnlyList<HealthCheck> found = [];
        if (_round is { IsCompleted: true } ended)
        {
            found = await ended.ConfigureAwait(false);
            _round = null;
        }

        if (_round is null && (_begunAt is not { } begun || installation.Clock.GetElapsedTime(begun) >= every))
        {
            _begunAt = installation.Clock.GetTimestamp();
            _round = RunAsync(_stop.Token);
        }

        return found;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        if (_round is { } round)
        {
            await ((Task)round).WaitAsync(Farewell, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _stop.Dispose();
    }

    private async Task<IReadOnlyList<HealthCheck>> RunAsync(CancellationToken cancel)
    {
        List<HealthCheck> checks = [];
        await foreach (HealthCheck check in HealthRunner.RunAsync(installation, _probes, timeout, cancel).ConfigureAwait(false))
        {
            checks.Add(check);
        }

        return checks;
    }
}
