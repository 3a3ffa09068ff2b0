using System.Buffers.Binary;
using System.Numerics;
using Parquet.Meta;
using Encoding = System.Text.Encoding;
using Type = Parquet.Meta.Type;

namespace AcodeOps.Adapters.Lake;

/// <summary>Reads the statistics of a column, which Parquet.Net hands out as bytes.</summary>
internal sealed class ColumnStatistics(SchemaElement element, string? createdBy)
{
    // Parquet.Net writes milliseconds where the column has microseconds (its issue 769): any time that it can write becomes
    // one of these years.
    private static readonly DateTime SuspectFrom = new(1967, 1, 1), SuspectUntil = new(1979, 1, 1);

    /// <summary>The range over the chunks of the column; null where one of them does not tell it, or there is no value.</summary>
    public ColumnRange? FindRange(IEnumerable<ColumnMetaData?> chunks)
    {
        object? least = null, greatest = null;
        foreach (ColumnMetaData? chunk in chunks)
        {
            if (chunk?.Statistics is { } told && told.NullCount == chunk.NumValues)
            {
                continue;
            }

            if (Read(chunk?.Statistics) is not ({ } low, { } high))
            {
                return null;
            }

            least = least is null || Compare(low, least) < 0 ? low : least;
            greatest = greatest is null || Compare(high, greatest) > 0 ? high : greatest;
        }

        bool isUtc = ColumnTexts.IsUtc(element);
        return least is null || greatest is null ? null : new ColumnRange(ColumnTexts.Of(least, isUtc), ColumnTexts.Of(greatest, isUtc));
    }

    // Parquet orders text by its bytes.
    private static int Compare(object one, object other) =>
        one is string text ? string.CompareOrdinal(text, (string)other) : Comparer<object>.Default.Compare(one, other);

    private (object? Least, object? Greatest) Read(Statistics? told)
    {
        if (told is null || told.IsMinValueExact == false || told.IsMaxValueExact == false)
        {
            return default;
        }

        // The older pair of fields compares bytes as signed ones: of no use for text.
        bool isBytes = element.Type is Type.BYTE_ARRAY or Type.FIXED_LEN_BYTE_ARRAY;
        (byte[]? min, byte[]? max) = isBytes ? (told.MinValue, told.MaxValue) : (told.MinValue ?? told.Min, told.MaxValue ?? told.Max);
        try
        {
            return min is null || max is null ? default : (Decode(min), Decode(max));
        }
        catch (Exception e) when (e is OverflowException or ArgumentOutOfRangeException)
        {
            // A number or a time that we have no type for.
            return default;
        }
    }

    // Null for what has no order that everybody agrees on.
    private object? Decode(byte[] plain) => element switch
    {
        { Type: Type.INT32 } when plain.Length == sizeof(int) => Whole(BinaryPrimitives.ReadInt32LittleEndian(plain)),
        { Type: Type.INT64 } when plain.Length == sizeof(long) => Whole(BinaryPrimitives.ReadInt64LittleEndian(plain)),
        { Type: Type.FLOAT } when plain.Length == sizeof(float) && BinaryPrimitives.ReadSingleLittleEndian(plain) is float number && !float.IsNaN(number) => number,
        { Type: Type.DOUBLE } when plain.Length == sizeof(double) && BinaryPrimitives.ReadDoubleLittleEndian(plain) is double number && !double.IsNaN(number) => number,
        { ConvertedType: ConvertedType.DECIMAL } or { LogicalType.DECIMAL: not null } => Scaled(new BigInteger(plain, isBigEndian: true)),
        { Type: Type.BYTE_ARRAY } when element is { ConvertedType: ConvertedType.UTF8 } or { LogicalType.STRING: not null } => Encoding.UTF8.GetString(plain),
        _ => null,
    };

    private object? Whole(long number) => element switch
    {
        { ConvertedType: ConvertedType.DECIMAL } or { LogicalType.DECIMAL: not null } => Scaled(number),
        { ConvertedType: ConvertedType.DATE } or { LogicalType.DATE: not null } => DateOnly.FromDateTime(DateTime.UnixEpoch.AddDays(number)),
        { ConvertedType: ConvertedType.TIMESTAMP_MILLIS } or { LogicalType.TIMESTAMP.Unit.MILLIS: not null } => Time(number, TimeSpan.TicksPerMillisecond, 1),
        { ConvertedType: ConvertedType.TIMESTAMP_MICROS } or { LogicalType.TIMESTAMP.Unit.MICROS: not null } => Trusted(Time(number, TimeSpan.TicksPerMicrosecond, 1)),
        { LogicalType.TIMESTAMP.Unit.NANOS: not null } => Trusted(Time(number, 1, 100)),
        { ConvertedType: null or ConvertedType.INT_8 or ConvertedType.INT_16 or ConvertedType.INT_32 or ConvertedType.INT_64, LogicalType: null or { INTEGER.IsSigned: true } } => number,
        _ => null,
    };

    private static DateTime Time(long number, long times, long by) => DateTime.UnixEpoch.AddTicks(checked(number * times) / by);

    private DateTime? Trusted(DateTime time) =>
        createdBy?.StartsWith("Parquet.Net", StringComparison.OrdinalIgnoreCase) == true && time >= SuspectFrom && time < SuspectUntil ? null : time;

    // With as many digits after the point as the column has, as its values are read.
    private decimal Scaled(BigInteger unscaled) =>
        (decimal)unscaled * new decimal(1, 0, 0, false, checked((byte)(element.LogicalType?.DECIMAL?.Scale ?? element.Scale ?? 0)));
}
