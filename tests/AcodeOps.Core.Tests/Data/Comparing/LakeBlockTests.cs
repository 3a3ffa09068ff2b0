using AcodeOps.Comparing;

namespace AcodeOps.Core.Tests.Data.Comparing;

/// <summary>Row groups become blocks, and their rows become rows that are there once.</summary>
public sealed class LakeBlockTests
{
    [Fact]
    public void Row_groups_whose_keys_overlap_are_one_block()
    {
        List<LakeBlock> blocks = LakeBlock.Of([Piece(50, 60, 5), Piece(1, 10, 10), Piece(8, 20, 3), Piece(21, 49, 20), Piece(19, 19, 1)]);
        Assert.Equal(["1-20: 14", "21-49: 20", "50-60: 5"], blocks.Select(block => $"{block.Keys.From}-{block.Keys.To}: {block.Rows}"));
        Assert.Empty(LakeBlock.Of([]));
    }

    [Fact]
    public async Task Versions_are_told_apart_from_copies_and_the_newest_is_the_row()
    {
        LakeBlockRows rows = LakeBlockRows.Of(
        [
            new LakeFingerprints([1, 2, 3, 4], ["2026-03-01T00:00:01", "2026-03-01T00:00:02", "2026-03-01T00:00:03", "2026-03-01T00:00:04"], [11, 12, 13, 14]),
            // The row of the cursor's very value is read again; 2 came anew, 1 has been copied.
            new LakeFingerprints([4, 2, 1], ["2026-03-01T00:00:04", "2026-03-01T00:00:09", "2026-03-01T00:00:01"], [14, 22, 11]),
        ]);
        Assert.Equal((4L, 2L), (rows.Count, rows.Superseded));
        Assert.Equal([(1L, 1)], rows.Duplicates);
        Assert.Equal(new RangeChecksum(4, 11 + 22 + 13 + 14), await SumAsync(rows, new Keys(1, 4)));
    }

    [Fact]
    public void In_a_snapshot_each_further_copy_is_one_too_many()
    {
        LakeBlockRows rows = LakeBlockRows.Of([new LakeFingerprints([5, 6], null, [1, 2]), new LakeFingerprints([5, 5, 7], null, [1, 1, 3])]);
        Assert.Equal([(5L, 2)], rows.Duplicates);
        Assert.Equal((3L, 0L), (rows.Count, rows.Superseded));
    }

    private static async Task<RangeChecksum> SumAsync(LakeBlockRows rows, Keys keys) => (await rows.ReadAsync(keys, long.MaxValue, TestContext.Current.CancellationToken)).Values.Single();

    private static LakePiece Piece(long from, long to, long rows) => new(new StoredObject($"{from}", 1, DateTimeOffset.UnixEpoch, "e"), 0, new Keys(from, to), rows);
}
