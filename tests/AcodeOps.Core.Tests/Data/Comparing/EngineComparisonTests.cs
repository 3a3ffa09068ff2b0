using System.Globalization;
using System.Runtime.CompilerServices;
using AcodeOps.Comparing;
using AcodeOps.Core.Tests.Data.Exporting;
using static AcodeOps.RowDifferenceKind;

namespace AcodeOps.Core.Tests.Data.Comparing;

/// <summary>Where an engine reads the lake, every difference is found to the row by a handful of questions, and none is invented.</summary>
public sealed class EngineComparisonTests
{
    private const int Rows = 60_000;
    private const int MostQuestions = 8;
    private static readonly DateTime Noon = new(2026, 11, 24, 12, 0, 0);
    private static readonly TableDefinition Table = new() { Name = "sales", EventDate = "Data", ProcessedAt = "Data_Processamento" };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_difference_is_found_by_few_questions()
    {
        int seed = Random.Shared.Next();
        Random random = new(seed);
        for (int round = 0; round < 6; round++)
        {
            (List<FakeSource.Row> source, List<LakeEngineRow> lake, List<(RowDifferenceKind Kind, long Key)> planted) = Plant(random);
            (DataDifference told, ToldEngine engine) = await CompareAsync(source, lake);

            Assert.True(
                planted.Order().SequenceEqual(told.Rows.Select(row => (row.Kind, row.Key)).Order()),
                $"Seed {seed}, round {round}: {string.Join(", ", told.Rows.Select(row => $"{row.Kind} {row.Key}"))} instead of {string.Join(", ", planted.Order())}");
            Assert.Equal((source.Count, lake.Count, true), ((int)told.RowsFrom, (int)told.RowsTo, told.IsWhole));
            Assert.True(engine.Questions <= MostQuestions, $"Seed {seed}, round {round}: {engine.Questions} questions");
            Assert.True(engine.RowsTold < 20 * 2_048, $"Seed {seed}, round {round}: {engine.RowsTold} rows");
        }
    }

    [Fact]
    public async Task An_empty_side_is_all_missing_or_all_extra()
    {
        List<FakeSource.Row> rows = [.. Enumerable.Range(1, 50).Select(key => new FakeSource.Row(key, null, Noon))];
        Assert.Equal((50, 0), await CountAsync(rows, []));
        Assert.Equal((0, 50), await CountAsync([], [.. rows.Select(row => LakeRow(row))]));
        Assert.Equal((0, 0), await CountAsync([], []));

        async Task<(int, int)> CountAsync(List<FakeSource.Row> source, List<LakeEngineRow> lake)
        {
            DataDifference told = (await CompareAsync(source, lake)).Told;
            return ((int)told.Missing, (int)told.Extra);
        }
    }

    // Keys with gaps, some of them wide; versions that count for nothing are not in it: the engine sorts them out.
    private static (List<FakeSource.Row> Source, List<LakeEngineRow> Lake, List<(RowDifferenceKind, long)> Planted) Plant(Random random)
    {
        List<FakeSource.Row> source = [];
        long key = random.Next(1, 1_000_000);
        for (int i = 0; i < Rows; i++)
        {
            source.Add(new FakeSource.Row(key += random.Next(200) == 0 ? random.NextInt64(1, 2_000_000) : random.Next(1, 3), null, Noon.AddSeconds(i)));
        }

        Dictionary<long, LakeEngineRow> lake = source.ToDictionary(row => row.Key, row => LakeRow(row));
        List<LakeEngineRow> copies = [];
        List<(RowDifferenceKind, long)> planted = [];
        foreach (FakeSource.Row row in random.GetItems(source.ToArray(), random.Next(0, 16)).DistinctBy(row => row.Key))
        {
            switch (random.Next(4))
            {
                case 0:
                    lake.Remove(row.Key);
                    planted.Add((Missing, row.Key));
                    break;
                case 1:
                    lake[row.Key] = LakeRow(row with { ProcessedAt = Noon.AddDays(-9) });
                    planted.Add((Changed, row.Key));
                    break;
                case 2:
                    copies.Add(lake[row.Key]);
                    planted.Add((Duplicated, row.Key));
                    break;
                default:
                    source.Remove(row);
                    planted.Add((Extra, row.Key));
                    break;
            }
        }

        return (source, [.. lake.Values, .. copies], planted);
    }

    private static LakeEngineRow LakeRow(FakeSource.Row row)
    {
        string? at = row.ProcessedAt?.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
        return new LakeEngineRow(row.Key, "lake/sales/1.parquet", null, at, null, [at]);
    }

    private static async Task<(DataDifference Told, ToldEngine Engine)> CompareAsync(List<FakeSource.Row> source, List<LakeEngineRow> lake)
    {
        ToldEngine engine = new(lake);
        ComparedTable compared = new(Table, [FakeSource.Columns[2]], TimeZoneInfo.Utc);
        SourceSide left = new(new FakeSource(SourceRole.Primary) { PageRows = 10_000, Tables = { [Table.Name] = source } }, compared);
        EngineSide right = new(engine, compared, new LakeQuestion(Table, "lake/sales/", compared.Columns));
        DifferenceTally tally = new(mostRows: 1_000_000);
        Keys? there = await right.FindKeysAsync(Cancel);
        if (Keys.Union(await left.FindKeysAsync(Cancel), there) is { } all)
        {
            RowComparison rows = new(compared, new DueRows(null, "all"), tally) { LastTo = there?.To };
            await new EngineComparison(left, right, compared, rows, tally).RunAsync(all, null, Cancel);
        }

        return (tally.Into(new DataDifference { Environment = "test", Table = Table.Name, From = "source", To = "lake", Verdict = Verdict.Unknown, ComparedAt = DateTimeOffset.UnixEpoch }), engine);
    }

    /// <summary>An engine over rows in memory.</summary>
    private sealed class ToldEngine(List<LakeEngineRow> rows) : ILakeEngine
    {
        public int Questions { get; private set; }

        public int RowsTold { get; private set; }

        public string Name => "memory";

        public long? BytesRead => null;

        public Task<IReadOnlyList<LakeColumn>> ReadColumnsAsync(TableDefinition table, IReadOnlyList<RowColumn> wanted, CancellationToken cancel) => throw new NotSupportedException();

        public Task<KeyRange?> FindKeysAsync(LakeQuestion question, CancellationToken cancel) =>
            Task.FromResult(rows.Count == 0 ? null : new KeyRange(Keys.Text(rows.Min(row => row.Key)), Keys.Text(rows.Max(row => row.Key))));

        public Task<IReadOnlyDictionary<long, LakeSum>> ReadSumsAsync(LakeQuestion question, IReadOnlyList<KeyRange> ranges, long origin, long width, CancellationToken cancel)
        {
            Questions++;
            return Task.FromResult<IReadOnlyDictionary<long, LakeSum>>(In(ranges).GroupBy(row => (row.Key - origin) / width).ToDictionary(
                stretch => stretch.Key,
                stretch =>
                {
                    LakeEngineRow[] distinct = [.. stretch.DistinctBy(row => row.Key)];
                    return new LakeSum(
                        new RangeChecksum(distinct.Length, distinct.Aggregate(0UL, (sum, row) => sum + FakeSource.ChecksumOf(row.Key, DateTime.Parse(row.ProcessedAt!, CultureInfo.InvariantCulture)))),
                        stretch.Count(), stretch.Count() - distinct.Length);
                }));
        }

        public async IAsyncEnumerable<(long Key, int Copies)> ReadCopiesAsync(
            LakeQuestion question, IReadOnlyList<KeyRange> ranges, int most, [EnumeratorCancellation] CancellationToken cancel = default)
        {
            Questions++;
            await Task.CompletedTask;
            foreach (IGrouping<long, LakeEngineRow> copies in In(ranges).GroupBy(row => row.Key).Where(copies => copies.Count() > 1).OrderBy(copies => copies.Key).Take(most))
            {
                yield return (copies.Key, copies.Count() - 1);
            }
        }

        public async IAsyncEnumerable<LakeEngineRow> ReadRowsAsync(LakeQuestion question, IReadOnlyList<KeyRange> ranges, [EnumeratorCancellation] CancellationToken cancel = default)
        {
            Questions++;
            await Task.CompletedTask;
            foreach (LakeEngineRow row in In(ranges))
            {
                RowsTold++;
                yield return row;
            }
        }

        public void Dispose()
        {
        }

        private IEnumerable<LakeEngineRow> In(IReadOnlyList<KeyRange> ranges)
        {
            Keys[] keys = [.. ranges.Select(range => new Keys(Keys.Number(range.From!), Keys.Number(range.To)))];
            return rows.Where(row => keys.Any(range => row.Key >= range.From && row.Key <= range.To));
        }
    }
}
