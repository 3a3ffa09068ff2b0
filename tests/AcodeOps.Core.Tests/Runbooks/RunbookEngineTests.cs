using AcodeOps.Runbooks;

namespace AcodeOps.Core.Tests.Runbooks;

public sealed class RunbookEngineTests
{
    private static readonly AcodeException Broken = new("ThingBroken", FailureClass.ServerFault, "The thing is broken.") { Advice = "Mend it." };
    private readonly TestSite _site = new();

    [Fact]
    public async Task An_unfinished_rehearsal_keeps_nobody_from_beginning_and_can_be_taken_back_afterwards()
    {
        bool isBroken = true;
        TestSite site = new() { Rehearses = true, At = (part, _) => isBroken && part is "act three" or "undo two" && isBroken ? throw Broken : Task.CompletedTask };
        RunbookRun left = await site.NewProcess().StartAsync();
        Assert.Equal(RunbookStatus.Failed, left.Status);
        isBroken = false;

        RunbookRun run = await site.NewProcess().StartAsync();

        Assert.Equal(RunbookStatus.Completed, run.Status);
        Assert.Contains(run.Warnings, warning => warning.Contains($"Undo-AcodeRunbook {left.RunId}", StringComparison.Ordinal));

        // Nor does a later one keep those before it from being taken back.
        RunbookRun later = await site.NewProcess().StartAsync();
        Assert.Equal(RunbookStatus.Undone, (await site.NewProcess().UndoAsync(left.RunId)).Status);
        Assert.Equal(RunbookStatus.Undone, (await site.NewProcess().UndoAsync(run.RunId)).Status);
        Assert.Equal(RunbookStatus.Completed, later.Status);
    }

    [Fact]
    public async Task A_rehearsal_does_not_take_the_place_of_a_run_that_awaits_its_proof()
    {
        RunbookRun switched = await _site.NewProcess().StartAsync(new RunOptions { NoWait = true });
        _site.Rehearses = true;

        Assert.Equal(RunbookStatus.Completed, (await _site.NewProcess("ops-2").StartAsync()).Status);

        Assert.Equal(RunbookStatus.Completed, (await _site.NewProcess().ResumeAsync(switched.RunId)).Status);
    }

    [Fact]
    public async Task A_run_does_its_steps_in_order_with_everything_on_record()
    {
        TestProcess process = _site.NewProcess();
        _site.World.OnChange = change =>
        {
            // Before the world is changed: on record in the journal's copy, and as an intent in the audit trail.
            Assert.EndsWith("_step_started", _site.StoredEntries[^1], StringComparison.Ordinal);
            Assert.Contains(
                _site.AuditBucket.Keys.Where(key => key.Contains("connection_modified", StringComparison.Ordinal)),
                key => System.Text.Encoding.UTF8.GetString(_site.AuditBucket[key].Content).Contains($"\"{change[1..]}\"", StringComparison.Ordinal));
        };
        List<RunProgress> shown = [];

        RunbookRun run = await process.StartAsync(new Shown(shown), new RunOptions { Reason = "drill" });

        Assert.Equal(RunbookStatus.Completed, run.Status);
        Assert.Null(run.ToFailure());
        Assert.Empty(run.Warnings);
        Assert.Equal(["+one", "+two", "+three"], _site.World.History);
        Assert.Equal(("all are on", "one, two, three", "ana@ops-1", "drill"), (run.Result, run.Plan, run.StartedBy, run.Reason));
        Assert.All(run.Steps, step => Assert.Equal(RunbookStepStatus.Completed, step.Status));
        Assert.Equal(["one is on."], run.Steps[1].Evidence);
        Assert.Equal(
            [
                "0001_run_started", "0002_step_started", "0003_step_completed", "0004_step_started", "0005_step_saved", "0006_step_completed",
                "0007_step_started", "0008_step_saved", "0009_step_completed", "0010_step_started", "0011_step_saved", "0012_step_completed",
                "0013_step_started", "0014_step_completed", "0015_run_completed",
            ],
            _site.StoredEntries);
        Assert.Equal(
            ["Intent Turn on everything", "Intent one", "Outcome one Completed", "Intent two", "Outcome two Completed", "Intent three", "Outcome three Completed", "Outcome Turn on everything Completed"],
            await _site.AuditAsync());
        Assert.Equal(["1/5", "1/5 half", "2/5", "2/5 half"], shown.Take(4).Select(p => $"{p.StepNumber}/{p.StepCount} {p.Text}".TrimEnd()));

        // Another machine reads the very same.
        RunbookRun elsewhere = await _site.NewProcess("ops-2").Reader.FindAsync(run.RunId, TestContext.Current.CancellationToken);
        Assert.Equal(run.Steps.Select(step => (step.Name, step.Status, step.StartedAt)), elsewhere.Steps.Select(step => (step.Name, step.Status, step.StartedAt)));
        Assert.Equal((run.Status, run.StartedAt, run.EndedAt, run.Result), (elsewhere.Status, elsewhere.StartedAt, elsewhere.EndedAt, elsewhere.Result));
        Assert.False(_site.HasJournal(run.RunId, "ops-2"));
    }

    [Theory]
    [InlineData("check one", "", 0)]
    [InlineData("prepare two", "one", 1)]
    [InlineData("act two", "two one", 1)]
    [InlineData("acted two", "two one", 2)]
    [InlineData("verify three", "three two one", 3)]
    [InlineData("acted proof", "proof three two one", 3)]
    public async Task What_fails_is_taken_back_from_the_last_begun_step_on(string part, string undone, int changes)
    {
        List<string> undos = [];
        _site.At = (now, _) =>
        {
            if (now.StartsWith("undo ", StringComparison.Ordinal) && now != "undo look")
            {
                undos.Add(now["undo ".Length..]);
            }

            return now == part ? throw Broken : Task.CompletedTask;
        };

        RunbookRun run = await _site.NewProcess().StartAsync();

        Assert.Equal(RunbookStatus.Undone, run.Status);
        Assert.Equal(undone, string.Join(' ', undos));
        Assert.Empty(_site.World.On);
        Assert.Equal(2 * changes, _site.World.History.Length);
        AcodeException failure = run.ToFailure()!;
        Assert.Equal(("ThingBroken", FailureClass.ServerFault, "Mend it."), (failure.Id, failure.Cause, failure.Advice));
        Assert.Equal(changes == 0 && undone.Length == 0 ? "The thing is broken. Nothing was changed." : "The thing is broken. What the run had changed was taken back.", failure.Message);
        List<string> audit = await _site.AuditAsync();
        Assert.Equal(audit.Count(record => record.StartsWith("Intent", StringComparison.Ordinal)), audit.Count(record => record.StartsWith("Outcome", StringComparison.Ordinal)));
        Assert.Equal("Outcome Turn on everything Undone", audit[^1]);

        // The lease is free, and nothing stands in the way of the next.
        _site.At = (_, _) => Task.CompletedTask;
        Assert.Equal(RunbookStatus.Completed, (await _site.NewProcess("ops-2").StartAsync()).Status);
    }

    [Fact]
    public async Task A_step_that_does_not_show_is_a_failure()
    {
        TestProcess process = _site.NewProcess();
        _site.At = (part, _) =>
        {
            if (part == "acted two")
            {
                _site.World.Turn("two", on: false);
            }

            return Task.CompletedTask;
        };

        RunbookRun run = await process.StartAsync();

        Assert.Equal((RunbookStatus.Undone, "StepNotVerified"), (run.Status, run.ErrorId));
        Assert.Empty(_site.World.On);
    }

    [Fact]
    public async Task A_fault_of_a_step_is_a_failure_like_any_other()
    {
        _site.At = (part, _) => part == "act two" ? throw new InvalidOperationException("password=hunter2") : Task.CompletedTask;

        RunbookRun run = await _site.NewProcess().StartAsync();

        Assert.Equal((RunbookStatus.Undone, "StepFaulted"), (run.Status, run.ErrorId));
        Assert.Empty(_site.World.On);
        Assert.DoesNotContain("hunter2", run.Error, StringComparison.Ordinal);
        Assert.All(_site.AuditBucket.Keys, key => Assert.DoesNotContain("hunter2", System.Text.Encoding.UTF8.GetString(_site.AuditBucket[key].Content), StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_undo_that_fails_leaves_the_rest_to_the_operator()
    {
        bool isBroken = true;
        _site.At = (part, _) => isBroken && part is "act three" or "undo two" && isBroken ? throw Broken : Task.CompletedTask;

        RunbookRun run = await _site.NewProcess().StartAsync();

        Assert.Equal((RunbookStatus.Failed, "ThingBroken"), (run.Status, run.ErrorId));
        Assert.Equal(
            [RunbookStepStatus.Completed, RunbookStepStatus.Completed, RunbookStepStatus.UndoFailed, RunbookStepStatus.Undone, RunbookStepStatus.Planned],
            run.Steps.Select(step => step.Status));
        Assert.Contains("Undo-AcodeRunbook " + run.RunId, run.Advice, StringComparison.Ordinal);
        Assert.True(run.IsUnfinished);
        AcodeException refused = await Assert.ThrowsAsync<AcodeException>(() => _site.NewProcess("ops-2").StartAsync());
        Assert.Equal(("RunUnfinished", true), (refused.Id, refused.Message.Contains(run.RunId, StringComparison.Ordinal)));

        isBroken = false;
        RunbookRun undone = await _site.NewProcess("ops-2").UndoAsync(run.RunId);

        Assert.Equal((RunbookStatus.Undone, null), (undone.Status, undone.ToFailure()));
        Assert.Empty(_site.World.On);
        Assert.Equal(RunbookStatus.Undone, (await _site.NewProcess().UndoAsync(run.RunId)).Status);
        Assert.Equal("RunUndone", (await Assert.ThrowsAsync<AcodeException>(() => _site.NewProcess().ResumeAsync(run.RunId))).Id);
    }

    [Fact]
    public async Task A_step_that_takes_too_long_is_stopped_and_taken_back()
    {
        _site.At = async (part, cancel) =>
        {
            if (part == "acted two")
            {
                Task forever = Task.Delay(Timeout.Infinite, cancel);
                _site.Clock.Advance(TimeSpan.FromSeconds(31));
                await forever;
            }
        };

        RunbookRun run = await _site.NewProcess().StartAsync();

        Assert.Equal((RunbookStatus.Undone, "StepTimedOut", FailureClass.Timeout), (run.Status, run.ErrorId, run.ErrorCause));
        Assert.Empty(_site.World.On);
    }

    [Fact]
    public async Task The_proof_may_be_left_for_later_and_gives_way_to_the_next_run()
    {
        RunbookRun first = await _site.NewProcess().StartAsync(new RunOptions { NoWait = true });
        Assert.Equal((RunbookStatus.AwaitingProof, null, true), (first.Status, first.ToFailure(), first.IsUnfinished));

        RunbookRun proven = await _site.NewProcess("ops-2").ResumeAsync(first.RunId);
        Assert.Equal(RunbookStatus.Completed, proven.Status);
        Assert.Equal(["+one", "+two", "+three"], _site.World.History);
        Assert.Equal(RunbookStatus.Completed, (await _site.NewProcess().ResumeAsync(first.RunId)).Status);
        await _site.NewProcess().UndoAsync(first.RunId);
        Assert.Empty(_site.World.On);

        RunbookRun second = await _site.NewProcess().StartAsync(new RunOptions { NoWait = true });
        await _site.NewProcess("ops-2").StartAsync(new RunOptions { NoWait = true });

        RunbookRun superseded = await _site.NewProcess("ops-3").Reader.FindAsync(second.RunId, TestContext.Current.CancellationToken);
        Assert.Equal((RunbookStatus.Superseded, false), (superseded.Status, superseded.IsUnfinished));
        Assert.Equal("RunSuperseded", (await Assert.ThrowsAsync<AcodeException>(() => _site.NewProcess().UndoAsync(second.RunId))).Id);
    }

    [Fact]
    public async Task A_proof_that_does_not_come_in_time_is_still_awaited()
    {
        _site.At = async (part, cancel) =>
        {
            if (part == "act proof")
            {
                Task forever = Task.Delay(Timeout.Infinite, cancel);
                _site.Clock.Advance(TimeSpan.FromSeconds(31));
                await forever;
            }
        };

        RunbookRun run = await _site.NewProcess().StartAsync();

        Assert.Equal((RunbookStatus.AwaitingProof, "StepTimedOut"), (run.Status, run.ToFailure()?.Id));
        Assert.Equal(["one", "three", "two"], _site.World.On);
        _site.At = (_, _) => Task.CompletedTask;
        Assert.Equal(RunbookStatus.Completed, (await _site.NewProcess("ops-2").ResumeAsync(run.RunId)).Status);
    }

    [Fact]
    public async Task A_run_that_others_stand_on_is_not_taken_back()
    {
        RunbookRun first = await _site.NewProcess().StartAsync();
        _site.Clock.Advance(TimeSpan.FromDays(3));
        RunbookRun second = await _site.NewProcess().StartAsync();

        AcodeException refused = await Assert.ThrowsAsync<AcodeException>(() => _site.NewProcess().UndoAsync(first.RunId));
        Assert.Equal(("RunOvertaken", true), (refused.Id, refused.Message.Contains(second.RunId, StringComparison.Ordinal)));

        await _site.NewProcess().UndoAsync(second.RunId);
        Assert.Equal(RunbookStatus.Undone, (await _site.NewProcess().UndoAsync(first.RunId)).Status);
    }

    [Fact]
    public async Task A_run_begun_before_the_clock_was_set_back_is_still_seen_and_can_be_taken_back()
    {
        ManualClock ahead = new(TestSite.Noon.AddDays(10));
        RunbookRun first = await _site.NewProcess(clock: ahead).StartAsync();
        Assert.Equal([first.RunId], await _site.NewProcess().Reader.ReadAsync(1, unfinishedOnly: false, TestContext.Current.CancellationToken).Select(reading => reading.Run!.RunId).ToArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(RunbookStatus.Undone, (await _site.NewProcess().UndoAsync(first.RunId)).Status);

        _site.At = (part, _) => part is "act three" or "undo two" ? throw Broken : Task.CompletedTask;
        RunbookRun left = await _site.NewProcess(clock: ahead).StartAsync();
        Assert.True(left.IsUnfinished, left.ToString());
        Assert.Equal("RunUnfinished", (await Assert.ThrowsAsync<AcodeException>(() => _site.NewProcess().StartAsync())).Id);
    }

    [Fact]
    public async Task Without_the_lease_a_run_goes_and_says_so()
    {
        TestProcess process = _site.NewProcess();

        RunbookRun run = await process.StartAsync(new RunOptions { WithoutLease = true });

        Assert.Equal(RunbookStatus.Completed, run.Status);
        Assert.Contains("without the lease", Assert.Single(run.Warnings), StringComparison.Ordinal);
        Assert.Empty(_site.LeaseBucket.Keys);
        Assert.Null(_site.JournalOf(run.RunId)[0].Worker!.LeaseToken);
        Assert.True(_site.JournalOf(run.RunId)[0].Worker!.Options.WithoutLease);
    }

    [Fact]
    public async Task What_cannot_be_audited_is_not_done()
    {
        TestProcess process = _site.NewProcess();
        ((Audit.MemorySpool)process.Installation.AuditSpool).Fault = new("AuditSpoolUnavailable", FailureClass.ReadOnly, "No space left.");
        process.Audit.BeforePut = (key, _) => key.Contains("acode_audit", StringComparison.Ordinal) && key.Contains("connection", StringComparison.Ordinal)
            ? throw new AcodeException("StorageFault", FailureClass.ServerFault, "The storage is ill.")
            : Task.CompletedTask;

        RunbookRun run = await process.StartAsync();

        Assert.Equal("AuditSpoolUnavailable", run.ErrorId);
        Assert.Empty(_site.World.History);
    }

    private sealed class Shown(List<RunProgress> shown) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => shown.Add(value);
    }
}
