using AcodeOps.Core.Tests.Routing;

namespace AcodeOps.Core.Tests.Recovery.Drill;

/// <summary>Plans and runs of rehearsals as tests need them.</summary>
internal static class DrillRuns
{
    public const string RunId = "01KAT5Z3V8Q7M2N4P6R8S0T2W4";

    public const string Mark = "acode_drill_01kat5z3v8q7m2n4p6r8s0t2w4_";

    public static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A plan for a standby whose destination has this path format.</summary>
    public static DrillPlan Plan(string pathFormat = "${STREAM_NAME}/dt=${YEAR}-${MONTH}-${DAY}/${EPOCH}_", string mode = "full_refresh_append", string prefix = "backup_")
    {
        PlannedRoute standby = Routes.Of(SourceRole.Backup, StorageRole.Primary, mode, "sales", "sales_items");
        return new DrillPlan
        {
            Environment = "test",
            PlannedAt = Noon,
            To = standby with { Connection = standby.Connection with { Prefix = prefix }, Destination = standby.Destination with { PathFormat = pathFormat } },
        };
    }

    /// <summary>A run of it that went well.</summary>
    public static RunbookRun Completed() => new()
    {
        RunId = RunId,
        Runbook = "drill",
        Title = Plan().Title,
        Environment = "test",
        Status = RunbookStatus.Completed,
        StartedAt = Noon,
        EndedAt = Noon.AddSeconds(90),
        StartedBy = "ana@ops-9",
        Plan = Plan(),
        Result = Result(),
    };

    public static DrillResult Result() => new()
    {
        Route = "backup_mysql",
        Location = $"s3://Primary/bronze/{Mark}",
        BeganAt = Noon,
        FirstRowAt = Noon.AddSeconds(41),
        RtoSeconds = 41,
        JobId = 7,
        ObjectsLanded = 3,
        RowsLanded = 12_345,
        IsComplete = true,
        Completeness = "Every stream has the rows that its source has.",
        IsProven = true,
        IsCleanedUp = true,
    };
}
