using System.Globalization;
using MySqlConnector;
using static AcodeOps.Adapters.MySql.MySqlQuestions;

namespace AcodeOps.Adapters.MySql;

/// <summary>Answers how far a cursor column reaches, and how many rows lie between two of its values: along its index.</summary>
internal static class CursorReader
{
    public static async Task<string?> ReadNewestAsync(
        MySqlConnection connection, TableAccess access, SourceDefinition source, string column, CancellationToken cancel)
    {
        (string type, string index) = access.Cursor(column, source);
        List<Dictionary<string, object?>> rows = await connection.RowsAsync(
            $"SELECT MAX({Quote(column)}) AS newest FROM {access.Using(index)}", cancel).ConfigureAwait(false);
        return CursorText.Of(rows[0]["newest"], type);
    }

    public static async Task<long> CountAsync(
        MySqlConnection connection, TableAccess access, SourceDefinition source, string column, (string From, bool Including, string? To) range, CancellationToken cancel)
    {
        (string type, string index) = access.Cursor(column, source);
        string name = Quote(column);
        string where = $"{name} {(range.Including ? ">=" : ">")} @from{(range.To is null ? "" : $" AND {name} <= @to")}";
        (string, object?)[] values = range.To is { } to
            ? [("@from", CursorText.Parameter(range.From, type)), ("@to", CursorText.Parameter(to, type))]
            : [("@from", CursorText.Parameter(range.From, type))];
        List<Dictionary<string, object?>> rows = await connection.RowsAsync(
            $"SELECT COUNT(*) AS n FROM {access.Using(index)} WHERE {where}", cancel, values).ConfigureAwait(false);
        return Convert.ToInt64(rows[0]["n"], CultureInfo.InvariantCulture);
    }
}
