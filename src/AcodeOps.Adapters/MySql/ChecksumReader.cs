using System.Globalization;
using MySqlConnector;
using static AcodeOps.Adapters.MySql.MySqlQuestions;

namespace AcodeOps.Adapters.MySql;

/// <summary>Lets the server count and sum along the key. Each statement reads one range of the key's index, and no more.</summary>
internal static class ChecksumReader
{
    private static readonly HashSet<string> PlainNumbers = new(["tinyint", "smallint", "mediumint", "int", "bigint", "decimal"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Goes along the key.</summary>
    public static async Task<KeyStep> StepAsync(
        MySqlConnection connection, TableAccess access, SourceDefinition source, KeyRange keys, int most, CancellationToken cancel)
    {
        RowKey rowKey = RowKey.Of(access, source);
        string key = Quote(access.Table.Key);
        List<Dictionary<string, object?>> rows = await connection.RowsAsync(
            $"SELECT COUNT(*) AS n, MAX(k) AS last FROM (SELECT {key} AS k FROM {access.Using(rowKey.Index)} WHERE {Where(key, keys)} ORDER BY {key} LIMIT {most.ToString(CultureInfo.InvariantCulture)}) AS step",
            cancel, Bounds(rowKey, keys)).ConfigureAwait(false);
        return new KeyStep(Convert.ToInt64(rows[0]["n"], CultureInfo.InvariantCulture), rows[0]["last"] is { } last ? RowValues.KeyText(last) : null);
    }

    /// <summary>Sums the checksums.</summary>
    public static async Task<IReadOnlyDictionary<long, RangeChecksum>> ReadAsync(
        MySqlConnection connection, TableAccess access, SourceDefinition source, KeyRange keys, long width, IReadOnlyList<RowColumn> columns, CancellationToken cancel)
    {
        RowKey rowKey = RowKey.Of(access, source);
        string key = Quote(access.Table.Key);
        string row = columns.Count == 0 ? key : $"CONCAT_WS(0x1F, {key}, {string.Join(", ", columns.Select(column => $"IFNULL({Print(column)}, 0x00)"))})";
        List<Dictionary<string, object?>> rows = await connection.RowsAsync(
            $"SELECT ({key} - @from) DIV {width.ToString(CultureInfo.InvariantCulture)} AS stretch, COUNT(*) AS n, SUM(CRC32({row})) AS s FROM {access.Using(rowKey.Index)} WHERE {Where(key, keys)} GROUP BY stretch",
            cancel, Bounds(rowKey, keys)).ConfigureAwait(false);
        return rows.ToDictionary(
            one => Convert.ToInt64(one["stretch"], CultureInfo.InvariantCulture),
            one => new RangeChecksum(Convert.ToInt64(one["n"], CultureInfo.InvariantCulture), Convert.ToUInt64(one["s"], CultureInfo.InvariantCulture)));
    }

    private static string Where(string key, KeyRange keys) => $"{(keys.From is null ? "" : $"{key} >= @from AND ")}{key} <= @to";

    private static (string, object?)[] Bounds(RowKey rowKey, KeyRange keys) => [("@from", rowKey.Parameter(keys.From)), ("@to", rowKey.Parameter(keys.To))];

    /// <summary>A value in the form of <see cref="CanonicalValue"/>. Dates of zeros are NULL, as the lake has them.</summary>
    private static string Print(RowColumn column)
    {
        string name = Quote(column.Name);
        return column.Kind switch
        {
            RowColumnKind.Text => $"CONVERT({name} USING utf8mb4)",
            RowColumnKind.Date => $"IF({IsNoDate(name)}, NULL, DATE_FORMAT({name}, '%Y-%m-%d'))",
            RowColumnKind.LocalTime or RowColumnKind.UtcTime => $"IF({IsNoDate(name)}, NULL, DATE_FORMAT({name}, '%Y-%m-%d %H:%i:%s.%f'))",
            _ when PrintsPlainly(column.SourceType) => name,
            // The sum takes away the zeros that a ZEROFILL column prints, and makes a number of a BIT or a YEAR.
            _ => $"CAST({name} + 0 AS CHAR)",
        };
    }

    private static bool PrintsPlainly(string type) =>
        PlainNumbers.Contains(type.Split('(', ' ')[0]) && !type.Contains("zerofill", StringComparison.OrdinalIgnoreCase);

    private static string IsNoDate(string name) => $"DAYOFMONTH({name}) = 0 OR MONTH({name}) = 0";
}
