using System.Globalization;

namespace AcodeOps.Tuning.Indexes;

/// <summary>A line of a server's EXPLAIN.</summary>
/// <param name="Table">The table; null where none is read.</param>
/// <param name="Access">How it is read: <c>ALL</c> is every row of it.</param>
/// <param name="Index">The index that is used; null for none.</param>
/// <param name="Rows">The server's estimate of the rows that it has to look at; null where there is none.</param>
/// <param name="Extra">What else the server says, in its own words.</param>
public sealed record PlanStep(string? Table, string? Access, string? Index, long? Rows, string Extra);

/// <summary>How a server would carry a statement out, as its EXPLAIN tells. Nothing of it is run.</summary>
public sealed record QueryPlan
{
    // The words of both makes of server, unchanged since MySQL 5.0.
    private const string Answered = "Select tables optimized away";
    private const string Sorting = "Using filesort";

    /// <summary>Its lines.</summary>
    public required IReadOnlyList<PlanStep> Steps { get; init => field = value.ToArray(); }

    /// <summary>True where the end of an index answers it, and no row is looked at.</summary>
    public bool IsAnsweredByIndex => Steps.Any(step => step.Extra.Contains(Answered, StringComparison.Ordinal));

    /// <summary>True where rows are sorted, as no index has them in order.</summary>
    public bool Sorts => Steps.Any(step => step.Extra.Contains(Sorting, StringComparison.Ordinal));

    /// <summary>The most rows that one of its steps looks at; 0 where it looks at none.</summary>
    public long Rows => Steps.Max(step => step.Rows) ?? 0;

    /// <summary>True where every row of the table, or every entry of an index, is looked at.</summary>
    /// <param name="table">The table.</param>
    /// <param name="rows">So few rows are no scan.</param>
    public bool Scans(string table, long rows) => Steps.Any(step => step.Access is "ALL" or "index" && step.Rows >= rows && table.Equals(step.Table, StringComparison.OrdinalIgnoreCase));

    /// <summary>True where it uses this index.</summary>
    public bool Uses(string index) => Steps.Any(step => index.Equals(step.Index, StringComparison.OrdinalIgnoreCase));

    /// <summary>The plan in a line.</summary>
    /// <param name="table">Only what is read of this table; null for all.</param>
    public string Text(string? table) => string.Join("; ", Steps
        .Where(step => (step.Access is not null || step.Extra.Length > 0) && (table is null || table.Equals(step.Table, StringComparison.OrdinalIgnoreCase) || Steps.Count == 1)).Select(Line).Distinct());

    /// <inheritdoc />
    public override string ToString() => Text(null);

    private static string Line(PlanStep step) => string.Join(", ", new[]
    {
        step.Access is null ? null : $"{step.Access}{(step.Index is null ? "" : $" {step.Index}")}",
        step.Rows is { } rows ? string.Create(CultureInfo.InvariantCulture, $"{rows:#,0} rows") : null,
        step.Extra.Length > 0 ? step.Extra : null,
    }.OfType<string>());
}
