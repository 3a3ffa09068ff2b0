using MySqlConnector;
using Parquet;
using Parquet.Schema;

namespace AcodeOps.Lab.Airbyte.Sync.Columns;

/// <summary>A nullable column of numbers, times or truths.</summary>
internal class ValueColumnBuffer<T>(DataField field, int valueBytes, Func<MySqlDataReader, int, T?> read) : ColumnBuffer(field)
    where T : struct
{
    private T?[] _values = new T?[1024];
    private int _count;

    /// <summary>What was gathered for the row group.</summary>
    protected ReadOnlySpan<T?> Gathered => _values.AsSpan(0, _count);

    public override int Add(MySqlDataReader reader, int ordinal)
    {
        if (_count == _values.Length)
        {
            Array.Resize(ref _values, _count * 2);
        }

        _values[_count++] = reader.IsDBNull(ordinal) ? null : read(reader, ordinal);
        return valueBytes;
    }

    public override async Task FlushAsync(ParquetRowGroupWriter group, CancellationToken cancel)
    {
        await group.WriteAsync<T>(Field, _values.AsMemory(0, _count), cancellationToken: cancel);
        _count = 0;
    }
}
