using System.Globalization;
using AcodeOps.Runbooks;

namespace AcodeOps.Recovery.Drill;

/// <summary>A rehearsal in the words by which an operator judges it.</summary>
/// <param name="plan">The plan.</param>
public sealed class DrillConsent(DrillPlan plan)
{
    /// <summary>The whole plan, one fact a line.</summary>
    public string Description => string.Join(System.Environment.NewLine, Lines());

    /// <summary>The question, with the plan.</summary>
    public string Question => ConsentText.Question(Description);

    /// <summary>The runbook that carries the plan out.</summary>
    public Runbook Runbook => new DrillRunbook(plan);

    /// <summary>The run that would be made of the plan.</summary>
    public RunbookRun Planned() => Runbook.ToPlanned(plan.Environment, plan.PlannedAt);

    private IEnumerable<string> Lines()
    {
        yield return $"{plan.Title} in environment '{plan.Environment}'. Ingestion, the standby and the lake stay as they are.";
        yield return ConsentText.Line("look", "what a switch would be refused by; that ends the drill, and is on record");
        yield return ConsentText.Line("make", $"a connection like '{plan.To.Connection.Name}', with a prefix of its own (acode_drill_…)");
        yield return ConsentText.Line("sync", $"{plan.To.Connection.Streams.Count} streams from the {plan.To.Route.Source} source{(plan.RowsExpected is { } rows ? string.Create(CultureInfo.InvariantCulture, $", about {rows:N0} rows by the standby's last sync") : "")}");
        foreach (ConnectionStream stream in plan.To.Connection.Streams)
        {
            yield return ConsentText.Line("stream", stream.IsIncremental ? $"{stream.Name}: whole, from the beginning, although the standby reads on from a cursor" : $"{stream.Name}: a whole snapshot");
        }

        yield return ConsentText.Line("lands in", $"{plan.To.Route.Location}, in folders that begin with acode_drill_…");
        yield return ConsentText.Line("remove", "the connection and those folders, also when the drill fails or is stopped");
        foreach (string note in plan.Notes)
        {
            yield return ConsentText.Line("note", note);
        }
    }
}
