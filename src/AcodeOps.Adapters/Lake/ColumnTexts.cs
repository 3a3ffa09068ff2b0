using System.Globalization;
using Parquet;
using Parquet.Data;
using Parquet.Meta;
using Parquet.Schema;

namespace AcodeOps.Adapters.Lake;

/// <summary>The values of a column as Airbyte's states write such values.</summary>
internal static class ColumnTexts
{
    /// <summary>A value as text.</summary>
    /// <param name="value">A value of a type that Parquet.Net reads.</param>
    /// <param name="isUtc">Whether a time of it is UTC, and no local time of unknown zone.</param>
    public static string Of(object value, bool isUtc) => value switch
    {
        DateTime time => time.ToString(isUtc ? "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'" : "yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        bool truth => truth ? "true" : "false",
        ReadOnlyMemory<byte> bytes => Convert.ToBase64String(bytes.Span),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    /// <summary>Whether the times of a column are UTC. The older way of saying "timestamp" always means it.</summary>
    public static bool IsUtc(SchemaElement element) => element.LogicalType?.TIMESTAMP is { } timestamp
        ? timestamp.IsAdjustedToUTC
        : element.ConvertedType is ConvertedType.TIMESTAMP_MILLIS or ConvertedType.TIMESTAMP_MICROS;

    /// <summary>Reads a column of a row group; null for NULL.</summary>
    public static async Task<string?[]> ReadAsync(ParquetRowGroupReader group, DataField field, bool isUtc, CancellationToken cancel)
    {
        using RawColumnData column = await group.ReadRawColumnDataBaseAsync(field, cancel).ConfigureAwait(false);
        return Of(column, field, isUtc);
    }

    /// <summary>The values of a column; null for NULL.</summary>
    public static string?[] Of(RawColumnData column, DataField field, bool isUtc)
    {
        return column switch
        {
            // The most frequent ones, without a box for each value.
            RawColumnData<long> c => Print(c, field, number => number.ToString(CultureInfo.InvariantCulture)),
            RawColumnData<int> c => Print(c, field, number => number.ToString(CultureInfo.InvariantCulture)),
            RawColumnData<ReadOnlyMemory<char>> c => Print(c, field, text => text.ToString()),
            RawColumnData<DateTime> c => Others(c),
            RawColumnData<DateOnly> c => Others(c),
            RawColumnData<ReadOnlyMemory<byte>> c => Others(c),
            RawColumnData<short> c => Others(c),
            RawColumnData<sbyte> c => Others(c),
            RawColumnData<byte> c => Others(c),
            RawColumnData<ushort> c => Others(c),
            RawColumnData<uint> c => Others(c),
            RawColumnData<ulong> c => Others(c),
            RawColumnData<decimal> c => Others(c),
            RawColumnData<double> c => Others(c),
            RawColumnData<float> c => Others(c),
            RawColumnData<bool> c => Others(c),
            _ => throw new InvalidDataException($"Its column {field.Name} is of a type that is no key ({field.ClrType.Name})."),
        };

        string?[] Others<T>(RawColumnData<T> values) where T : struct => Print(values, field, value => Of(value, isUtc));
    }

    private static string?[] Print<T>(RawColumnData<T> values, DataField field, Func<T, string> print) where T : struct => field.IsNullable
        ? [.. values.NullableValues.Select(value => value is { } known ? print(known) : null)]
        : Array.ConvertAll(values.Values.ToArray(), value => (string?)print(value));
}
