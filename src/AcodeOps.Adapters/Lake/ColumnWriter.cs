using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Parquet;
using Parquet.Meta;
using Parquet.Schema;

namespace AcodeOps.Adapters.Lake;

/// <summary>Writes one column of a row group. Every column may be NULL: a date of zeros is, also where the source forbids it.</summary>
internal static class ColumnWriter
{
    // A footer is read far more often than written: the bounds of long texts are not worth their place in it.
    private const int MostBound = 64;

    /// <summary>The column in the file's schema.</summary>
    public static DataField FieldOf(RowColumn column) => column.Kind switch
    {
        RowColumnKind.Whole => new DataField<int?>(column.Name),
        RowColumnKind.LongWhole => new DataField<long?>(column.Name),
        RowColumnKind.FixedPoint => new DecimalDataField(column.Name, column.Precision, column.Scale, isNullable: true),
        RowColumnKind.ShortReal => new DataField<float?>(column.Name),
        RowColumnKind.Real => new DataField<double?>(column.Name),
        RowColumnKind.Truth => new DataField<bool?>(column.Name),
        RowColumnKind.Date => new DataField<DateOnly?>(column.Name),
        RowColumnKind.LocalTime => Timestamp(column.Name, isUtc: false),
        RowColumnKind.UtcTime => Timestamp(column.Name, isUtc: true),
        RowColumnKind.Bytes => new DataField<byte[]>(column.Name),
        _ => new DataField<string>(column.Name),
    };

    /// <summary>Writes the column.</summary>
    public static async Task WriteAsync(
        ParquetRowGroupWriter group, DataField field, RowColumn column, IReadOnlyList<object?[]> rows, int index, CancellationToken cancel)
    {
        switch (column.Kind)
        {
            case RowColumnKind.Whole: await ValuesAsync<int>().ConfigureAwait(false); break;
            case RowColumnKind.LongWhole: await ValuesAsync<long>().ConfigureAwait(false); break;
            case RowColumnKind.FixedPoint: await ValuesAsync<decimal>().ConfigureAwait(false); break;
            case RowColumnKind.ShortReal: await ValuesAsync<float>().ConfigureAwait(false); break;
            case RowColumnKind.Real: await ValuesAsync<double>().ConfigureAwait(false); break;
            case RowColumnKind.Truth: await ValuesAsync<bool>().ConfigureAwait(false); break;
            case RowColumnKind.Date: await ValuesAsync<DateOnly>().ConfigureAwait(false); break;
            case RowColumnKind.LocalTime or RowColumnKind.UtcTime: await TimesAsync().ConfigureAwait(false); break;
            case RowColumnKind.Bytes: await group.WriteAsync(field, rows.Select(row => (byte[])row[index]!).ToList()).ConfigureAwait(false); break;
            default: await group.WriteAsync(field, rows.Select(row => (string)row[index]!).ToList()).ConfigureAwait(false); break;
        }

        if (StatisticsOf(group) is { } told && (told.MinValue?.Length > MostBound || told.MaxValue?.Length > MostBound))
        {
            (told.MinValue, told.MaxValue, told.Min, told.Max) = (null, null, null, null);
        }

        async Task<T?[]> ValuesAsync<T>() where T : struct
        {
            T?[] values = [.. rows.Select(row => (T?)row[index])];
            await group.WriteAsync<T>(field, values.AsMemory(), cancellationToken: cancel).ConfigureAwait(false);
            return values;
        }

        async Task TimesAsync()
        {
            DateTime?[] values = await ValuesAsync<DateTime>().ConfigureAwait(false);
            // Parquet.Net tells the bounds of microseconds in milliseconds (its issue 769).
            if (values.Max() is { } greatest && StatisticsOf(group) is { } told)
            {
                (told.MinValue, told.MaxValue, told.Min, told.Max) = (Microseconds(values.Min()!.Value), Microseconds(greatest), null, null);
            }
        }
    }

    private static DateTimeDataField Timestamp(string name, bool isUtc) =>
        new(name, DateTimeFormat.Timestamp, isAdjustedToUTC: isUtc, DateTimeTimeUnit.Micros, isNullable: true);

    private static byte[] Microseconds(DateTime time)
    {
        byte[] bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, (time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);
        return bytes;
    }

    private static Statistics? StatisticsOf(ParquetRowGroupWriter group) => GroupOf(group).Columns[^1].MetaData?.Statistics;

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_owGroup")]
    private static extern ref RowGroup GroupOf(ParquetRowGroupWriter writer);
}
