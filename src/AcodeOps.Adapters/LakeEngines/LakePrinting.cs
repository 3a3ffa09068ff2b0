using System.Globalization;
using System.Text.RegularExpressions;

namespace AcodeOps.Adapters.LakeEngines;

/// <summary>
/// Prints values of the lake in the form of <see cref="CanonicalValue"/>, in the SQL that Trino and Athena share. Source of the functions: "Functions and
/// operators" and "Data types" of Trino's documentation; a time is cast with as many digits as its type has.
/// </summary>
internal static partial class LakePrinting
{
    private const int MicrosecondDigits = 6;
    private const int MillisecondDigits = 3;

    /// <summary>False for a type that cannot hold the source's values to the last digit: times of Hive's tables end at the millisecond unless the catalog says otherwise.</summary>
    public static bool IsComparable(RowColumn column, string type) => column.Kind switch
    {
        RowColumnKind.LocalTime or RowColumnKind.UtcTime => !IsTime(type) || DigitsOf(type, MillisecondDigits) >= DigitsOf(column.SourceType, 0),
        RowColumnKind.FixedPoint => Bare(type) != "real",
        _ => Bare(type) is not ("varbinary" or "row" or "array" or "map" or "json"),
    };

    /// <summary>The value as the source's server prints it.</summary>
    public static string Canonical(RowColumn column, string name, string type) => column.Kind switch
    {
        RowColumnKind.Text => IsText(type) ? name : $"CAST({name} AS varchar)",
        RowColumnKind.Date => Date(name, type),
        RowColumnKind.LocalTime or RowColumnKind.UtcTime => Time(name, type),
        RowColumnKind.FixedPoint => Number(name, column.Scale),
        _ when Bare(type) == "boolean" => $"CASE WHEN {name} THEN '1' WHEN NOT {name} THEN '0' END",
        _ when IsWhole(type) => $"CAST({name} AS varchar)",
        _ => Number(name, 0),
    };

    /// <summary>The value as text, whatever it is: times to the microsecond.</summary>
    public static string Text(string name, string type) =>
        IsTime(type) ? Time(name, type) : IsText(type) ? name : $"CAST({name} AS varchar)";

    /// <summary>A value before all others of a type, for what is NULL.</summary>
    public static string Least(string type) => Bare(type) switch
    {
        "date" => "DATE '0001-01-01'",
        "timestamp" => IsZoned(type) ? "TIMESTAMP '0001-01-01 00:00:00 UTC'" : "TIMESTAMP '0001-01-01 00:00:00'",
        _ when IsText(type) => "''",
        _ => $"CAST({long.MinValue.ToString(CultureInfo.InvariantCulture)} AS bigint)",
    };

    /// <summary>A key as a whole number of 64 bits. Written as it is where it is one: ranges of it then spare whole objects.</summary>
    public static string Key(string name, string type) => Bare(type) == "bigint" ? name : $"CAST({name} AS bigint)";

    private static string Date(string name, string type) =>
        IsText(type) ? $"substr({name}, 1, 10)" : IsTime(type) ? $"CAST(CAST({name} AS date) AS varchar)" : $"CAST({name} AS varchar)";

    private static string Time(string name, string type) =>
        IsZoned(type) ? Printed($"{name} AT TIME ZONE 'UTC'")
        : IsText(type) ? $"coalesce(CAST(TRY_CAST(replace(replace({name}, 'T', ' '), 'Z', '') AS timestamp(6)) AS varchar), {name})"
        : Printed(name);

    private static string Printed(string time) => $"CAST(CAST({time} AS timestamp(6)) AS varchar)";

    // What is no number of so many digits comes as it is: it differs from every one of the source's.
    private static string Number(string name, int scale) => FormattableString.Invariant(
        $"coalesce(CAST(TRY_CAST({name} AS decimal(38,{scale})) AS varchar), CAST({name} AS varchar))");

    private static bool IsText(string type) => Bare(type) is "varchar" or "char" or "string";

    private static bool IsWhole(string type) => Bare(type) is "bigint" or "integer" or "int" or "smallint" or "tinyint";

    private static bool IsTime(string type) => Bare(type) == "timestamp";

    private static bool IsZoned(string type) => IsTime(type) && type.EndsWith("with time zone", StringComparison.OrdinalIgnoreCase);

    private static string Bare(string type) => type.Split('(', ' ')[0].ToLowerInvariant();

    private static int DigitsOf(string type, int unsaid) =>
        Digits().Match(type) is { Success: true } match ? Math.Min(MicrosecondDigits, int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)) : unsaid;

    [GeneratedRegex(@"\((\d{1,2})\)")]
    private static partial Regex Digits();
}
