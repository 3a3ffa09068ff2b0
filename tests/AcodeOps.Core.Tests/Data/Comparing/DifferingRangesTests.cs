using AcodeOps.Comparing;

namespace AcodeOps.Core.Tests.Data.Comparing;

/// <summary>By sums of stretches every row that differs is found, and few others are read for it.</summary>
public sealed class DifferingRangesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_difference_lies_in_a_stretch_that_is_found_and_the_stretches_are_small()
    {
        int seed = Random.Shared.Next();
        Random random = new(seed);
        for (int round = 0; round < 40; round++)
        {
            // Keys with gaps, some of them far beyond the others.
            SortedDictionary<long, uint> from = [];
            long key = random.NextInt64(-1_000_000, 1_000_000);
            for (int i = 0; i < 20_000; i++)
            {
                from[key += random.Next(50) == 0 ? random.NextInt64(1, 100_000_000) : random.Next(1, 4)] = (uint)random.Next();
            }

            SortedDictionary<long, uint> to = new(from);
            HashSet<long> different = [];
            long[] keys = [.. from.Keys];
            for (int i = 0; i < random.Next(0, 12); i++)
            {
                long one = keys[random.Next(keys.Length)];
                different.Add(one);
                switch (random.Next(3))
                {
                    case 0:
                        to.Remove(one);
                        break;
                    case 1:
                        to[one] = to.GetValueOrDefault(one) + 1;
                        break;
                    default:
                        from.Remove(one);
                        to[one] = 7;
                        break;
                }
            }

            DifferingRanges ranges = new(new Told(from), new Told(to));
            await ranges.FindAsync(new Keys(keys[0], keys[^1]), Cancel);

            Assert.True(different.All(one => ranges.Found.Any(stretch => one >= stretch.Keys.From && one <= stretch.Keys.To)), $"Seed {seed}, round {round}");
            Assert.True(ranges.Found.Count <= different.Count, $"Seed {seed}, round {round}: {ranges.Found.Count} stretches for {different.Count} differences");
            Assert.All(ranges.Found, stretch => Assert.InRange(Math.Max(stretch.From, stretch.To), 1, 2_048));
            Assert.Equal(to.Count, ranges.RowsTo);
        }
    }

    [Fact]
    public async Task The_widest_range_of_all_does_not_overflow()
    {
        DifferingRanges ranges = new(new Told(new() { [long.MinValue] = 1, [0] = 2, [long.MaxValue] = 3 }), new Told(new() { [long.MinValue] = 1, [0] = 2 }));
        await ranges.FindAsync(new Keys(long.MinValue, long.MaxValue), Cancel);
        Assert.Equal(long.MaxValue, Assert.Single(ranges.Found).Keys.To);
    }

    private sealed class Told(SortedDictionary<long, uint> rows) : IChecksums
    {
        public Task<IReadOnlyDictionary<long, RangeChecksum>> ReadAsync(Keys keys, long width, CancellationToken cancel) =>
            Task.FromResult<IReadOnlyDictionary<long, RangeChecksum>>(rows
                .Where(row => row.Key >= keys.From && row.Key <= keys.To)
                .GroupBy(row => (long)(((ulong)row.Key - (ulong)keys.From) / (ulong)width))
                .ToDictionary(group => group.Key, group => new RangeChecksum(group.Count(), (ulong)group.Sum(row => (long)row.Value))));
    }
}
