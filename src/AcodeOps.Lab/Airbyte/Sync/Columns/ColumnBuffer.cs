using MySqlConnector;
using Parquet;
using Parquet.Schema;

namespace AcodeOps.Lab.Airbyte.Sync.Columns;

/// <summary>One column of the row group that is being filled.</summary>
internal abstract class ColumnBuffer(DataField field)
{
    public DataField Field { get; } = field;

    /// <summary>Takes the value of the reader's current row.</summary>
    /// <returns>About how many bytes the value has.</returns>
    public abstract int Add(MySqlDataReader reader, int ordinal);

    /// <summary>Writes what was gathered into a row group, and forgets it.</summary>
    public abstract Task FlushAsync(ParquetRowGroupWriter group, CancellationToken cancel);

    /// <summary>The column for a MySQL type, as source-mysql and destination-s3 map it together: numbers with a fraction become doubles.</summary>
    public static ColumnBuffer For(SourceColumn column)
    {
        string name = column.Name;
        return column.DataType.ToLowerInvariant() switch
        {
            "tinyint" when column.ColumnType.StartsWith("tinyint(1)", StringComparison.OrdinalIgnoreCase) =>
                new ValueColumnBuffer<bool>(new DataField<bool?>(name), sizeof(bool), (r, i) => r.GetInt64(i) != 0),
            "tinyint" or "smallint" or "mediumint" or "int" or "integer" or "bigint" or "year" =>
                new ValueColumnBuffer<long>(new DataField<long?>(name), sizeof(long), (r, i) => r.GetInt64(i)),
            "decimal" or "numeric" => new ValueColumnBuffer<double>(new DataField<double?>(name), sizeof(double), (r, i) => (double)r.GetDecimal(i)),
            "float" or "double" => new ValueColumnBuffer<double>(new DataField<double?>(name), sizeof(double), (r, i) => r.GetDouble(i)),
            "date" => new ValueColumnBuffer<DateOnly>(new DataField<DateOnly?>(name), sizeof(int), (r, i) => Known(r.GetDateTime(i)) is DateTime d ? DateOnly.FromDateTime(d) : null),
            "datetime" => new TimeColumnBuffer(
                new DateTimeDataField(name, DateTimeFormat.Timestamp, isAdjustedToUTC: false, DateTimeTimeUnit.Micros, isNullable: true),
                (r, i) => Known(r.GetDateTime(i))),
            "timestamp" => new TimeColumnBuffer(
                new DateTimeDataField(name, DateTimeFormat.Timestamp, isAdjustedToUTC: true, DateTimeTimeUnit.Micros, isNullable: true),
                (r, i) => Known(r.GetDateTime(i)) is DateTime d ? DateTime.SpecifyKind(d, DateTimeKind.Utc) : null),
            "time" => new TextColumnBuffer(new DataField<string>(name), (r, i) => r.GetTimeSpan(i).ToString()),
            "bit" => new ValueColumnBuffer<long>(new DataField<long?>(name), sizeof(long), (r, i) => (long)r.GetUInt64(i)),
            "binary" or "varbinary" or "blob" or "tinyblob" or "mediumblob" or "longblob" =>
                new TextColumnBuffer(new DataField<string>(name), (r, i) => Convert.ToBase64String(r.GetFieldValue<byte[]>(i))),
            _ => new TextColumnBuffer(new DataField<string>(name), (r, i) => r.GetString(i)),
        };
    }

    /// <summary>MySQL's zero date is no date.</summary>
    private static DateTime? Known(DateTime value) => value == DateTime.MinValue ? null : value;
}
