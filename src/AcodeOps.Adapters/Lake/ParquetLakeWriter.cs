using System.IO.Compression;
using Parquet;
using Parquet.Schema;

namespace AcodeOps.Adapters.Lake;

/// <summary>Writes the lake's objects with Parquet.Net. Safe for concurrent use.</summary>
internal sealed class ParquetLakeWriter : ILakeWriter
{
    private static readonly ParquetOptions Options = new() { CompressionMethod = CompressionMethod.Snappy, CompressionLevel = CompressionLevel.Fastest };

    /// <inheritdoc />
    public async Task<ReadOnlyMemory<byte>> WriteAsync(IReadOnlyList<RowColumn> columns, IReadOnlyList<object?[]> rows, CancellationToken cancel)
    {
        // A column at a time: what is made of the rows for one of them is let go of before the next.
        DataField[] fields = [.. columns.Select(ColumnWriter.FieldOf)];
        using MemoryStream file = new();
        ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), file, Options, cancellationToken: cancel).ConfigureAwait(false);
        await using (writer.ConfigureAwait(false))
        {
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            for (int i = 0; i < fields.Length; i++)
            {
                await ColumnWriter.WriteAsync(group, fields[i], columns[i], rows, i, cancel).ConfigureAwait(false);
            }
        }

        return file.ToArray();
    }
}
