using System.Globalization;
using AcodeOps.Health;
using AcodeOps.Runbooks;

namespace AcodeOps.Exporting;

/// <summary>A plan in the words by which an operator judges it.</summary>
/// <param name="plan">The plan.</param>
public sealed class ExportConsent(ExportPlan plan)
{
    /// <summary>The whole plan, one fact a line.</summary>
    public string Description => string.Join(System.Environment.NewLine, Lines());

    /// <summary>The question, with the plan.</summary>
    public string Question => ConsentText.Question(Description);

    /// <summary>The run that would be made of the plan.</summary>
    public RunbookRun Planned() => new ExportRunbook(plan).ToPlanned(plan.Environment, plan.PlannedAt);

    private IEnumerable<string> Lines()
    {
        yield return $"{plan.Title} in environment '{plan.Environment}'.";
        yield return ConsentText.Line("source", $"{plan.Server}");
        yield return ConsentText.Line("because", plan.SourceReason);
        yield return ConsentText.Line("data", $"{Age()}{(plan.DataUpTo is { } upTo ? string.Create(CultureInfo.InvariantCulture, $"; the newest is of {upTo.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC") : "")}");
        yield return ConsentText.Line("to", plan.Location);
        foreach (ExportTable table in plan.Tables)
        {
            yield return ConsentText.Line("table", $"{table}: {Rows(table)}; {table.Method}");
        }

        foreach (ExportSkipped skipped in plan.Skipped)
        {
            yield return ConsentText.Line("left out", skipped.ToString());
        }

        foreach (string note in plan.Notes)
        {
            yield return ConsentText.Line("note", note);
        }

        yield return ConsentText.Line("mind", "the rows may be personal data: who copies them, and which, is put on record");
    }

    private string Age() => plan switch
    {
        { Source: SourceRole.Primary } => "the primary's own",
        { BehindSeconds: null } => "how far it is behind is not known",
        { BehindSeconds: 0 } => "in step with the primary",
        { BehindSeconds: { } seconds } => $"{Durations.InWords(seconds)} behind the primary",
    };

    private static string Rows(ExportTable table) => table switch
    {
        { RowsExpected: null, Days.Count: > 0 } => $"{table.Days.Count} days, rows not counted",
        { RowsExpected: { } rows, Days.Count: > 0 } => string.Create(CultureInfo.InvariantCulture, $"{table.Days.Count} days, {rows:N0} rows"),
        { RowsExpected: { } rows } => string.Create(CultureInfo.InvariantCulture, $"whole, about {rows:N0} rows"),
        _ => "whole, rows not counted",
    };
}
