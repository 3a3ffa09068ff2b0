using AcodeOps.Recovery;
using AcodeOps.Recovery.Corruption;
using AcodeOps.Recovery.Drill;

namespace AcodeOps;

/// <summary>
/// The report of a recovery, of any switch, or of a drill: what happened, since when, whether data flows, what is lost. Made from its run
/// alone, so any machine that can read the journal makes the same one. Null is unknown, and never means 0.
/// </summary>
public sealed record RecoveryReport
{
    /// <summary>The run; empty for what was only planned.</summary>
    public required string RunId { get; init; }

    /// <summary>What the run does, for people.</summary>
    public required string Title { get; init; }

    /// <summary>The environment's name.</summary>
    public required string Environment { get; init; }

    /// <summary>What was decided, by its name in <see cref="RecoveryStrategy"/>; for a switch the usual name of its route.</summary>
    public required string Strategy { get; init; }

    /// <summary>Where the run stands.</summary>
    public required RunbookStatus Status { get; init; }

    /// <summary>
    /// Healthy: data flows, and nothing is missing. Degraded: it flows, and something is missing or not known, or the switch was
    /// taken back by order. Failed: what it was for is not reached. Unknown: it has not ended, or was never proven.
    /// </summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The verdict in a few words: <c>Data flows again</c>.</summary>
    public required string Headline { get; init; }

    /// <summary>One plain sentence for whoever has to answer for it: what happened, since when, whether data flows, what is lost.</summary>
    public required string Summary { get; init; }

    /// <summary>When the run began, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended, UTC; null while it is unfinished.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Who began it: <c>user@host</c>; null where nothing was begun.</summary>
    public string? StartedBy { get; init; }

    /// <summary>Why, in the operator's words; null where none were given.</summary>
    public string? Reason { get; init; }

    /// <summary>What happened when, the oldest first.</summary>
    public IReadOnlyList<RecoveryEvent> TimeLine { get; init => field = value.ToArray(); } = [];

    /// <summary>The steps of the run, in order, with what each has seen.</summary>
    public IReadOnlyList<RunbookStepRun> Steps { get; init => field = value.ToArray(); } = [];

    /// <summary>When the fault began, UTC, as told or as the replica saw its source for the last time; null where it is not known.</summary>
    public DateTimeOffset? FaultAt { get; init; }

    /// <summary>When a part was first seen to fail, UTC; null where nothing was looked at, or nothing failed.</summary>
    public DateTimeOffset? FailedSince { get; init; }

    /// <summary>When it was decided, UTC.</summary>
    public required DateTimeOffset DecidedAt { get; init; }

    /// <summary>When the old route was off, UTC; null where it was not, or that is not known.</summary>
    public DateTimeOffset? OldRouteOffAt { get; init; }

    /// <summary>When the new route was on, UTC; null where it was not, or that is not known.</summary>
    public DateTimeOffset? NewRouteOnAt { get; init; }

    /// <summary>When the first object with rows had landed by the new route, UTC, by the storage's clock; null where none has, or that is not known.</summary>
    public DateTimeOffset? FirstRowAt { get; init; }

    /// <summary>The time to recover: from the fault, or where that is not known from the decision, to the first row; in seconds. Null where no row is known to have landed.</summary>
    public double? RtoSeconds { get; init; }

    /// <summary>The time whose data is missing, in seconds; null where it is not known.</summary>
    public double? RpoSeconds { get; init; }

    /// <summary>The newest processing time that the new source held at the switch, UTC; null where it is not known.</summary>
    public DateTimeOffset? DataUpTo { get; init; }

    /// <summary>Rows that landed by the new route; null where that is not known.</summary>
    public long? RowsLanded { get; init; }

    /// <summary>Rows that the old source had and the new one did not; null where that is not known.</summary>
    public long? RowsMissing { get; init; }

    /// <summary>Rows that landed although the lake had them; null where that is not known.</summary>
    public long? RowsReadTwice { get; init; }

    /// <summary>Where data lands now; null where the switch was not made, or was taken back.</summary>
    public string? Location { get; init; }

    /// <summary>Manifests of what was moved to the quarantine storage.</summary>
    public IReadOnlyList<string> Quarantined { get; init => field = value.ToArray(); } = [];

    /// <summary>What the emergency storage holds, where no route could write; null where it was not looked at or is not known.</summary>
    public EmergencyCopy? EmergencyCopy { get; init; }

    /// <summary>What came of a rehearsal; null for what was no drill.</summary>
    public DrillResult? Drill { get; init; }

    /// <summary>The redundancy that was lost, or not known to be there, when it was decided, one part each: <c>backup source: Failed</c>.</summary>
    public IReadOnlyList<string> RedundancyLost { get; init => field = value.ToArray(); } = [];

    /// <summary>The parts as they were seen when it was decided; none where an operator decided without the looks.</summary>
    public IReadOnlyList<PartAssessment> Parts { get; init => field = value.ToArray(); } = [];

    /// <summary>The conditions of the switch, as they were judged for the plan.</summary>
    public IReadOnlyList<FailoverGate> Gates { get; init => field = value.ToArray(); } = [];

    /// <summary>What was seen when it was decided, one fact a line: parts, replication and its GTIDs, routes, jobs, cursors.</summary>
    public IReadOnlyList<string> Evidence { get; init => field = value.ToArray(); } = [];

    /// <summary>The stable id of what failed; null without a failure.</summary>
    public string? ErrorId { get; init; }

    /// <summary>What failed, in a sentence; null without a failure.</summary>
    public string? Error { get; init; }

    /// <summary>What to do next; null where nothing is left to do.</summary>
    public string? Advice { get; init; }

    /// <summary>What the operator should know besides.</summary>
    public IReadOnlyList<string> Warnings { get; init => field = value.ToArray(); } = [];

    /// <summary>The report of a run.</summary>
    /// <param name="run">The run of a switch, or of a recovery.</param>
    /// <exception cref="AcodeException"><c>ReportNotPossible</c>: the run is of another kind, or this version cannot read its plan.</exception>
    public static RecoveryReport Of(RunbookRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Plan switch
        {
            FailoverPlan plan => SwitchReport.Of(run, plan),
            RecoveryPlan { Switch: { } plan } recovery => SwitchReport.Of(run, plan) with { RedundancyLost = recovery.Decision.RedundancyLost },
            RecoveryPlan { Reload: { } reload } plan => CorruptionReport.Of(run, plan, reload),
            RecoveryPlan plan => DecisionReport.Of(run, plan),
            DrillPlan plan => DrillReport.Of(run, plan),
            _ => throw new AcodeException("ReportNotPossible", FailureClass.InvalidInput, $"Run {run.RunId} ({run.Title}) is no recovery, no switch and no drill that this version can read: there is no report of it.")
            {
                Advice = "Take a run of Invoke-AcodeFailover or Start-AcodeDisasterRecovery; a run of another version needs that version of the module.",
                Subject = run,
                IsFatal = false,
            },
        };
    }

    /// <inheritdoc />
    public override string ToString() => $"{Headline}: {Summary}";
}
