using AcodeOps.Health;
using AcodeOps.Recovery.Corruption;
using AcodeOps.Tuning;

namespace AcodeOps.Core.Tests.Recovery.Corruption;

/// <summary>When two sources agree, when they differ, and when nobody can tell.</summary>
public sealed class SourceComparisonTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 9, 12, 0, 0, TimeSpan.Zero);

    private readonly (ToldSource Primary, ToldSource Backup) _sources = (new(100, Noon), new(100, Noon));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_keys_times_and_counts_agree() => Assert.Equal(Verdict.Healthy, (await JudgeAsync()).Verdict);

    [Fact]
    public async Task A_row_less_on_either_side_differs()
    {
        _sources.Backup.Missing.Add(50);
        Assert.Equal(Verdict.Failed, (await JudgeAsync()).Verdict);
        _sources.Backup.Missing.Clear();
        _sources.Primary.Missing.Add(50);
        Assert.Equal(Verdict.Failed, (await JudgeAsync()).Verdict);
    }

    [Fact]
    public async Task Only_the_corrupted_rows_keys_are_counted()
    {
        _sources.Backup.Missing.Add(50);

        Assert.Equal(Verdict.Healthy, (await JudgeAsync(new ColumnRange("60", "90"))).Verdict);
        Assert.Equal(("60", "90"), _sources.Backup.Counted);
    }

    [Theory]
    [InlineData("-7", "8999999999999999999")]
    [InlineData("-9", "-7")]
    [InlineData("no", "numbers")]
    public async Task Absurd_keys_are_no_range_to_hide_a_difference_behind(string least, string greatest)
    {
        _sources.Backup.Missing.Add(50);

        Assert.Equal(Verdict.Failed, (await JudgeAsync(new ColumnRange(least, greatest))).Verdict);
    }

    [Theory]
    [InlineData(3d, Verdict.Healthy)]
    [InlineData(301d, Verdict.Failed)]
    [InlineData(null, Verdict.Unknown)]
    public async Task What_the_replica_is_still_to_get_is_its_lag_or_a_difference(double? lag, Verdict expected)
    {
        _sources.Backup.Greatest = 90;
        _sources.Backup.Lag = lag;

        Assert.Equal(expected, (await JudgeAsync()).Verdict);
    }

    [Fact]
    public async Task Rows_that_only_the_replica_has_or_other_times_differ()
    {
        _sources.Primary.Greatest = 99;
        Assert.Equal(Verdict.Failed, (await JudgeAsync()).Verdict);
        _sources.Primary.Greatest = 100;
        _sources.Backup.Newest = Noon.AddMinutes(-1);
        Assert.Equal(Verdict.Failed, (await JudgeAsync()).Verdict);
        _sources.Backup.Newest = Noon.AddMinutes(1);
        Assert.Equal(Verdict.Failed, (await JudgeAsync()).Verdict);
    }

    private Task<Observation> JudgeAsync(ColumnRange? keys = null) => new SourceComparison(
        _sources.Primary, _sources.Backup, new TableDefinition { Name = "sales", ProcessedAt = "at" }, new Objectives { LagSeconds = 300 }).JudgeAsync(keys, Cancel);

    /// <summary>A source with the keys 1 to the greatest, some of them missing.</summary>
    private sealed class ToldSource(long greatest, DateTimeOffset newest) : ISource
    {
        public long Greatest { get; set; } = greatest;

        public DateTimeOffset Newest { get; set; } = newest;

        public double? Lag { get; set; } = 0;

        public HashSet<long> Missing { get; } = [];

        public (string From, string? To) Counted { get; private set; }

        public SourceDefinition Definition => TestInstallation.Definition.Sources[0];

        public IServerStatistics Statistics => throw new NotSupportedException();

        public Task<SourceServer> ProbeAsync(CancellationToken cancel) => throw new NotSupportedException();

        public Task<IReadOnlyList<ReplicationStatus>> ReadReplicationAsync(CancellationToken cancel) => Task.FromResult<IReadOnlyList<ReplicationStatus>>(
        [
            new()
            {
                Source = SourceRole.Backup,
                Channel = "",
                ReplicatesFrom = "primary:3306",
                Receiver = ReplicationThread.Running,
                Applier = ReplicationThread.Running,
                LagSeconds = Lag,
                ReadAt = Noon,
            },
        ]);

        public Task<IReadOnlyList<TableSchema>> ReadSchemaAsync(IReadOnlyCollection<string> tables, CancellationToken cancel) => throw new NotSupportedException();

        public Task<TablePass> ReadPassAsync(TableDefinition table, DateOnly from, DateOnly today, CancellationToken cancel) => throw new NotSupportedException();

        public Task<TableWatermark> ReadWatermarkAsync(TableDefinition table, CancellationToken cancel) =>
            Task.FromResult(new TableWatermark(table.Name) { ProcessedAt = Newest, Method = "told" });

        public Task<TableVolume> ReadVolumeAsync(TableDefinition table, DateOnly from, DateOnly to, CancellationToken cancel) => throw new NotSupportedException();

        public Task<UndatedRows> CountUndatedAsync(TableDefinition table, int most, CancellationToken cancel) => throw new NotSupportedException();

        public Task<long?> CountRowsAsync(TableDefinition table, TimeSpan limit, CancellationToken cancel) => throw new NotSupportedException();

        public Task<string?> ReadCursorAsync(TableDefinition table, string column, CancellationToken cancel) => Task.FromResult<string?>($"{Greatest}");

        public Task<long> CountCursorAsync(TableDefinition table, string column, string from, bool including, string? to, CancellationToken cancel)
        {
            Counted = (from, to);
            decimal first = decimal.Parse(from, System.Globalization.CultureInfo.InvariantCulture) + (including ? 0 : 1);
            decimal last = to is null ? Greatest : decimal.Parse(to, System.Globalization.CultureInfo.InvariantCulture);
            return Task.FromResult(Enumerable.Range(1, (int)Greatest).LongCount(key => key >= first && key <= last && !Missing.Contains(key)));
        }

        public Task<TableWay> FindWayAsync(TableDefinition table, CancellationToken cancel) => throw new NotSupportedException();

        public Task<DateLocations> LocateDatesAsync(TableDefinition table, DateOnly from, DateOnly to, IProgress<long>? progress, CancellationToken cancel) => throw new NotSupportedException();

        public IAsyncEnumerable<IReadOnlyList<SourceRow>> ReadRowsAsync(TableDefinition table, RowWindow window, RowPosition? after, CancellationToken cancel = default) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
