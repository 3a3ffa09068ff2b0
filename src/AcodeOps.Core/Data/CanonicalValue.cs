using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace AcodeOps;

/// <summary>
/// The one form in which a value of a source and a value of the lake are compared: decimals with the digits of their column, times to the microsecond
/// without a zone, yes and no as 1 and 0. The same form is printed by the source's server, for checksums.
/// </summary>
public static class CanonicalValue
{
    private const string Date = "yyyy-MM-dd", Time = "yyyy-MM-dd HH:mm:ss.ffffff";
    private const int DateLength = 10;
    private const int MostNumberBytes = 64;

    // Below it, every whole number is a double of its own.
    private const double MostExact = 1L << 53;

    private static readonly double[] Powers = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];
    private static readonly string[] TimeForms = [Date, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm:ss.FFFFFFF"];
    private static readonly HashSet<string> TextTypes = ["char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set"];

    /// <summary>True for a column whose values have such a form. Numbers with a floating point, bytes, JSON and times of day have none that every server and writer agrees on.</summary>
    public static bool IsComparable(RowColumn column)
    {
        ArgumentNullException.ThrowIfNull(column);
        return column.Kind switch
        {
            RowColumnKind.ShortReal or RowColumnKind.Real or RowColumnKind.Bytes => false,
            RowColumnKind.Text => TextTypes.Contains(column.SourceType.Split('(', ' ')[0].ToLowerInvariant()),
            _ => true,
        };
    }

    /// <summary>A value that a source gave; null for NULL.</summary>
    public static string? Of(RowColumn column, object? value)
    {
        ArgumentNullException.ThrowIfNull(column);
        return value switch
        {
            null => null,
            bool truth => truth ? "1" : "0",
            decimal number => number.ToString(Digits(column.Scale), CultureInfo.InvariantCulture),
            DateOnly date => date.ToString(Date, CultureInfo.InvariantCulture),
            DateTime time => time.ToString(Time, CultureInfo.InvariantCulture),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture),
        };
    }

    /// <summary>A value of the lake, as Airbyte's states write such values; null for NULL. What is no value of the column comes as it is: it differs from every one.</summary>
    public static string? OfLake(RowColumn column, string? text)
    {
        ArgumentNullException.ThrowIfNull(column);
        return text is null ? null : column.Kind switch
        {
            RowColumnKind.Text => text,
            RowColumnKind.Date => DateOf(text),
            RowColumnKind.LocalTime or RowColumnKind.UtcTime => TimeOf(text),
            RowColumnKind.FixedPoint => NumberOf(text, column.Scale),
            _ => WholeOf(text),
        };
    }

    /// <summary>A number of the lake that went through a floating point; null where it is too large to have all the digits of its column.</summary>
    public static string? OfLake(RowColumn column, double number)
    {
        Span<byte> written = stackalloc byte[MostNumberBytes];
        return TryWrite(column, number, written, out int length) ? Encoding.ASCII.GetString(written[..length]) : null;
    }

    /// <summary>Writes such a number as UTF-8.</summary>
    /// <param name="column">The column.</param>
    /// <param name="number">The number.</param>
    /// <param name="to">Takes it: 64 bytes are enough.</param>
    /// <param name="written">How many bytes it has.</param>
    /// <returns>False where it is too large to have all the digits of its column.</returns>
    public static bool TryWrite(RowColumn column, double number, Span<byte> to, out int written)
    {
        ArgumentNullException.ThrowIfNull(column);
        written = 0;
        double scaled = column.Scale < Powers.Length ? Math.Round(number * Powers[column.Scale]) : double.NaN;
        if (!(Math.Abs(scaled) < MostExact))
        {
            return false;
        }

        (long before, long after) = Math.DivRem((long)Math.Abs(scaled), (long)Powers[column.Scale]);
        if (scaled < 0)
        {
            to[written++] = (byte)'-';
        }

        Utf8Formatter.TryFormat(before, to[written..], out int digits);
        written += digits;
        if (column.Scale > 0)
        {
            to[written++] = (byte)'.';
            Digits(after, to.Slice(written, column.Scale));
            written += column.Scale;
        }

        return true;
    }

    /// <summary>Writes a time as UTF-8.</summary>
    /// <param name="time">The time.</param>
    /// <param name="to">Takes it: 64 bytes are enough.</param>
    /// <param name="written">How many bytes it has.</param>
    public static void Write(DateTime time, Span<byte> to, out int written)
    {
        Write(DateOnly.FromDateTime(time), to, out _);
        (to[10], to[13], to[16], to[19]) = ((byte)' ', (byte)':', (byte)':', (byte)'.');
        Digits(time.Hour, to.Slice(11, 2));
        Digits(time.Minute, to.Slice(14, 2));
        Digits(time.Second, to.Slice(17, 2));
        Digits(time.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond, to.Slice(20, 6));
        written = Time.Length;
    }

    /// <summary>Writes a date as UTF-8.</summary>
    /// <param name="date">The date.</param>
    /// <param name="to">Takes it: 64 bytes are enough.</param>
    /// <param name="written">How many bytes it has.</param>
    public static void Write(DateOnly date, Span<byte> to, out int written)
    {
        (int year, int month, int day) = date;
        Digits(year, to[..4]);
        Digits(month, to.Slice(5, 2));
        Digits(day, to.Slice(8, 2));
        (to[4], to[7]) = ((byte)'-', (byte)'-');
        written = DateLength;
    }

    private static void Digits(long number, Span<byte> to)
    {
        for (int i = to.Length - 1; i >= 0; i--)
        {
            (number, long digit) = Math.DivRem(number, 10);
            to[i] = (byte)('0' + digit);
        }
    }

    private static string WholeOf(string text) => text switch
    {
        "true" => "1",
        "false" => "0",
        _ => text.AsSpan().IndexOfAny('.', 'E') < 0 ? text : NumberOf(text, scale: 0),
    };

    // A decimal of 15 digits that went through a floating point comes back by rounding.
    private static string NumberOf(string text, int scale)
    {
        int point = text.IndexOf('.', StringComparison.Ordinal);
        bool isInForm = (point < 0 ? scale == 0 : text.Length - point - 1 == scale) && !text.Contains('E', StringComparison.Ordinal);
        return isInForm || !decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number)
            ? text
            : Math.Round(number, scale, MidpointRounding.AwayFromZero).ToString(Digits(scale), CultureInfo.InvariantCulture);
    }

    private static string DateOf(string text) =>
        text.Length == DateLength ? text : Parse(text) is { } time && time.TimeOfDay == TimeSpan.Zero ? time.ToString(Date, CultureInfo.InvariantCulture) : text;

    private static string TimeOf(string text) =>
        text.Length == Time.Length && text[DateLength] == 'T' ? string.Concat(text.AsSpan(0, DateLength), " ", text.AsSpan(DateLength + 1))
        : Parse(text) is { } time ? time.ToString(Time, CultureInfo.InvariantCulture) : text;

    private static DateTime? Parse(string text) =>
        DateTime.TryParseExact(text.TrimEnd('Z'), TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime time) ? time : null;

    private static string Digits(int scale) => scale switch
    {
        0 => "F0",
        2 => "F2",
        4 => "F4",
        _ => "F" + scale.ToString(CultureInfo.InvariantCulture),
    };
}
