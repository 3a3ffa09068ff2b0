using AcodeOps.Core.Tests.Routing;

namespace AcodeOps.Core.Tests.Recovery;

/// <summary>Runs as reports are made of.</summary>
internal static class ReportRuns
{
    public const string Hostile = "</style><script>alert(\"1\")</script>&amp; 'quoted' | a\\b `code` [x](http://evil)\r\n# head \u0001\uD800 ü";

    public static readonly DateTimeOffset Fault = new(2026, 3, 1, 2, 58, 10, TimeSpan.Zero);

    /// <summary>A recovery of a failed primary source that went well.</summary>
    public static RunbookRun Completed() => new()
    {
        RunId = "01KAT5Z3V8Q7M2N4P6R8S0T2W4",
        Runbook = "failover",
        Title = "Switch from primary to backup_mysql",
        Environment = "production",
        Status = RunbookStatus.Completed,
        StartedAt = After(62),
        EndedAt = After(211),
        StartedBy = "ana@ops-9",
        Reason = "ticket 4711",
        Steps =
        [
            Step("probe_again", "Look again", 62, 64, "source backup: Healthy"),
            Step("switch_off_old_route", "Switch route primary off", 64, 65.5, "'Primary-Primary' is inactive"),
            Step("stop_old_syncs", "Stop the syncs of the old route", 65.5, 85.5, "job 41 (Cancelled)"),
            Step("switch_on_new_route", "Switch route backup_mysql on", 85.5, 86.75, "'Backup-Primary' is active"),
            Step("start_sync", "Start the sync", 86.75, 88, "job 42 (Running)"),
            Step("prove_landing", "Prove that backup_mysql lands rows", 88, 211, "12,345 rows in 3 objects"),
        ],
        Plan = Plan(),
        Result = Result(),
    };

    /// <summary>The same, until its sync was started.</summary>
    public static RunbookRun Awaiting() => Completed() with
    {
        Status = RunbookStatus.AwaitingProof,
        EndedAt = null,
        Steps = [.. Completed().Steps.Select((step, i) => i < 5 ? step : step with { Status = RunbookStepStatus.Running, EndedAt = null, Evidence = [] })],
        Result = Result() with { IsProven = false, FirstRowAt = null, RtoSeconds = null, RowsLanded = null, ObjectsLanded = null, RowsReadTwice = null, RpoSeconds = null, RowsMissing = null },
        Advice = "Resume-AcodeRunbook waits for the proof.",
    };

    /// <summary>The same, where the sync failed and all was taken back.</summary>
    public static RunbookRun Undone() => Completed() with
    {
        Status = RunbookStatus.Undone,
        Steps = [.. Completed().Steps.Select((step, i) => i < 5
            ? step with { Status = RunbookStepStatus.Undone, EndedAt = After(205 - i) }
            : step with { Status = RunbookStepStatus.Failed, EndedAt = After(190), ErrorId = "SyncFailed", Error = "The sync of the new route did not succeed: job 42 (Failed)." })],
        Result = Result() with { IsProven = false, FirstRowAt = null, RtoSeconds = null, RowsLanded = null, RowsReadTwice = null, RowsMissing = 7 },
        ErrorId = "SyncFailed",
        ErrorCause = FailureClass.ServerFault,
        Error = "The sync of the new route did not succeed: job 42 (Failed).",
        Advice = "Look at the job in Airbyte.",
    };

    /// <summary>A recovery that no route was left for.</summary>
    public static RunbookRun Escalated(EmergencyCopy? copy) => new()
    {
        RunId = "01KAT5Z3V8Q7M2N4P6R8S0T2W5",
        Runbook = "full_dr",
        Title = "Full disaster recovery",
        Environment = "production",
        Status = RunbookStatus.Escalated,
        StartedAt = After(62),
        EndedAt = After(64),
        StartedBy = "ana@ops-9",
        Steps = [Step("find_emergency_copy", "Look for the emergency copy", 62, 64, copy?.ToString() ?? "Whether there is an emergency copy is not known.")],
        Plan = new RecoveryPlan
        {
            Environment = "production",
            PlannedAt = After(50),
            ExpiresAt = After(650),
            Assessment = Assessment(Verdict.Failed),
            Decision = new RecoveryDecision { Strategy = RecoveryStrategy.FullDisasterRecovery, Reason = "No source can be used.", RedundancyLost = ["primary source: Failed", "backup source: Failed"] },
        },
        Result = copy,
        ErrorId = "FullDisasterRecovery",
        ErrorCause = FailureClass.Unreachable,
        Error = "No route can write: PrimarySource, BackupSource failed.",
        Advice = "1. Escalate.",
    };

    /// <summary>A run whose every text comes from somebody who means ill.</summary>
    public static RunbookRun HostileRun()
    {
        PlannedRoute planned = Replica();
        return Completed() with
        {
            RunId = Hostile,
            Title = Hostile,
            Environment = Hostile,
            StartedBy = Hostile,
            Reason = Hostile,
            Error = Hostile,
            ErrorId = Hostile,
            Advice = Hostile,
            Warnings = [Hostile],
            Steps = [Step(Hostile, Hostile, 62, 64, Hostile) with { Status = RunbookStepStatus.Failed, Error = Hostile, ErrorId = Hostile }],
            Plan = Plan() with
            {
                To = planned with { Route = planned.Route with { Name = Hostile, Location = Hostile, ConnectionName = Hostile } },
                Gates = [new FailoverGate { Name = Hostile, Verdict = Verdict.Degraded, Summary = Hostile, IsPassed = false, ErrorId = Hostile, Remedy = Hostile }],
                Streams = [new StreamSwitch { Stream = Hostile, SyncMode = Hostile, OldCursor = Hostile, NewCursor = Hostile, SourceCursor = Hostile }],
                Notes = [Hostile],
                Assessment = Assessment(Verdict.Healthy) with
                {
                    Parts = [new PartAssessment { Part = RecoveryPart.PrimarySource, Verdict = Verdict.Failed, Summary = Hostile, ErrorId = Hostile, Remedy = Hostile, Evidence = [Hostile] }],
                    Witness = Hostile,
                    Evidence = [Hostile],
                },
            },
            Result = Result() with { To = Hostile, Location = Hostile, Quarantined = [Hostile], CursorsAtTakeover = new Dictionary<string, string?> { [Hostile] = Hostile } },
        };
    }

    public static FailoverPlan Plan() => new()
    {
        Environment = "production",
        PlannedAt = After(50),
        From = [Primary()],
        Origin = Primary(),
        To = Replica(),
        FaultAt = Fault,
        DataUpTo = After(-12),
        LagSeconds = 12,
        RunningSyncs = [new Sync { JobId = 41, ConnectionId = Guid.Empty, Status = SyncStatus.Running, JobType = "sync", RowsSynced = 900 }],
        Streams = [new StreamSwitch { Stream = "sales", SyncMode = "incremental_append", OldCursor = "2026-03-01T02:55:00", NewCursor = "2026-03-01T02:50:00", SourceCursor = "2026-03-01T02:57:58", RowsAtRisk = 0 }],
        Gates = [new FailoverGate { Name = "target source", Verdict = Verdict.Healthy, Summary = "It answers.", IsPassed = true }],
        Assessment = Assessment(Verdict.Healthy),
    };

    public static FailoverResult Result() => new()
    {
        From = ["primary"],
        To = "backup_mysql",
        Location = "s3://Primary/bronze",
        IsProven = true,
        FaultAt = Fault,
        DecidedAt = After(50),
        OldRouteOffAt = After(65),
        NewRouteOnAt = After(86),
        FirstRowAt = After(150),
        RtoSeconds = 150,
        DataUpTo = After(-12),
        RpoSeconds = 12,
        JobId = 42,
        ObjectsLanded = 3,
        RowsLanded = 12345,
        RowsMissing = 0,
        RowsReadTwice = 88,
        CursorsAtTakeover = new Dictionary<string, string?> { ["sales"] = "2026-03-01T02:57:58", ["stock"] = null },
        Quarantined = ["s3://quarantine/acode/01KAT.json"],
    };

    public static DateTimeOffset After(double seconds) => Fault.AddSeconds(seconds);

    private static RecoveryAssessment Assessment(Verdict backup) => new()
    {
        AssessedAt = After(48),
        Parts =
        [
            new PartAssessment
            {
                Part = RecoveryPart.PrimarySource, Verdict = Verdict.Failed, Summary = "It refuses connections. (3 of 3 looks failed)", Probes = 3, FailedProbes = 3,
                FailedSince = After(30), Cause = FailureClass.ConnectionRefused, Evidence = ["02:58:40Z Failed: It refuses connections."],
            },
            new PartAssessment
            {
                Part = RecoveryPart.BackupSource, Verdict = backup, Summary = backup == Verdict.Failed ? "It refuses connections." : "It answers.", Probes = 3, FailedProbes = backup == Verdict.Failed ? 3 : 0,
                FailedSince = backup == Verdict.Failed ? After(40) : null, Evidence = [$"02:58:40Z {backup}: seen"],
            },
            new PartAssessment { Part = RecoveryPart.Airbyte, Verdict = Verdict.Healthy, Summary = "Airbyte answers and lets us in.", Probes = 3 },
        ],
        Evidence = ["route primary: connection 7f (Active); last sync: job 40, Succeeded, 500 rows, 2026-03-01 02:40:00Z", "Replication backup: received 3e11fa47-71ca-11e1-9e33-c80aa9429562:1-77"],
    };

    private static PlannedRoute Primary() => Routes.Of(SourceRole.Primary, StorageRole.Primary);

    private static PlannedRoute Replica() => Routes.Of(SourceRole.Backup, StorageRole.Primary);

    private static RunbookStepRun Step(string name, string title, double from, double to, string evidence) => new()
    {
        Name = name,
        Title = title,
        Status = RunbookStepStatus.Completed,
        StartedAt = After(from),
        EndedAt = After(to),
        Evidence = [evidence],
    };
}
