using System.Text.Json;
using AcodeOps.Routing;
using AcodeOps.Runbooks;

namespace AcodeOps.Core.Tests.Routing;

public sealed class FailoverPlanTests
{
    private static readonly PlannedRoute Primary = Routes.Of(SourceRole.Primary, StorageRole.Primary, "full_refresh_append");
    private static readonly PlannedRoute Replica = Routes.Of(SourceRole.Backup, StorageRole.Primary, "full_refresh_append");

    [Fact]
    public void A_plan_comes_back_from_the_journal_as_it_went_in_and_gives_the_same_steps()
    {
        FailoverPlan plan = Plan();
        Runbook runbook = new FailoverRunbook(plan);

        Runbook again = new FailoverKind().Rebuild(JsonSerializer.SerializeToNode(JsonSerializer.SerializeToNode(plan, StepFacts.Json))!);

        Assert.Equal(runbook.PlanJson.ToJsonString(), again.PlanJson.ToJsonString());
        Assert.Equal(runbook.Steps.Select(s => (s.Name, s.Title)), again.Steps.Select(s => (s.Name, s.Title)));
        Assert.Equal(again.Steps.Count, again.Steps.Select(s => s.Name).Distinct().Count());
    }

    [Fact]
    public void The_old_route_is_off_and_still_before_the_new_one_is_on()
    {
        List<string> steps = [.. new FailoverRunbook(Plan()).Steps.Select(s => s.Name)];

        Assert.Equal(
            ["probe_again", "switch_off_old_route", "stop_old_syncs", "quarantine_half_written", "switch_on_new_route", "start_sync", "prove_landing", "keep_one_snapshot"], steps);
    }

    [Fact]
    public void Only_incremental_streams_carry_a_state_and_only_snapshots_are_kept_to_one()
    {
        FailoverPlan plan = Plan() with
        {
            From = [Routes.Of(SourceRole.Primary, StorageRole.Primary)],
            Origin = Routes.Of(SourceRole.Primary, StorageRole.Primary),
            To = Routes.Of(SourceRole.Backup, StorageRole.Backup),
        };

        List<string> steps = [.. new FailoverRunbook(plan).Steps.Select(s => s.Name)];

        Assert.Equal(["probe_again", "switch_off_old_route", "stop_old_syncs", "carry_sync_state", "switch_on_new_route", "start_sync", "prove_landing"], steps);
        Assert.DoesNotContain("carry_sync_state", new FailoverRunbook(plan with { StatePolicy = StatePolicy.Keep }).Steps.Select(s => s.Name));
    }

    [Fact]
    public void The_question_tells_what_an_operator_must_know()
    {
        FailoverPlan plan = Plan() with
        {
            RunningSyncs = [new Sync { JobId = 12, ConnectionId = Primary.Connection.ConnectionId, Status = SyncStatus.Running, JobType = "sync", RowsSynced = 1_500 }],
            Streams = [new StreamSwitch { Stream = "sales", SyncMode = "full_refresh_append", RowsAtRisk = 42 }],
            LagSeconds = 12,
            DataUpTo = new DateTimeOffset(2026, 3, 1, 2, 3, 4, TimeSpan.Zero),
            Notes = ["stream invoices is missing: it stands still for as long as this route writes"],
        };

        string question = new FailoverConsent(plan).Question;

        Assert.Contains("Switch from primary to backup_mysql in environment 'production'.", question, StringComparison.Ordinal);
        Assert.Contains("job 12 (Running), 1,500 rows so far", question, StringComparison.Ordinal);
        Assert.Contains("s3://Primary/bronze", question, StringComparison.Ordinal);
        Assert.Contains("12 s behind; its newest data is of 2026-03-01 02:03:04 UTC", question, StringComparison.Ordinal);
        Assert.Contains("42 rows", question, StringComparison.Ordinal);
        Assert.Contains("invoices is missing", question, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_names_every_closed_gate_and_what_to_do()
    {
        FailoverPlan plan = Plan() with
        {
            Gates =
            [
                new FailoverGate { Name = "replica", Verdict = Verdict.Degraded, Summary = "The replica is 900 s behind.", IsPassed = false, ErrorId = "ReplicaBehind", Remedy = "Wait, or -AllowDataLoss." },
                new FailoverGate { Name = "schema", Verdict = Verdict.Healthy, Summary = "the same", IsPassed = true },
                new FailoverGate { Name = "target source", Verdict = Verdict.Unknown, Summary = "No answer.", IsPassed = false, ErrorId = "GateTimedOut" },
            ],
        };

        AcodeException refusal = new FailoverConsent(plan).Refusal();

        Assert.False(plan.IsAllowed);
        Assert.Equal(("ReplicaBehind", FailureClass.Refused, "Wait, or -AllowDataLoss."), (refusal.Id, refusal.Cause, refusal.Advice));
        Assert.Contains("Target source: No answer.", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("the same", refusal.Message, StringComparison.Ordinal);
    }

    private static FailoverPlan Plan() => new()
    {
        Environment = "production",
        PlannedAt = new DateTimeOffset(2026, 3, 1, 3, 0, 0, TimeSpan.Zero),
        From = [Primary],
        Origin = Primary,
        To = Replica,
    };
}
