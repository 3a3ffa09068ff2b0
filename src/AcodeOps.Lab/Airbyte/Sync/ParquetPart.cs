using System.IO.Compression;
using System.Text.Json.Nodes;
using AcodeOps.Lab.Airbyte.Sync.Columns;
using MySqlConnector;
using Parquet;
using Parquet.Schema;

namespace AcodeOps.Lab.Airbyte.Sync;

/// <summary>One object in the making: a Parquet file on local disk, filled row group by row group so that memory stays flat.</summary>
internal sealed class ParquetPart : IAsyncDisposable
{
    private readonly FileStream _file;
    private readonly AirbyteColumns _airbyte;
    private readonly ColumnBuffer[] _columns;
    private readonly int _groupRows;
    private readonly long _groupBytes;
    private readonly ParquetWriter _writer;
    private long _bytesInGroup;
    private bool _closed;

    private ParquetPart(FileStream file, AirbyteColumns airbyte, ColumnBuffer[] columns, int groupRows, long groupBytes, ParquetWriter writer)
    {
        (_file, _airbyte, _columns, _groupRows, _groupBytes, _writer) = (file, airbyte, columns, groupRows, groupBytes, writer);
    }

    public string Path => _file.Name;

    /// <summary>Rows so far.</summary>
    public long Rows { get; private set; }

    /// <summary>About the size of the rows so far as Airbyte counts it: the values, not the file.</summary>
    public long ValueBytes { get; private set; }

    /// <summary>Opens a part.</summary>
    public static async Task<ParquetPart> CreateAsync(
        string path, IReadOnlyList<SourceColumn> columns, long syncId, long generationId, JsonObject format, int groupRows, CancellationToken cancel)
    {
        AirbyteColumns airbyte = new(syncId, generationId);
        ColumnBuffer[] buffers = [.. columns.Select(ColumnBuffer.For)];
        ParquetSchema schema = new([.. airbyte.Fields, .. buffers.Select(b => b.Field)]);
        FileStream file = new(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read, bufferSize: 1 << 16);
        ParquetOptions options = new()
        {
            CompressionMethod = Codec((string?)format["compression_codec"]),
            CompressionLevel = CompressionLevel.Fastest,
        };
        ParquetWriter writer = await ParquetWriter.CreateAsync(schema, file, options, cancellationToken: cancel);
        return new(file, airbyte, buffers, groupRows, ((long?)format["block_size_mb"] ?? 128) << 20, writer);
    }

    /// <summary>Adds the reader's current row.</summary>
    public async ValueTask AddAsync(MySqlDataReader reader, CancellationToken cancel)
    {
        int bytes = _airbyte.Add();
        for (int i = 0; i < _columns.Length; i++)
        {
            bytes += _columns[i].Add(reader, i);
        }

        Rows++;
        ValueBytes += bytes;
        _bytesInGroup += bytes;
        if (_airbyte.Count >= _groupRows || _bytesInGroup >= _groupBytes)
        {
            await FlushAsync(cancel);
        }
    }

    /// <summary>Ends the file.</summary>
    /// <returns>Its size in bytes.</returns>
    public async Task<long> CompleteAsync(CancellationToken cancel)
    {
        await FlushAsync(cancel);
        await _writer.DisposeAsync();
        await _file.FlushAsync(cancel);
        long size = _file.Length;
        await _file.DisposeAsync();
        _closed = true;
        return size;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_closed)
        {
            await _writer.DisposeAsync();
            await _file.DisposeAsync();
        }

        File.Delete(Path);
    }

    private static CompressionMethod Codec(string? codec) => codec switch
    {
        "SNAPPY" => CompressionMethod.Snappy,
        "GZIP" => CompressionMethod.Gzip,
        "ZSTD" => CompressionMethod.Zstd,
        null or "UNCOMPRESSED" => CompressionMethod.None,
        // LZO, BROTLI and LZ4 are in the schema, and reported broken in the real connector.
        _ => throw new SyncFailure("destination", Store.JobFailure.ConfigError, $"Compression codec {codec} is not supported"),
    };

    private async Task FlushAsync(CancellationToken cancel)
    {
        if (_airbyte.Count == 0)
        {
            return;
        }

        using ParquetRowGroupWriter group = _writer.CreateRowGroup();
        await _airbyte.FlushAsync(group, cancel);
        foreach (ColumnBuffer column in _columns)
        {
            await column.FlushAsync(group, cancel);
        }

        _bytesInGroup = 0;
    }
}
