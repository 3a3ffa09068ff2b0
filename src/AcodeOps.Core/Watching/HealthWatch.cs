using System.Runtime.CompilerServices;
using AcodeOps.Audit;
using AcodeOps.Recovery;

namespace AcodeOps.Watching;

/// <summary>
/// Watches an installation: looks again and again at what ingestion turns on, draws the last looks together, and, where it may,
/// switches by itself. It runs until it is stopped, and keeps no more than the last looks.
/// </summary>
public sealed class HealthWatch
{
    // Between looks that find nothing wrong, Airbyte is not asked again each time which route is active.
    private static readonly TimeSpan RoutesKept = TimeSpan.FromSeconds(10);

    private readonly IInstallation _installation;
    private readonly WatchOptions _options;
    private readonly ILooker _looker;
    private readonly WatchResponse? _response;
    private readonly WatchWindow _window;
    private IReadOnlyList<Route>? _routes;
    private long? _routesAt;

    /// <param name="installation">The installation.</param>
    /// <param name="options">How it goes.</param>
    /// <param name="origin">Where the audit records of its switches come from.</param>
    public HealthWatch(IInstallation installation, WatchOptions options, AuditOrigin origin)
        : this(
            installation, options, new RecoveryLooker(installation, TimeSpan.FromSeconds(options.TimeoutSeconds)),
            new SwitchHistoryReader(installation).ReadAsync, new AutomaticRecovery(installation, options, origin).RunAsync)
    {
    }

    internal HealthWatch(IInstallation installation, WatchOptions options, ILooker looker, ReadSwitches history, Recover recover)
    {
        (_installation, _options, _looker) = (installation, options, looker);
        _window = new WatchWindow(installation.Environment.Watch);
        _response = options.AutoFailover ? new WatchResponse(installation, _window, history, recover) : null;
    }

    /// <summary>Watches until it is stopped: a reading for each look.</summary>
    public async IAsyncEnumerable<WatchReading> RunAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        TimeSpan every = TimeSpan.FromSeconds(_options.ProbeSeconds ?? _installation.Environment.Watch.ProbeSeconds);
        HealthRounds others = new(_installation, TimeSpan.FromSeconds(_options.HealthSeconds), TimeSpan.FromSeconds(Math.Max(_options.TimeoutSeconds, 5)));
        await using ConfiguredAsyncDisposable held = others.ConfigureAwait(false);
        try
        {
            for (long number = 1; ; number++)
            {
                long begun = _installation.Clock.GetTimestamp();
                yield return await LookAsync(number, others, cancel).ConfigureAwait(false);
                TimeSpan left = every - _installation.Clock.GetElapsedTime(begun);
                if (left > TimeSpan.Zero)
                {
                    await Task.Delay(left, _installation.Clock, cancel).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            if (_response is not null)
            {
                await _response.EndAsync().ConfigureAwait(false);
            }
        }
    }

    private async Task<WatchReading> LookAsync(long number, HealthRounds others, CancellationToken cancel)
    {
        RecoveryLook look = await _looker.LookAsync(cancel).ConfigureAwait(false);
        _window.Add(look);
        bool isFresh = await ReadRoutesAsync(onlyWhenOld: true, cancel).ConfigureAwait(false);
        (RecoveryAssessment seen, RecoveryDecision decision) = Decide();
        if (decision.Strategy != RecoveryStrategy.None && !isFresh)
        {
            await ReadRoutesAsync(onlyWhenOld: false, cancel).ConfigureAwait(false);
            (seen, decision) = Decide();
        }

        (SwitchHold? hold, RunbookRun? run) = _response is null ? (null, null) : await _response.ToAsync(decision, seen, cancel).ConfigureAwait(false);
        if (run is not null)
        {
            _routesAt = null;
        }

        return new WatchReading
        {
            Number = number,
            At = look.At,
            Assessment = seen,
            Decision = decision,
            Checks = [.. look.All, .. await others.TakeAsync().ConfigureAwait(false)],
            LagSeconds = WatchWindow.LagOf(look)?.Seconds,
            Hold = hold,
            Run = run,
        };
    }

    private (RecoveryAssessment Seen, RecoveryDecision Decision) Decide()
    {
        RecoveryAssessment seen = _window.Judge(_routes, _installation.Clock.GetUtcNow());
        return (seen, RecoveryPolicy.Decide(_installation.Environment, seen));
    }

    /// <returns>True when they were read just now.</returns>
    private async Task<bool> ReadRoutesAsync(bool onlyWhenOld, CancellationToken cancel)
    {
        if (onlyWhenOld && _routes is not null && _routesAt is { } at && _installation.Clock.GetElapsedTime(at) < RoutesKept)
        {
            return false;
        }

        _routes = await _looker.RoutesAsync(cancel).ConfigureAwait(false);
        _routesAt = _installation.Clock.GetTimestamp();
        return true;
    }
}
