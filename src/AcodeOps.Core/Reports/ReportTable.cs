namespace AcodeOps.Reports;

/// <summary>A table of a report.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Columns">The heads of its columns.</param>
/// <param name="Rows">Its rows, each with a cell for each column.</param>
public sealed record ReportTable(string Title, IReadOnlyList<ReportColumn> Columns, IReadOnlyList<string[]> Rows)
{
    /// <summary>The rows, by number, that are only for who looks closely.</summary>
    public IReadOnlyList<int> Minor { get; init => field = value.ToArray(); } = [];
}

/// <summary>A column of a table.</summary>
/// <param name="Name">Its head.</param>
/// <param name="Kind">How its cells look.</param>
public sealed record ReportColumn(string Name, ReportColumnKind Kind = ReportColumnKind.Text);

/// <summary>How the cells of a column look.</summary>
public enum ReportColumnKind
{
    /// <summary>Text, which may take several lines.</summary>
    Text,

    /// <summary>A few words, on one line where there is room.</summary>
    Words,

    /// <summary>A verdict, coloured.</summary>
    Verdict,
}
