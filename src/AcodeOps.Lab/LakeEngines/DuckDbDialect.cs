using System.Globalization;
using System.Text.RegularExpressions;

namespace AcodeOps.Lab.LakeEngines;

/// <summary>What of Trino's SQL DuckDB says otherwise, as far as questions about the lake use it.</summary>
internal static partial class DuckDbDialect
{
    private const uint Polynomial = 0xEDB88320;

    /// <summary>Functions of Trino that DuckDB does not have.</summary>
    public static string Functions { get; } = string.Create(CultureInfo.InvariantCulture, $"""
        CREATE MACRO to_utf8(x) AS encode(x);
        CREATE MACRO array_join(a, d, n) AS array_to_string(list_transform(a, lambda x: coalesce(x, n)), d);
        CREATE MACRO hex_digit(x) AS instr('0123456789ABCDEF', x) - 1;
        CREATE MACRO byte_list(b) AS list_transform(regexp_extract_all(hex(b), '..'), lambda x: (hex_digit(x[1]) * 16 + hex_digit(x[2]))::BIGINT);
        CREATE MACRO crc32(b) AS xor(list_reduce(byte_list(b), lambda c, x: xor(c >> 8, [{string.Join(',', Table())}][xor(c & 255, x) + 1]), 4294967295::BIGINT), 4294967295::BIGINT);
        """);

    /// <summary>A question in DuckDB's words.</summary>
    public static string Translate(string sql) =>
        WholeDivision().Replace(PrintedTime().Replace(sql, "strftime($1CAST($2 AS timestamp), '%Y-%m-%d %H:%M:%S.%f')"), ") // $1");

    /// <summary>A type of DuckDB's as Trino names it.</summary>
    public static string TypeOf(string type, int timeDigits) => type switch
    {
        "VARCHAR" => "varchar",
        "TIMESTAMP" or "TIMESTAMP WITH TIME ZONE" => string.Create(CultureInfo.InvariantCulture, $"timestamp({timeDigits})"),
        "BLOB" => "varbinary",
        "FLOAT" => "real",
#pragma warning disable CA1308 // Trino's types are in small letters.
        _ => type.ToLowerInvariant(),
#pragma warning restore CA1308
    };

    private static IEnumerable<uint> Table()
    {
        for (uint i = 0; i < 256; i++)
        {
            uint value = i;
            for (int bit = 0; bit < 8; bit++)
            {
                value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ Polynomial;
            }

            yield return value;
        }
    }

    [GeneratedRegex(@"CAST\((TRY_)?CAST\((((?!CAST\().)+?) AS timestamp\(6\)\) AS varchar\)")]
    private static partial Regex PrintedTime();

    [GeneratedRegex(@"\) / (\d+)")]
    private static partial Regex WholeDivision();
}
