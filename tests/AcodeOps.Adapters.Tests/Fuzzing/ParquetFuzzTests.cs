using AcodeOps.Adapters.Lake;
using AcodeOps.Adapters.Tests.Lake;
using Parquet;

namespace AcodeOps.Adapters.Tests.Fuzzing;

/// <summary>Objects of the lake that are damaged, most of them in their footers: read, or named as unreadable; never another exception, never a hang.</summary>
public sealed class ParquetFuzzTests
{
    private const int Rounds = 400;
    private static readonly string[] Columns = ["idpk", "note", "local_ms", "day", "amount", "price", "empty"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(CompressionMethod.Snappy)]
    [InlineData(CompressionMethod.None)]
    public async Task A_damaged_object_is_read_or_named(CompressionMethod codec)
    {
        byte[] content = await LakeFileMaker.MakeAsync(codec, 2, 40);
        int footer = BitConverter.ToInt32(content, content.Length - 8);
        Damaging damaging = new();
        int unreadable = 0;
        for (int round = 0; round < Rounds; round++)
        {
            byte[] damaged = round % 3 == 0 ? damaging.Bytes(content) : [.. content[..^(footer + 8)], .. damaging.Bytes(content[^(footer + 8)..])];
            MemoryObject store = new(damaged);
            try
            {
                await ReadAsync(store).WaitAsync(TimeSpan.FromSeconds(60), Cancel);
            }
            catch (AcodeException refusal)
            {
                Assert.Contains(refusal.Id, (string[])["LakeFileUnreadable", "LakeColumnMissing"]);
                unreadable++;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Assert.Fail($"seed {damaging.Seed}, round {round}: {e}");
            }
        }

        Assert.InRange(unreadable, Rounds / 4, Rounds);
    }

    private static Task ReadAsync(MemoryObject store) => Task.Run(
        async () =>
        {
            ParquetLakeReader reader = new();
            await reader.ReadFooterAsync(store, store.Stored, Columns, Cancel);
            await reader.ReadRowsAsync(store, store.Stored, "idpk", "local_ms", Cancel).CountAsync(Cancel);
            await reader.ReadColumnsAsync(store, store.Stored, Columns, Cancel).CountAsync(Cancel);
        },
        Cancel);
}
