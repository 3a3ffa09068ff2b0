namespace AcodeOps.Watching;

/// <summary>Reads which switches were made before.</summary>
internal delegate Task<SwitchHistory> ReadSwitches(CancellationToken cancel);

/// <summary>Carries out what was decided, under the id of the incident; null when nothing is to be done any more.</summary>
internal delegate Task<RunbookRun?> Recover(RecoveryAssessment seen, string runId, CancellationToken cancel);

/// <summary>
/// What a watch does about what it has decided: switches where its guard lets it, escalates where no route is left, and else
/// tells people, once an incident and reason, why it does nothing.
/// </summary>
internal sealed class WatchResponse(IInstallation installation, WatchWindow window, ReadSwitches history, Recover recover)
{
    // One who is told of every lost answer does not listen any more.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly SwitchGuard _guard = new(installation.Environment);
    private readonly WatchNotices _notices = new(installation);
    private WatchIncident? _incident;

    /// <summary>Does what is to be done about a decision.</summary>
    /// <returns>Why nothing was done; or the run of what was done; both null where nothing is to be done.</returns>
    public async Task<(SwitchHold? Hold, RunbookRun? Run)> ToAsync(RecoveryDecision decision, RecoveryAssessment seen, CancellationToken cancel)
    {
        DateTimeOffset now = installation.Clock.GetUtcNow();
        if (decision.Strategy == RecoveryStrategy.None)
        {
            _notices.Close(_incident, now);
            _incident = null;
            return (null, null);
        }

        // Not to know yet is no incident.
        if (decision.Strategy == RecoveryStrategy.Unknown && !window.IsFull)
        {
            return (null, null);
        }

        _incident ??= new WatchIncident(installation.Identifiers.Next(now), now);
        (SwitchHold? hold, RunbookRun? run) = decision switch
        {
            { IsSwitch: true } => await SwitchAsync(decision, seen, now, cancel).ConfigureAwait(false),
            { Strategy: RecoveryStrategy.FullDisasterRecovery } => await EscalateAsync(seen, now, cancel).ConfigureAwait(false),
            { IsRouteMissing: true } => (new SwitchHold("RouteMissing", decision.Reason, "Get-AcodeRecoveryPlan names the route and how to create it."), null),
            { Strategy: RecoveryStrategy.AirbyteDown } => (new SwitchHold("AirbyteDown", decision.Reason, "Bring Airbyte back: nothing else moves the data."), null),
            _ => (new SwitchHold("RecoveryUndecided", decision.Reason, "Get-AcodeRecoveryPlan says what is not known."), (RunbookRun?)null),
        };
        if (hold is not null && IsForPeople(hold, now))
        {
            _notices.Tell(_incident, decision, hold);
        }

        return (hold, run);
    }

    /// <summary>Gives what is still being told a moment.</summary>
    public Task EndAsync() => _notices.EndAsync();

    private async Task<(SwitchHold? Hold, RunbookRun? Run)> SwitchAsync(RecoveryDecision decision, RecoveryAssessment seen, DateTimeOffset now, CancellationToken cancel)
    {
        // The journals are asked only when all else speaks for the switch.
        SwitchHold? hold = _guard.Hold(decision, seen, window, new SwitchHistory(null, null, null), now)
            ?? _guard.Hold(decision, seen, window, await HistoryAsync(cancel).ConfigureAwait(false), now);
        return hold is not null ? (hold, null) : await RecoverAsync(seen, cancel).ConfigureAwait(false);
    }

    // Several watches see the same: one of them says so.
    private async Task<(SwitchHold? Hold, RunbookRun? Run)> EscalateAsync(RecoveryAssessment seen, DateTimeOffset now, CancellationToken cancel)
    {
        TimeSpan pause = TimeSpan.FromMinutes(installation.Environment.Watch.MinutesBetweenSwitches);
        bool isEscalated = _incident!.IsEscalated || (await HistoryAsync(cancel).ConfigureAwait(false))?.LastEscalationAt is { } last && now - last < pause;
        if (isEscalated)
        {
            return (new SwitchHold("FullDisasterRecovery", "No route can write, and people were called.", "Get-AcodeRecoveryPlan lists what is to be done."), null);
        }

        _incident.IsEscalated = true;
        return await RecoverAsync(seen, cancel).ConfigureAwait(false);
    }

    private async Task<(SwitchHold? Hold, RunbookRun? Run)> RecoverAsync(RecoveryAssessment seen, CancellationToken cancel)
    {
        try
        {
            return (null, await recover(seen, _incident!.NextRunId(() => installation.Identifiers.Next(installation.Clock.GetUtcNow())), cancel).ConfigureAwait(false));
        }
        catch (AcodeException refusal)
        {
            return (SwitchHold.Of(refusal), null);
        }
    }

    private async Task<SwitchHistory?> HistoryAsync(CancellationToken cancel)
    {
        try
        {
            return await history(cancel).ConfigureAwait(false);
        }
        catch (AcodeException)
        {
            return null;
        }
    }

    // People hear of maintenance from those who do it, and of another's switch from there.
    private bool IsForPeople(SwitchHold hold, DateTimeOffset now) => hold.Id switch
    {
        "MaintenanceWindow" or "LeaseHeld" or "FullDisasterRecovery" => false,
        "OutageUnsteady" or "RecoveryUndecided" or "SwitchesUnknown" => now - _incident!.Since >= Patience,
        _ => true,
    };
}
