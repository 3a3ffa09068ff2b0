using System.Globalization;

namespace AcodeOps.Watching;

/// <summary>
/// Whether a watch may switch by itself. It asks nobody: all that it goes by is given. Whatever is doubtful is left to people.
/// </summary>
/// <param name="environment">Whose rules hold.</param>
internal sealed class SwitchGuard(AcodeEnvironment environment)
{
    private readonly TimeZoneInfo _zone = LocalTimes.Zone(environment.TimeZone);

    /// <summary>What keeps the switch from being made; null when nothing does.</summary>
    /// <param name="decision">The decision: a switch.</param>
    /// <param name="assessment">What was seen.</param>
    /// <param name="window">The looks behind it.</param>
    /// <param name="history">The switches that were made before; null where that is not known.</param>
    /// <param name="now">The time, UTC.</param>
    public SwitchHold? Hold(RecoveryDecision decision, RecoveryAssessment assessment, WatchWindow window, SwitchHistory? history, DateTimeOffset now) =>
        InMaintenance(now)
        ?? WithoutRoute(assessment)
        ?? WithoutOutage(assessment, window)
        ?? BehindBefore(decision, assessment)
        ?? After(history, now);

    private SwitchHold? InMaintenance(DateTimeOffset now) => environment.Watch.Maintenance.FirstOrDefault(window => window.Contains(now, _zone)) is { } open
        ? new("MaintenanceWindow", $"It is maintenance ({open}): nothing is switched by itself.", "If this is no maintenance: Invoke-AcodeFailover.")
        : null;

    // Somebody has switched everything off, or the environment names other connections: no outage either way.
    private static SwitchHold? WithoutRoute(RecoveryAssessment assessment) => assessment.ActiveRoute is null
        ? new("NoRouteActive", "No route is switched on: whoever switched it off may have had a reason.", "If not: Invoke-AcodeFailover.")
        : null;

    private static SwitchHold? WithoutOutage(RecoveryAssessment assessment, WatchWindow window)
    {
        Route active = assessment.ActiveRoute!;
        PartAssessment[] failed = [.. assessment.Parts.Where(part => part.Verdict == Verdict.Failed && part.Part.IsOf(active.Source, active.Storage))];
        return failed.FirstOrDefault(part => !part.IsOutage) is { } other
            ? new("NotAnOutage", $"What {other.Part} failed by is no outage ({other.Cause?.ToString() ?? "of no known class"}): {other.Summary}", other.Remedy ?? "If a switch helps: Invoke-AcodeFailover.")
            : failed.FirstOrDefault(part => window.WasUsableLately(part.Part)) is { } unsteady
                ? new("OutageUnsteady", $"{unsteady.Part} comes and goes: {unsteady.Summary}", "It is looked at further.")
                : failed.Length == 0
                    ? new("NotAnOutage", "The active route is not known to have failed by an outage.", "If a switch helps: Invoke-AcodeFailover.")
                    : null;
    }

    // A replica whose source is dead can only say NULL: what it said last still holds.
    private SwitchHold? BehindBefore(RecoveryDecision decision, RecoveryAssessment assessment) =>
        decision.Route?.Source == SourceRole.Backup && assessment.ActiveRoute?.Source != SourceRole.Backup && assessment.LastKnownLag is { } lag && lag.Seconds > environment.Objectives.LagSeconds
            ? new("ReplicaBehind", string.Create(CultureInfo.InvariantCulture, $"The replica was {lag}; {environment.Objectives.LagSeconds:0.#} s are allowed."), "Wait until it has caught up, or consent to losing what it lacks: Invoke-AcodeFailover -AllowDataLoss.")
            : null;

    private SwitchHold? After(SwitchHistory? history, DateTimeOffset now)
    {
        if (history is null)
        {
            return new("SwitchesUnknown", "Which switches were made before is not known: the journals could not be read.", "Look at the audit storage; an operator can switch all the same: Invoke-AcodeFailover.");
        }

        if (history.Unacknowledged is { } run)
        {
            return new(
                "SwitchNotAcknowledged", $"A watch has switched by itself before ({run.Title}, run {run.RunId}), and nobody has acknowledged it.",
                "Look at what happened, then: Invoke-AcodeFailover -Acknowledge.");
        }

        TimeSpan pause = TimeSpan.FromMinutes(environment.Watch.MinutesBetweenSwitches);
        return history.LastSwitchAt is { } last && now - last < pause
            ? new("SwitchTooSoon", string.Create(CultureInfo.InvariantCulture, $"The last switch was made at {last.UtcDateTime:u}; {pause.TotalMinutes:0.#} minutes must lie between."), "If it cannot wait: Invoke-AcodeFailover.")
            : null;
    }
}
