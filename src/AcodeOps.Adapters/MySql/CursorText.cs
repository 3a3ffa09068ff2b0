using System.Globalization;
using MySqlConnector;

namespace AcodeOps.Adapters.MySql;

/// <summary>Cursor values as Airbyte's states write them, and back. Sessions are in UTC, and so are TIMESTAMP columns in states.</summary>
internal static class CursorText
{
    private const string Time = "yyyy-MM-dd'T'HH:mm:ss.ffffff";

    private static readonly string[] Times = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>A column's value as text; null for NULL and for a date of zeros, which is no point in time to read on from.</summary>
    /// <param name="value">As the driver gives it.</param>
    /// <param name="type">The column's type as the catalogue prints it: <c>bigint(20) unsigned</c>.</param>
    public static string? Of(object? value, string type) => value switch
    {
        null or MySqlDateTime { IsValidDateTime: false } => null,
        MySqlDateTime time => Of(time.GetDateTime(), type),
        DateTime time => time.ToString(
            Base(type) switch { "date" => "yyyy-MM-dd", "timestamp" => Time + "'Z'", _ => Time }, CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    /// <summary>The text as a parameter that compares as the column's own type does, so that the column's index serves.</summary>
    /// <exception cref="AcodeException"><c>CursorInvalid</c>: it is no value of that type.</exception>
    public static object Parameter(string text, string type)
    {
        try
        {
            return Base(type) switch
            {
                "tinyint" or "smallint" or "mediumint" or "int" or "integer" or "bigint" or "year" or "decimal" or "numeric" =>
                    decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture),
                "float" or "double" => double.Parse(text, CultureInfo.InvariantCulture),
                "date" or "datetime" or "timestamp" => DateTime.ParseExact(
                    text, Times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal),
                _ => text,
            };
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new AcodeException("CursorInvalid", FailureClass.InvalidInput, $"The cursor '{ServerText.Shown(text, 64)}' is no value of a column of the type {type}.")
            {
                Advice = "The column's type has changed since the state was written: use -StatePolicy Fresh, which reads the stream anew.",
                Subject = text,
            };
        }
    }

    private static string Base(string type) => type.Split('(', ' ')[0].ToLowerInvariant();
}
