using AcodeOps.Core.Tests.Audit;
using AcodeOps.Runbooks;

namespace AcodeOps.Core.Tests.Runbooks;

/// <summary>Stores that speak S3 and do not keep to their conditions.</summary>
public sealed class LeaseStoreTests
{
    private readonly TestSite _site = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("refuses every If-Match", "refused to write over the very version")]
    [InlineData("ignores If-Match", "wrote over another version")]
    [InlineData("ignores If-None-Match", "let 8 of 8 writers")]
    [InlineData("lets two writers of one object win", "let 2 of 8 writers")]
    public async Task A_store_that_does_not_keep_its_conditions_is_refused(string flaw, string why)
    {
        TestProcess process = _site.NewProcess();
        Flawed store = new(_site.LeaseBucket, flaw);
        process.Installation.Storages[StorageRole.Emergency] = store;

        AcodeException refused = await Assert.ThrowsAsync<AcodeException>(() => process.StartAsync());

        Assert.Equal(("LeaseStoreUnsafe", FailureClass.Refused), (refused.Id, refused.Cause));
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
        Assert.Contains("failover.leaseStorage", refused.Advice, StringComparison.Ordinal);
        Assert.Empty(_site.World.History);
        Assert.Empty(_site.LeaseBucket.Keys);
    }

    [Fact]
    public async Task A_bucket_that_locks_by_default_is_refused()
    {
        TestProcess process = _site.NewProcess();
        process.Installation.Storages[StorageRole.Emergency] = new MemoryStore { LocksByDefault = true };

        Assert.Equal("LeaseStoreUnsafe", (await Assert.ThrowsAsync<AcodeException>(() => process.StartAsync())).Id);
    }

    [Fact]
    public async Task A_store_that_passed_is_not_tested_again()
    {
        TestProcess process = _site.NewProcess();
        await process.StartAsync();
        _site.LeaseBucket.Asked.Clear();

        await process.StartAsync();

        Assert.DoesNotContain(_site.LeaseBucket.Asked, asked => asked.Contains("probe", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_store_that_is_away_is_refused_and_a_run_without_the_lease_needs_none()
    {
        _site.LeaseBucket.Fault = new AcodeException("StorageUnreachable", FailureClass.Unreachable, "The storage is away.");
        TestProcess process = _site.NewProcess();

        AcodeException refused = await Assert.ThrowsAsync<AcodeException>(() => process.StartAsync());

        Assert.Equal(("LeaseStoreUnavailable", FailureClass.Unreachable), (refused.Id, refused.Cause));
        Assert.False(_site.JournalRuns().Any());
        Assert.Equal(RunbookStatus.Completed, (await process.StartAsync(new RunOptions { WithoutLease = true })).Status);
    }

    [Fact]
    public async Task A_store_that_fails_now_and_then_is_tested_once_more()
    {
        TestProcess process = _site.NewProcess();
        int puts = 0;
        process.Leases.BeforePut = (_, _) => ++puts is 5 or 20 ? throw new AcodeException("StorageServerFault", FailureClass.ServerFault, "Once.") : Task.CompletedTask;

        Task<RunbookRun> run = process.StartAsync();
        while (!run.IsCompleted)
        {
            if (Array.Find([200, 400], ms => _site.Clock.IsAwaitedFor(TimeSpan.FromMilliseconds(ms))) is > 0 and int pause)
            {
                _site.Clock.Advance(TimeSpan.FromMilliseconds(pause));
            }

            await Task.Delay(1, Cancel);
        }

        Assert.Equal(RunbookStatus.Completed, (await run).Status);
    }

    private sealed class Flawed(MemoryStore bucket, string flaw) : IObjectStore
    {
        private int _wins;

        public StorageDefinition Definition => bucket.Definition;

        public Task<string> PutAsync(string key, ReadOnlyMemory<byte> content, PutOptions options, CancellationToken cancel) => flaw switch
        {
            "refuses every If-Match" when options.IfMatch is not null => throw new AcodeException("ObjectExists", FailureClass.Conflict, "Refused."),
            "ignores If-Match" => bucket.PutAsync(key, content, options with { IfMatch = null }, cancel),
            "ignores If-None-Match" => bucket.PutAsync(key, content, options with { IfAbsent = false }, cancel),
            "lets two writers of one object win" when Interlocked.Increment(ref _wins) == 2 => bucket.PutAsync(key, content, options with { IfAbsent = false }, cancel),
            _ => bucket.PutAsync(key, content, options, cancel),
        };

        public IAsyncEnumerable<StoredObject> ListAsync(string prefix, string? startAfter = null, CancellationToken cancel = default) => bucket.ListAsync(prefix, startAfter, cancel);

        public IAsyncEnumerable<string> ListFoldersAsync(string prefix, CancellationToken cancel = default) => bucket.ListFoldersAsync(prefix, cancel);

        public Task<ObjectContent?> GetAsync(string key, CancellationToken cancel) => bucket.GetAsync(key, cancel);

        public Task DeleteAsync(string key, CancellationToken cancel) => bucket.DeleteAsync(key, cancel);

        public Task<BucketTraits> ReadTraitsAsync(CancellationToken cancel) => bucket.ReadTraitsAsync(cancel);

        public Task<StoredObject?> FindAsync(string key, CancellationToken cancel) => bucket.FindAsync(key, cancel);

        public Task<StoredObject> CopyAsync(StorageDefinition from, StoredObject source, string key, CancellationToken cancel) => bucket.CopyAsync(from, source, key, cancel);

        public Task<byte[]> ReadRangeAsync(StoredObject stored, long offset, int count, CancellationToken cancel) => bucket.ReadRangeAsync(stored, offset, count, cancel);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
