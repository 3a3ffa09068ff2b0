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
        return column switch
        {
            RawColumnData<long> c => Texts(c),
            RawColumnData<DateTime> c => Texts(c),
            RawColumnData<DateOnly> c => Texts(c),
            RawColumnData<ReadOnlyMemory<char>> c => Texts(c),
            RawColumnData<ReadOnlyMemory<byte>> c => Texts(c),
            RawColumnData<int> c => Texts(c),
            RawColumnData<short> c => Texts(c),
            RawColumnData<sbyte> c => Texts(c),
            RawColumnData<byte> c => Texts(c),
            RawColumnData<ushort> c => Texts(c),
            RawColumnData<uint> c => Texts(c),
            RawColumnData<ulong> c => Texts(c),
            RawColumnData<decimal> c => Texts(c),
            RawColumnData<double> c => Texts(c),
            RawColumnData<float> c => Texts(c),
            RawColumnData<bool> c => Texts(c),
            _ => throw new InvalidDataException($"Its column {field.Name} is of a type that is no key ({field.ClrType.Name})."),
        };

        string?[] Texts<T>(RawColumnData<T> values) where T : struct => field.IsNullable
            ? [.. values.NullableValues.Select(v => v is { } known ? Of(known, isUtc) : null)]
            : Array.ConvertAll(values.Values.ToArray(), v => (string?)Of(v, isUtc));
    }
}
