using MySqlConnector;
using Parquet;
using Parquet.Schema;

namespace AcodeOps.Lab.Airbyte.Sync.Columns;

/// <summary>A nullable column of text.</summary>
internal sealed class TextColumnBuffer(DataField field, Func<MySqlDataReader, int, string> read) : ColumnBuffer(field)
{
    private readonly List<string?> _values = [];

    public override int Add(MySqlDataReader reader, int ordinal)
    {
        string? value = reader.IsDBNull(ordinal) ? null : read(reader, ordinal);
        _values.Add(value);
        return value?.Length ?? 0;
    }

    public override async Task FlushAsync(ParquetRowGroupWriter group, CancellationToken cancel)
    {
        await group.WriteAsync(Field, _values!);
        _values.Clear();
    }
}
