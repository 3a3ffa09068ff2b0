using System.Globalization;
using static AcodeOps.Adapters.MySql.MySqlQuestions;

namespace AcodeOps.Adapters.MySql;

/// <summary>How the columns of a table are asked for and held. No value loses anything on the way; what Parquet has no type for becomes text.</summary>
internal static class RowColumns
{
    // .NET's decimal holds any number of so many digits.
    private const int MostDigits = 28;
    private const int UnsignedDigits = 20;

    /// <summary>The column as it is held.</summary>
    public static RowColumn Of(TableColumn column)
    {
        string type = column.Type.ToLowerInvariant();
        bool isUnsigned = type.Contains("unsigned", StringComparison.Ordinal);
        (RowColumnKind kind, int precision, int scale) = Base(type) switch
        {
            "tinyint" or "smallint" or "mediumint" or "year" => (RowColumnKind.Whole, 0, 0),
            "int" or "integer" => (isUnsigned ? RowColumnKind.LongWhole : RowColumnKind.Whole, 0, 0),
            "bigint" => isUnsigned ? (RowColumnKind.FixedPoint, UnsignedDigits, 0) : (RowColumnKind.LongWhole, 0, 0),
            "bit" => Numbers(type) switch
            {
                [1] => (RowColumnKind.Truth, 0, 0),
                [< 64] => (RowColumnKind.LongWhole, 0, 0),
                _ => (RowColumnKind.FixedPoint, UnsignedDigits, 0),
            },
            "decimal" or "numeric" when Numbers(type) is [<= MostDigits and int digits, int after] => (RowColumnKind.FixedPoint, digits, after),
            "float" => (RowColumnKind.ShortReal, 0, 0),
            "double" or "real" => (RowColumnKind.Real, 0, 0),
            "date" => (RowColumnKind.Date, 0, 0),
            "datetime" => (RowColumnKind.LocalTime, 0, 0),
            "timestamp" => (RowColumnKind.UtcTime, 0, 0),
            "binary" or "varbinary" or "tinyblob" or "blob" or "mediumblob" or "longblob"
                or "geometry" or "point" or "linestring" or "polygon" or "multipoint" or "multilinestring" or "multipolygon" or "geometrycollection" or "geomcollection"
                or "vector" => (RowColumnKind.Bytes, 0, 0),
            _ => (RowColumnKind.Text, 0, 0),
        };
        return new RowColumn(column.Name, column.Type, kind) { Precision = precision, Scale = scale };
    }

    /// <summary>The column in a SELECT list.</summary>
    public static string Ask(RowColumn column)
    {
        string name = Quote(column.Name);
        string type = column.SourceType.ToLowerInvariant();
        return Base(type) switch
        {
            // Printed as itself, a FLOAT has six digits.
            "float" => $"{name} + 0E0 AS {name}",
            "vector" => $"CAST({name} AS BINARY) AS {name}",
            "char" or "varchar" or "tinytext" or "text" or "mediumtext" or "longtext" or "enum" or "set" or "json" => name,
            _ when column.Kind == RowColumnKind.Text => $"CAST({name} AS CHAR) AS {name}",
            _ => name,
        };
    }

    private static string Base(string type) => type.Split('(', ' ')[0];

    private static int[] Numbers(string type)
    {
        int open = type.IndexOf('(', StringComparison.Ordinal), close = type.IndexOf(')', StringComparison.Ordinal);
        return open < 0 || close < open ? [] :
            [.. type[(open + 1)..close].Split(',').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0)];
    }
}
