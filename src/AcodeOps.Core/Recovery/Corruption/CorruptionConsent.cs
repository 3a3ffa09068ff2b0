using System.Globalization;
using AcodeOps.Reports;
using AcodeOps.Runbooks;

namespace AcodeOps.Recovery.Corruption;

/// <summary>A plan to load anew in the words by which an operator judges it.</summary>
/// <param name="plan">The plan.</param>
/// <param name="reload">What it loads anew.</param>
internal sealed class CorruptionConsent(RecoveryPlan plan, ReloadPlan reload)
{
    /// <summary>What it does, one fact a line.</summary>
    public IEnumerable<string> Lines()
    {
        yield return ConsentText.Line("quarantine", string.Create(CultureInfo.InvariantCulture, $"{reload.Objects:N0} objects, {reload.Bytes / 1e6:N1} MB, {Rows()} at {reload.Location}"));
        if (reload.Days.Count > 0)
        {
            yield return ConsentText.Line("days", string.Join(", ", reload.Days.Select(day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))));
        }

        foreach (PlannedRoute route in reload.Switch.From)
        {
            yield return ConsentText.Line("off", $"'{route.Connection.Name}', until the objects are moved");
        }

        foreach (Sync sync in reload.Switch.RunningSyncs)
        {
            yield return ConsentText.Line("cancel", $"{sync}, {sync.RowsSynced ?? 0:N0} rows so far");
        }

        yield return ConsentText.Line("reload", $"{reload.Stream} from the {reload.Switch.To.Route.Source} source by '{reload.Switch.To.Connection.Name}', {(reload.IsIncremental()
            ? $"from {reload.NewCursor ?? "the beginning"}, where it stands at {reload.OldCursor}" : "a whole snapshot")}");
        yield return ConsentText.Line("source has", reload.SourceRows is { } rows ? string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows of it") : "not known how many rows of it");
        yield return ConsentText.Line("at risk", reload.RowsAtRisk switch
        {
            null => "not known in rows",
            0 => "nothing",
            { } risk => string.Create(CultureInfo.InvariantCulture, $"up to {risk:N0} rows: the objects hold more than the source has (rows that are doubled, never were, or are gone)"),
        });
        foreach (FailoverGate check in reload.Checks.Concat(reload.Switch.Gates.Where(gate => gate.Verdict != Verdict.Healthy)))
        {
            yield return ConsentText.Line(check.Verdict == Verdict.Healthy ? "validated" : "mind", $"{check.Name}: {check.Summary}{(check is { Verdict: Verdict.Unknown, IsPassed: true } ? " (passed by -AllowUnvalidated)" : "")}");
        }

        foreach (string note in reload.Notes)
        {
            yield return ConsentText.Line("note", note);
        }
    }

    /// <summary>Why it is refused.</summary>
    public AcodeException Refusal()
    {
        FailoverGate[] closed = [.. reload.Switch.Gates.Concat(reload.Checks).Where(gate => !gate.IsPassed)];
        return new AcodeException(closed[0].ErrorId ?? "GateClosed", FailureClass.Refused,
            $"The recovery of {reload.Stream} is refused. {string.Join(" ", closed.Select(gate => $"{ReportText.Capital(gate.Name)}: {gate.Summary}"))}")
        {
            Advice = string.Join(" ", closed.Select(gate => gate.Remedy).OfType<string>().Distinct()),
            Subject = plan,
        };
    }

    /// <summary>The run that would be made of the plan.</summary>
    public RunbookRun Planned() => new CorruptionRunbook(plan).ToPlanned(plan.Environment, plan.PlannedAt);

    private string Rows() => reload.UnreadableObjects == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{reload.Rows:N0} rows")
        : string.Create(CultureInfo.InvariantCulture, $"{reload.Rows:N0} rows in those that can be read, {reload.UnreadableObjects:N0} objects that cannot,");
}
