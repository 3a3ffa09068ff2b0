using AcodeOps.Runbooks;

namespace AcodeOps.Core.Tests.Runbooks;

public sealed class JournalTests
{
    private static readonly AcodeException Away = new("StorageUnreachable", FailureClass.Unreachable, "The storage is away.");
    private readonly TestSite _site = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_the_audit_storage_is_away_the_run_goes_on_and_says_so()
    {
        _site.AuditBucket.Fault = Away;

        RunbookRun run = await _site.NewProcess().StartAsync();

        Assert.Equal(RunbookStatus.Completed, run.Status);
        Assert.Empty(_site.AuditBucket.Keys);
        Assert.Equal(15, _site.JournalOf(run.RunId).Count);
        Assert.Contains(run.Warnings, warning => warning.Contains("journal", StringComparison.Ordinal) && warning.Contains(Away.Message, StringComparison.Ordinal));
        Assert.Contains(run.Warnings, warning => warning.Contains("Sync-AcodeAudit", StringComparison.Ordinal));
        Assert.Contains(run.Warnings, warning => warning.Contains("other machines", StringComparison.Ordinal));

        JournalCopies copies = new(_site.NewProcess().Installation);
        Assert.Same(Away, await Assert.ThrowsAsync<AcodeException>(() => copies.FindBehindAsync(Cancel)));
        _site.AuditBucket.Fault = null;
        Assert.Equal([run.RunId], await copies.FindBehindAsync(Cancel));
        await copies.CopyAsync(run.RunId, Cancel);
        Assert.Empty(await copies.FindBehindAsync(Cancel));
        Assert.Equal(RunbookStatus.Completed, (await _site.NewProcess("ops-2").Reader.FindAsync(run.RunId, Cancel)).Status);
    }

    [Fact]
    public void A_name_that_is_no_UTF8_is_damage_as_any_other() => Assert.Throws<FormatException>(() => JournalSerializer.Read<JournalEntry>(
        [.. """{"sequence":1,"at":"2026-11-24T12:00:00+00:00","kind":"step_started","step":"one","facts":{"o"""u8, 0xFF, .. """ne":false}}"""u8]));

    [Fact]
    public async Task What_the_storage_lacks_is_copied_in_order_as_soon_as_it_answers()
    {
        _site.At = (part, _) =>
        {
            _site.AuditBucket.Fault = part switch { "act one" => Away, "act three" => null, _ => _site.AuditBucket.Fault };
            return Task.CompletedTask;
        };

        RunbookRun run = await _site.NewProcess().StartAsync();

        Assert.DoesNotContain(run.Warnings, warning => warning.Contains("journal", StringComparison.Ordinal));
        Assert.Equal(Enumerable.Range(1, 15).Select(n => $"{n:0000}"), _site.StoredEntries.Select(entry => entry[..4]));
        Assert.Equal(
            Enumerable.Range(1, 15), _site.AuditBucket.Asked.Where(asked => asked.StartsWith("put logs/acode_runbooks/", StringComparison.Ordinal))
                .Select(asked => int.Parse(asked[(asked.LastIndexOf('/') + 1)..][..4], System.Globalization.CultureInfo.InvariantCulture)).Distinct());
    }

    [Fact]
    public async Task A_storage_that_keeps_silent_costs_its_limit_once()
    {
        TestProcess process = _site.NewProcess();
        int asked = 0;
        process.Audit.BeforePut = async (key, cancel) =>
        {
            if (key.Contains("acode_runbooks", StringComparison.Ordinal))
            {
                asked++;
                Task forever = Task.Delay(Timeout.Infinite, cancel);
                _site.Clock.Advance(TimeSpan.FromSeconds(5));
                await forever;
            }
        };

        RunbookRun run = await process.StartAsync();

        Assert.Equal((RunbookStatus.Completed, 1), (run.Status, asked));
        Assert.Contains(run.Warnings, warning => warning.Contains("within 5 s", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("run_started", 0)]
    [InlineData("\"step_started\",\"step\":\"one\"", 0)]
    [InlineData("\"step_completed\",\"step\":\"one\"", 1)]
    [InlineData("\"step_saved\",\"step\":\"two\"", 2)]
    public async Task Without_a_disk_nothing_further_is_done(string entry, int changes)
    {
        TestProcess process = _site.NewProcess();
        bool isFull = false;
        process.Journals.Fault = line => (isFull |= line.Contains(entry, StringComparison.Ordinal)) ? new("JournalUnavailable", FailureClass.ReadOnly, "No space left.") { Advice = "Make room." } : null;

        if (changes == 0 && entry == "run_started")
        {
            Assert.Equal("JournalUnavailable", (await Assert.ThrowsAsync<AcodeException>(() => process.StartAsync())).Id);
        }
        else
        {
            RunbookRun run = await process.StartAsync();
            Assert.Equal((RunbookStatus.Failed, "JournalUnavailable", "Make room."), (run.Status, run.ErrorId, run.Advice));
            _site.End(process);
            Assert.Equal(changes, _site.World.History.Length);
            Assert.Equal(RunbookStatus.Completed, (await _site.NewProcess().ResumeAsync(run.RunId)).Status);
            Assert.Equal(["+one", "+two", "+three"], _site.World.History);
        }
    }

    [Theory]
    [InlineData("act two")]
    [InlineData("acted two")]
    [InlineData("check three")]
    public async Task Two_processes_on_one_run_find_each_other_out(string part)
    {
        // Without the lease, and with a first process that everybody holds for dead.
        string? taken = null;
        RunbookRun? other = null;
        _site.At = async (now, _) =>
        {
            if (now == part && taken is null)
            {
                taken = "by the other";
                string runId = Path.GetFileName(Path.GetDirectoryName(_site.AuditBucket.Keys.Last(key => key.Contains("acode_runbooks", StringComparison.Ordinal))))!;
                other = await _site.NewProcess("ops-2").ResumeAsync(runId, new RunOptions { WithoutLease = true });
            }
        };

        RunbookRun run = await _site.NewProcess().StartAsync(new RunOptions { WithoutLease = true });

        Assert.Equal(RunbookStatus.Completed, other!.Status);
        Assert.Equal((RunbookStatus.Failed, "RunTaken", FailureClass.Conflict), (run.Status, run.ErrorId, run.ErrorCause));
        Assert.Equal(["one", "three", "two"], _site.World.On);
        Assert.Equal(RunbookStatus.Completed, (await _site.NewProcess().Reader.FindAsync(run.RunId, Cancel)).Status);
        Assert.DoesNotContain(_site.World.History, change => change.StartsWith('-'));
    }

    [Fact]
    public async Task What_a_machine_wrote_alone_gives_way_to_what_the_storage_has()
    {
        // The first dies with entries that only its own disk has; the second goes on from what the storage has.
        TestProcess first = _site.NewProcess(moments: new Moments());
        _site.At = (part, _) =>
        {
            if (part == "act two")
            {
                _site.AuditBucket.Fault = Away;
            }

            if (part == "act three")
            {
                first.Moments.KillAt = first.Moments.Count + 1;
            }

            return Task.CompletedTask;
        };
        await Assert.ThrowsAsync<Moments.ProcessKilledException>(() => first.StartAsync());
        _site.End(first);
        (_site.AuditBucket.Fault, _site.At) = (null, (_, _) => Task.CompletedTask);
        string runId = Assert.Single(await _site.NewProcess("ops-2").Reader.ReadAsync(2, true, Cancel).ToListAsync(Cancel)).Run!.RunId;
        _site.Clock.Advance(TimeSpan.FromSeconds(63));
        await _site.NewProcess("ops-2").ResumeAsync(runId, new RunOptions { NoWait = true });

        RunbookRun run = await _site.NewProcess().ResumeAsync(runId);

        Assert.Equal(RunbookStatus.Completed, run.Status);
        Assert.Equal(["+one", "+two", "+three"], _site.World.History);
        _site.AuditBucket.Fault = Away;
        RunbookRun alone = await _site.NewProcess().Reader.FindAsync(runId, Cancel);
        Assert.Equal((RunbookStatus.Completed, "ana@ops-1"), (alone.Status, alone.StartedBy));
    }

    [Fact]
    public async Task Runs_are_read_newest_first_and_finished_ones_cost_no_reading_of_the_unfinished()
    {
        List<string> runs = [];
        for (int day = 0; day < 4; day++)
        {
            runs.Add((await _site.NewProcess(day % 2 == 0 ? "ops-1" : "ops-2").StartAsync(new RunOptions { NoWait = day == 3 })).RunId);
            _site.Clock.Advance(TimeSpan.FromDays(1));
        }

        TestProcess reader = _site.NewProcess("ops-3");
        List<RunReading> all = await reader.Reader.ReadAsync(5, unfinishedOnly: false, Cancel).ToListAsync(Cancel);
        _site.AuditBucket.Asked.Clear();
        List<RunReading> unfinished = await reader.Reader.ReadAsync(5, unfinishedOnly: true, Cancel).ToListAsync(Cancel);

        Assert.Equal(runs.AsEnumerable().Reverse(), all.Select(reading => reading.Run!.RunId));
        Assert.Equal(runs[3], Assert.Single(unfinished).Run!.RunId);
        Assert.All(_site.AuditBucket.Asked.Where(asked => asked.StartsWith("get", StringComparison.Ordinal)), asked => Assert.Contains(runs[3], asked, StringComparison.Ordinal));
        Assert.Equal(runs[2..].AsEnumerable().Reverse(), (await reader.Reader.ReadAsync(3, false, Cancel).ToListAsync(Cancel)).Select(reading => reading.Run!.RunId));
    }

    [Fact]
    public async Task A_damaged_journal_is_a_failure_of_its_own_and_an_absent_storage_is_told_last()
    {
        RunbookRun good = await _site.NewProcess().StartAsync();
        RunbookRun bad = await _site.NewProcess("ops-2").StartAsync();
        string key = _site.AuditBucket.Keys.First(k => k.Contains(bad.RunId, StringComparison.Ordinal));
        _site.AuditBucket.Set(key, "{ \"kind\": \"brewed\" }"u8.ToArray());

        List<RunReading> seen = await _site.NewProcess("ops-3").Reader.ReadAsync(1, false, Cancel).ToListAsync(Cancel);

        Assert.Equal([("JournalDamaged", null), (null, good.RunId)], seen.Select(reading => (reading.Failure?.Id, reading.Run?.RunId)));
        _site.AuditBucket.Fault = Away;
        List<string> local = [];
        Assert.Same(Away, await Assert.ThrowsAsync<AcodeException>(async () =>
        {
            await foreach (RunReading reading in _site.NewProcess().Reader.ReadAsync(1, false, Cancel))
            {
                local.Add(reading.Run!.RunId);
            }
        }));
        Assert.Equal([good.RunId], local);
    }

    [Theory]
    [InlineData("01KAT5Z3V8Q7M2N4P6R8S0T2W4")]
    [InlineData("not-an-id")]
    [InlineData("ZZZZZZZZZZZZZZZZZZZZZZZZZZ")]
    public async Task An_unknown_run_is_not_found(string runId)
    {
        Assert.Equal("RunNotFound", (await Assert.ThrowsAsync<AcodeException>(() => _site.NewProcess().ResumeAsync(runId))).Id);
        Assert.Equal("RunNotFound", (await Assert.ThrowsAsync<AcodeException>(() => _site.NewProcess().Reader.FindAsync(runId, Cancel))).Id);
    }

    [Fact]
    public async Task A_process_that_still_works_on_a_run_is_left_alone_without_the_lease_too()
    {
        AcodeException? refused = null;
        _site.At = async (part, _) =>
        {
            if (part == "act two")
            {
                string runId = _site.JournalRuns().Single();
                refused = await Assert.ThrowsAsync<AcodeException>(() => _site.NewProcess().ResumeAsync(runId, new RunOptions { WithoutLease = true }));
            }
        };

        Assert.Equal(RunbookStatus.Completed, (await _site.NewProcess().StartAsync()).Status);
        Assert.Equal("RunTaken", refused!.Id);
    }
}
