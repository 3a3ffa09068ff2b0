using Parquet;
using Parquet.Schema;

namespace AcodeOps.Adapters.Tests.Lake;

/// <summary>Makes Parquet files with a column of each kind that keys and cursors have.</summary>
internal static class LakeFileMaker
{
    public static readonly DateTime Start = new DateTime(2026, 11, 24, 10, 0, 0).AddTicks(1_234_560);

    private static readonly DataField Id = new DataField<long>("idpk");
    private static readonly DataField Note = new DataField<string>("note");
    private static readonly DataField Local = new DateTimeDataField("local_ms", DateTimeFormat.Timestamp, isAdjustedToUTC: false, DateTimeTimeUnit.Millis, isNullable: true);
    private static readonly DataField Universal = new DateTimeDataField("utc_us", DateTimeFormat.Timestamp, isAdjustedToUTC: true, DateTimeTimeUnit.Micros, isNullable: true);
    private static readonly DataField Day = new DataField<DateOnly?>("day");
    private static readonly DataField Amount = new DecimalDataField("amount", 12, 2, isNullable: true);
    private static readonly DataField Price = new DataField<double?>("price");
    private static readonly DataField Empty = new DataField<long?>("empty");

    /// <summary>A file; row <c>i</c> of the file has the id <c>i</c>, and every third one no time.</summary>
    public static async Task<byte[]> MakeAsync(CompressionMethod codec, int groups, int rowsInGroup)
    {
        using MemoryStream file = new();
        ParquetSchema schema = new(new StructField("meta", new DataField<long>("idpk")), Note, Local, Universal, Day, Amount, Price, Empty, Id);
        await using (ParquetWriter writer = await ParquetWriter.CreateAsync(schema, file, new ParquetOptions { CompressionMethod = codec }))
        {
            for (int group = 0; group < groups; group++)
            {
                using ParquetRowGroupWriter rows = writer.CreateRowGroup();
                await WriteAsync(rows, schema, [.. Enumerable.Range(group * rowsInGroup, rowsInGroup)]);
            }
        }

        return file.ToArray();
    }

    private static async Task WriteAsync(ParquetRowGroupWriter rows, ParquetSchema schema, int[] numbers)
    {
        int[] present = [.. numbers.Select(_ => 1)];
        // A column of the same name inside a struct must not be taken for the key.
        await rows.WriteAllPartsAsync<long>(schema.DataFields[0], numbers.Select(_ => -1L).ToArray(), present, null, default);
        await rows.WriteAsync(Note, numbers.Select(i => $"note {i:000000}").ToArray());
        await rows.WriteAsync<DateTime>(Local, numbers.Select(TimeOf).ToArray().AsMemory());
        await rows.WriteAsync<DateTime>(Universal, numbers.Select(i => TimeOf(i) is { } t ? DateTime.SpecifyKind(t, DateTimeKind.Utc) : (DateTime?)null).ToArray().AsMemory());
        await rows.WriteAsync<DateOnly>(Day, numbers.Select(i => (DateOnly?)DateOnly.FromDateTime(Start).AddDays(i % 7)).ToArray().AsMemory());
        await rows.WriteAsync<decimal>(Amount, numbers.Select(i => (decimal?)(i - 3) * 0.25m).ToArray().AsMemory());
        await rows.WriteAsync<double>(Price, numbers.Select(i => (double?)i / 8).ToArray().AsMemory());
        await rows.WriteAsync<long>(Empty, numbers.Select(i => (long?)null).ToArray().AsMemory());
        await rows.WriteAsync<long>(Id, numbers.Select(i => (long)i).ToArray().AsMemory());
    }

    private static DateTime? TimeOf(int number) => number % 3 == 2 ? null : Start.AddSeconds(number);
}
