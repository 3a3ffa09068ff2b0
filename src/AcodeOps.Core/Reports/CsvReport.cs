using System.Globalization;
using System.Text;
using AcodeOps.Documents;

namespace AcodeOps.Reports;

/// <summary>Writes rows as CSV (RFC 4180), for a spreadsheet.</summary>
public static class CsvReport
{
    // What a spreadsheet would take for a formula at the begin of a cell, and run.
    private const string Formulas = "=+-@\t\r";
    private const string Quoted = ",\"\r\n;";

    /// <summary>The document, with the heads as its first row.</summary>
    /// <param name="heads">The heads of the columns.</param>
    /// <param name="rows">The rows. Null is an empty cell; numbers and times are written alike in every culture.</param>
    public static string Write(IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<object?>> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        StringBuilder text = new();
        foreach (IReadOnlyList<object?> row in rows.Prepend([.. heads]))
        {
            text.AppendJoin(',', row.Select(Cell)).Append("\r\n");
        }

        return text.ToString();
    }

    private static string Cell(object? value)
    {
        string text = value switch
        {
            null => "",
            DateTimeOffset at => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            IFormattable number when value is not Enum => number.ToString(null, CultureInfo.InvariantCulture),
            IEnumerable<string> lines => string.Join('\n', lines),
            _ => $"{value}",
        };

        text = Legible.Of(text);

        // A number may begin with a minus; a text that does is marked as text.
        bool isFormula = value is string or IEnumerable<string> && text.Length > 0 && Formulas.Contains(text[0], StringComparison.Ordinal);
        string safe = isFormula ? "'" + text : text;
        return safe.AsSpan().ContainsAny(Quoted) ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
