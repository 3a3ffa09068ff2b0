using AcodeOps.Core.Tests.Runbooks;
using AcodeOps.Recovery;
using AcodeOps.Runbooks;

namespace AcodeOps.Core.Tests.Recovery;

/// <summary>The end of all routes: told, on record, in nobody's way, and never a success.</summary>
public sealed class FullRecoveryRunbookTests
{
    private static readonly RecoveryPlan Plan = new()
    {
        Environment = "test",
        PlannedAt = TestSite.Noon,
        ExpiresAt = TestSite.Noon.AddMinutes(10),
        Assessment = new RecoveryAssessment
        {
            AssessedAt = TestSite.Noon,
            Parts = [Failed(RecoveryPart.PrimarySource), Failed(RecoveryPart.BackupSource)],
        },
        Decision = new RecoveryDecision { Strategy = RecoveryStrategy.FullDisasterRecovery, Reason = "Nothing is left." },
        Steps = ["Escalate", "Call the partner."],
    };

    private readonly TestSite _site = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_ends_escalated_with_the_emergency_copy_and_what_to_do()
    {
        TestProcess process = _site.NewProcess();
        process.Installation.Storages[StorageRole.Emergency] = _site.LeaseBucket;
        await _site.LeaseBucket.PutAsync("copy/day=1/part.parquet", new byte[1_500_000], new PutOptions(), Cancel);
        _site.Clock.Advance(TimeSpan.FromHours(30));

        RunbookRun run = await StartAsync(process, new Footers("2026-11-23 23:59:59"));

        Assert.Equal((RunbookStatus.Escalated, false), (run.Status, run.IsUnfinished));
        Assert.Equal((1L, 1_500_000L, 30d, "2026-11-23 23:59:59"), Copy(run));
        AcodeException failure = run.ToFailure()!;
        Assert.Equal("FullDisasterRecovery", failure.Id);
        Assert.Contains("PrimarySource, BackupSource failed", failure.Message, StringComparison.Ordinal);
        Assert.Contains("written 30.0 h ago, data up to 2026-11-23 23:59:59", failure.Message, StringComparison.Ordinal);
        Assert.Equal("1. Escalate. 2. Call the partner.", failure.Advice);
        Assert.Equal("0004_run_escalated", _site.StoredEntries[^1]);

        // Another machine reads the same, and nobody has to do with it any more.
        JournalReader elsewhere = new(_site.NewProcess("ops-2").Installation, RunbookCatalog.All);
        RunbookRun read = await elsewhere.FindAsync(run.RunId, Cancel);
        Assert.Equal((RunbookStatus.Escalated, run.Error, run.EndedAt), (read.Status, read.Error, read.EndedAt));
        Assert.Equal(Plan.Decision.Reason, Assert.IsType<RecoveryPlan>(read.Plan).Decision.Reason);
        Assert.Equal(Copy(run), Copy(read));
        Assert.Empty(await elsewhere.ReadAsync(1, unfinishedOnly: true, Cancel).ToListAsync(Cancel));
        AcodeException refused = await Assert.ThrowsAsync<AcodeException>(() => Engine(process).UndoAsync(run.RunId, new RunOptions(), null, Cancel));
        Assert.Equal("RunEscalated", refused.Id);
    }

    [Fact]
    public async Task Neither_a_lease_nor_an_unfinished_run_nor_a_missing_copy_is_in_its_way()
    {
        TestProcess other = _site.NewProcess("ops-2");
        RunbookRun awaiting = await other.StartAsync(new RunOptions { NoWait = true });
        await using Lease held = await Lease.AcquireAsync(other.Installation, awaiting.RunId, "Something", Cancel);
        TestProcess process = _site.NewProcess();
        process.Installation.Storages[StorageRole.Emergency] = _site.LeaseBucket;

        RunbookRun run = await StartAsync(process, new Footers("unread"));

        Assert.Equal((RunbookStatus.Escalated, 0), (run.Status, run.Warnings.Count));
        Assert.Contains("No emergency copy in s3://", run.Error, StringComparison.Ordinal);
        Assert.Equal(RunbookStatus.AwaitingProof, (await other.Reader.FindAsync(awaiting.RunId, Cancel)).Status);
    }

    [Fact]
    public async Task A_storage_that_is_not_read_in_time_is_said_and_ends_it_as_nothing_else()
    {
        TestProcess process = _site.NewProcess();
        process.Installation.Storages[StorageRole.Emergency] = _site.LeaseBucket;
        await _site.LeaseBucket.PutAsync("copy/part.parquet", new byte[1], new PutOptions(), Cancel);

        RunbookRun run = await StartAsync(process, new Footers("never") { Before = cancel => WaitForeverAsync(cancel) });

        Assert.Equal((RunbookStatus.Escalated, "FullDisasterRecovery"), (run.Status, run.ErrorId));
        Assert.Contains("not read within 45 s", Assert.Single(run.Steps[0].Evidence), StringComparison.Ordinal);

        async Task WaitForeverAsync(CancellationToken cancel)
        {
            Task waiting = Task.Delay(Timeout.Infinite, cancel);
            _site.Clock.Advance(TimeSpan.FromSeconds(45));
            await waiting;
        }
    }

    private static (long Objects, long Bytes, double? Age, string? Watermark) Copy(RunbookRun run)
    {
        EmergencyCopy copy = Assert.IsType<EmergencyCopy>(run.Result);
        return (copy.Objects, copy.Bytes, copy.AgeHours, copy.Watermark);
    }

    private static Task<RunbookRun> StartAsync(TestProcess process, ILakeReader lake)
    {
        process.Installation.LakeReader = lake;
        return Engine(process).StartAsync(new FullRecoveryRunbook(Plan), new RunOptions(), null, Cancel);
    }

    private static RunbookEngine Engine(TestProcess process) => new(process.Installation, TestProcess.Origin);

    private static PartAssessment Failed(RecoveryPart part) => new() { Part = part, Verdict = Verdict.Failed, Summary = "It does not answer." };

    /// <summary>Says the same of every object.</summary>
    private sealed class Footers(string watermark) : ILakeReader
    {
        public Func<CancellationToken, Task> Before { get; init; } = _ => Task.CompletedTask;

        public async Task<LakeFile> ReadFooterAsync(IObjectStore store, StoredObject stored, IReadOnlyCollection<string> columns, CancellationToken cancel)
        {
            await Before(cancel);
            return new LakeFile(stored.Key, 7) { Ranges = columns.ToDictionary(column => column, _ => new ColumnRange("2026-01-01 00:00:00", watermark)) };
        }

        public IAsyncEnumerable<IReadOnlyList<string?[]>> ReadColumnsAsync(IObjectStore store, StoredObject stored, IReadOnlyList<string> columns, CancellationToken cancel = default) =>
            throw new NotSupportedException();

        public IAsyncEnumerable<LakeRow> ReadRowsAsync(IObjectStore store, StoredObject stored, string keyColumn, string? cursorColumn, CancellationToken cancel = default) =>
            throw new InvalidOperationException("No row is to be read.");
    }
}
