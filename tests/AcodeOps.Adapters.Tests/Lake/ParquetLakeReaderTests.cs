using System.Buffers.Binary;
using AcodeOps.Adapters.Lake;
using AcodeOps.Adapters.Storage;
using AcodeOps.Adapters.Tests.Aws;
using Parquet;

namespace AcodeOps.Adapters.Tests.Lake;

/// <summary>Reading the lake's files: what they hold, at what cost, and what damaged ones lead to.</summary>
public sealed class ParquetLakeReaderTests(AwsFixture aws)
{
    private static readonly ParquetLakeReader Reader = new();
    private static readonly string[] Columns = ["idpk", "note", "local_ms", "utc_us", "day", "amount", "price", "empty", "not there", "meta"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(CompressionMethod.Snappy, 4, 500)]
    [InlineData(CompressionMethod.Gzip, 1, 9)]
    [InlineData(CompressionMethod.Zstd, 2, 30)]
    [InlineData(CompressionMethod.None, 3, 7)]
    public async Task A_footer_on_a_real_server_tells_rows_and_ranges(CompressionMethod codec, int groups, int rowsInGroup)
    {
        S3ObjectStore store = await aws.NewStoreAsync();
        await store.PutAsync("f.parquet", await LakeFileMaker.MakeAsync(codec, groups, rowsInGroup), new PutOptions(), Cancel);
        StoredObject stored = (await store.FindAsync("f.parquet", Cancel))!;

        LakeFile file = await Reader.ReadFooterAsync(store, stored, Columns, Cancel);

        int last = (groups * rowsInGroup) - 1;
        DateTime newest = LakeFileMaker.Start.AddSeconds(last % 3 == 2 ? last - 1 : last);
        Assert.Equal(("f.parquet", groups * rowsInGroup), (file.Key, file.Rows));
        Assert.Equal([codec == CompressionMethod.None ? "UNCOMPRESSED" : $"{codec}".ToUpperInvariant()], file.Codecs);
        Assert.Equal(["not there"], Columns.Except(file.Columns));
        Assert.Equal(new ColumnRange("0", $"{last}"), file.Ranges["idpk"]);
        Assert.Equal(new ColumnRange("note 000000", $"note {last:000000}"), file.Ranges["note"]);
        Assert.Equal(new ColumnRange("2026-11-24T10:00:00.123000", $"{newest:yyyy-MM-ddTHH:mm:ss.fff}000"), file.Ranges["local_ms"]);
        Assert.Equal(new ColumnRange("2026-11-24", "2026-11-30"), file.Ranges["day"]);
        Assert.Equal(new ColumnRange("-0.75", FormattableString.Invariant($"{(last - 3) * 0.25m:0.00}")), file.Ranges["amount"]);
        Assert.Equal(new ColumnRange("0", FormattableString.Invariant($"{last / 8.0}")), file.Ranges["price"]);
        // Parquet.Net's statistics of microseconds are wrong: none is better.
        Assert.DoesNotContain("utc_us", file.Ranges.Keys);
        Assert.Equal(6, file.Ranges.Count);

        LakeRow[] rows = await Reader.ReadRowsAsync(store, stored, "idpk", "utc_us", Cancel).ToArrayAsync(Cancel);
        Assert.Equal(Enumerable.Range(0, last + 1).Select(i => new LakeRow(
            $"{i}", i % 3 == 2 ? null : $"{LakeFileMaker.Start.AddSeconds(i):yyyy-MM-ddTHH:mm:ss.ffffff}Z")), rows);
    }

    [Theory]
    [InlineData("note", "note 000001")]
    [InlineData("local_ms", "2026-11-24T10:00:01.123000")]
    [InlineData("day", "2026-11-25")]
    [InlineData("amount", "-0.50")]
    [InlineData("price", "0.125")]
    [InlineData("empty", null)]
    public async Task Values_read_as_states_write_them(string column, string? second)
    {
        MemoryObject store = new(await LakeFileMaker.MakeAsync(CompressionMethod.Snappy, 1, 3));
        LakeRow[] rows = await Reader.ReadRowsAsync(store, store.Stored, "idpk", column, Cancel).ToArrayAsync(Cancel);
        Assert.Equal(new LakeRow("1", second), rows[1]);
        Assert.Null((await Reader.ReadRowsAsync(store, store.Stored, "idpk", null, Cancel).FirstAsync(Cancel)).Cursor);
    }

    [Fact]
    public async Task A_footer_costs_one_request_and_rows_only_their_two_columns()
    {
        byte[] content = await LakeFileMaker.MakeAsync(CompressionMethod.None, 3, 40_000);
        MemoryObject store = new(content);
        await Reader.ReadFooterAsync(store, store.Stored, Columns, Cancel);
        Assert.Equal([(content.Length - (64 << 10), 64 << 10)], store.Ranges.Select(r => ((int)r.Offset, r.Count)));

        store.Ranges.Clear();
        Assert.Equal(120_000, await Reader.ReadRowsAsync(store, store.Stored, "idpk", "day", Cancel).CountAsync(Cancel));
        Assert.Equal(1 + (3 * 2), store.Ranges.Count);
        Assert.True(store.Ranges.Sum(r => r.Count) < content.Length / 3, $"{store.Ranges.Sum(r => r.Count)} of {content.Length} bytes were read.");
    }

    [Fact]
    public async Task A_footer_larger_than_the_first_read_costs_a_second_one()
    {
        byte[] content = await LakeFileMaker.MakeAsync(CompressionMethod.None, 120, 20);
        Assert.True(BinaryPrimitives.ReadInt32LittleEndian(content.AsSpan(^8..)) > 64 << 10);
        MemoryObject store = new(content);
        LakeFile file = await Reader.ReadFooterAsync(store, store.Stored, ["idpk"], Cancel);
        Assert.Equal((2400, new ColumnRange("0", "2399")), (file.Rows, file.Ranges["idpk"]));
        Assert.Equal(2, store.Ranges.Count);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    public async Task A_file_without_rows_has_no_ranges(int groups, int rowsInGroup)
    {
        MemoryObject store = new(await LakeFileMaker.MakeAsync(CompressionMethod.Snappy, groups, rowsInGroup));
        LakeFile file = await Reader.ReadFooterAsync(store, store.Stored, Columns, Cancel);
        Assert.Equal((0, 0), (file.Rows, file.Ranges.Count));
        Assert.Empty(await Reader.ReadRowsAsync(store, store.Stored, "idpk", "note", Cancel).ToArrayAsync(Cancel));
    }

    [Fact]
    public async Task A_column_that_is_not_there_is_told()
    {
        MemoryObject store = new(await LakeFileMaker.MakeAsync(CompressionMethod.Snappy, 1, 3));
        AcodeException missing = await Assert.ThrowsAsync<AcodeException>(
            async () => await Reader.ReadRowsAsync(store, store.Stored, "id", null, Cancel).CountAsync(Cancel));
        Assert.Equal(("LakeColumnMissing", FailureClass.NotFound), (missing.Id, missing.Cause));
    }

    [Fact]
    public async Task An_object_that_was_written_over_is_a_conflict()
    {
        S3ObjectStore store = await aws.NewStoreAsync();
        byte[] content = await LakeFileMaker.MakeAsync(CompressionMethod.Snappy, 1, 3);
        await store.PutAsync("f", content, new PutOptions(), Cancel);
        StoredObject stored = (await store.FindAsync("f", Cancel))!;
        await store.PutAsync("f", await LakeFileMaker.MakeAsync(CompressionMethod.Snappy, 1, 4), new PutOptions(), Cancel);
        Assert.Equal("ObjectExists", (await Assert.ThrowsAsync<AcodeException>(() => Reader.ReadFooterAsync(store, stored, [], Cancel))).Id);
    }

    [Fact]
    public async Task Files_that_are_cut_off_anywhere_are_unreadable()
    {
        byte[] content = await LakeFileMaker.MakeAsync(CompressionMethod.Snappy, 2, 5);
        for (int length = 0; length < content.Length; length += length < 20 ? 1 : 37)
        {
            await AssertUnreadableAsync(content[..length]);
        }

        await AssertUnreadableAsync("{\"this is\": \"not Parquet but JSON\"}"u8.ToArray());
    }

    [Fact]
    public async Task Whatever_a_damaged_file_holds_it_is_read_or_unreadable_and_nothing_else()
    {
        byte[] good = await LakeFileMaker.MakeAsync(CompressionMethod.Snappy, 2, 5);
        Random random = new(20261124);
        int unreadable = 0;
        for (int round = 0; round < 1_500; round++)
        {
            byte[] content = [.. good];
            for (int i = random.Next(1, 4); i > 0; i--)
            {
                // Most of the damage goes to the footer, which is where a reader can be misled.
                content[random.Next(round % 4 == 0 ? 0 : content.Length / 2, content.Length)] = (byte)random.Next(256);
            }

            MemoryObject store = new(content);
            try
            {
                await Reader.ReadFooterAsync(store, store.Stored, Columns, Cancel);
                await Reader.ReadRowsAsync(store, store.Stored, "idpk", "utc_us", Cancel).CountAsync(Cancel);
            }
            catch (AcodeException failure)
            {
                Assert.Contains(failure.Id, new[] { "LakeFileUnreadable", "LakeColumnMissing" });
                unreadable++;
            }
        }

        Assert.InRange(unreadable, 500, 1_499);
    }

    private static async Task AssertUnreadableAsync(byte[] content)
    {
        MemoryObject store = new(content);
        AcodeException failure = await Assert.ThrowsAsync<AcodeException>(() => Reader.ReadFooterAsync(store, store.Stored, Columns, Cancel));
        Assert.Equal(("LakeFileUnreadable", FailureClass.Protocol), (failure.Id, failure.Cause));
        Assert.Contains("'file.parquet' of bucket 'lake'", failure.Message, StringComparison.Ordinal);
    }
}
