using System.Globalization;
using AcodeOps.Runbooks;

namespace AcodeOps.Routing;

/// <summary>A plan in the words by which an operator judges it.</summary>
/// <param name="plan">The plan.</param>
public sealed class FailoverConsent(FailoverPlan plan)
{
    /// <summary>The whole plan, one fact a line.</summary>
    public string Description => string.Join(System.Environment.NewLine, Lines());

    /// <summary>The question, with the plan.</summary>
    public string Question => ConsentText.Question(Description);

    /// <summary>Why the switch is refused.</summary>
    public AcodeException Refusal()
    {
        FailoverGate[] closed = [.. plan.Gates.Where(g => !g.IsPassed)];
        return new AcodeException(closed[0].ErrorId ?? "GateClosed", FailureClass.Refused,
            $"The switch to route '{plan.To}' is refused. {string.Join(" ", closed.Select(g => $"{char.ToUpperInvariant(g.Name[0])}{g.Name[1..]}: {g.Summary}"))}")
        {
            Advice = string.Join(" ", closed.Select(g => g.Remedy).OfType<string>().Distinct()),
            Subject = plan,
        };
    }

    /// <summary>The run that would be made of the plan.</summary>
    public RunbookRun Planned()
    {
        RunbookRun run = new FailoverRunbook(plan).ToPlanned(plan.Environment, plan.PlannedAt);
        return plan.IsDone ? run with { Title = $"Route {plan.To} writes already", Status = RunbookStatus.Completed, EndedAt = plan.PlannedAt, Steps = [] } : run;
    }

    private IEnumerable<string> Lines()
    {
        yield return $"{plan.Title} in environment '{plan.Environment}'.";
        foreach (PlannedRoute route in plan.From)
        {
            yield return ConsentText.Line("off", $"'{route.Connection.Name}'");
        }

        foreach (Sync sync in plan.RunningSyncs)
        {
            yield return ConsentText.Line(plan.RunningSyncPolicy == RunningSyncPolicy.Cancel ? "cancel" : "wait for", $"{sync}, {sync.RowsSynced ?? 0:N0} rows so far");
        }

        yield return ConsentText.Line("on", $"'{plan.To.Connection.Name}': data lands in {plan.Location}");
        yield return ConsentText.Line("source", Source());
        yield return ConsentText.Line("at risk", plan.RowsAtRisk is { } risk
            ? Rows(risk)
            : plan.To.Route.Source == plan.Origin?.Route.Source ? "nothing" : "not known in rows: what the replica has not received cannot be counted");
        if (plan.Streams.Any(s => s.StatePolicy is not null))
        {
            yield return ConsentText.Line("read twice", plan.RowsReadTwice is { } twice ? Rows(twice) : "not known");
        }

        foreach (StreamSwitch stream in plan.Streams)
        {
            yield return ConsentText.Line("stream", stream.StatePolicy switch
            {
                null => $"{stream.Stream}: a whole snapshot",
                StatePolicy.Carry => $"{stream.Stream}: from {stream.NewCursor}, where the old route stands at {stream.OldCursor}",
                StatePolicy.Fresh => $"{stream.Stream}: anew from the beginning",
                _ => $"{stream.Stream}: from its own state",
            });
        }

        foreach (FailoverGate gate in plan.Gates.Where(g => g.Verdict != Verdict.Healthy))
        {
            yield return ConsentText.Line("mind", gate.ErrorId is null ? gate.Summary : $"{gate.Summary} (passed by -AllowDataLoss)");
        }

        foreach (string note in plan.Notes)
        {
            yield return ConsentText.Line("note", note);
        }
    }

    private string Source()
    {
        string lag = plan.LagSeconds switch
        {
            _ when plan.To.Route.Source == plan.Origin?.Route.Source => "the same as before",
            null => "how far it is behind is not known",
            0 => "holds all that it has received",
            { } seconds => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.#} s behind"),
        };
        return plan.DataUpTo is { } upTo
            ? string.Create(CultureInfo.InvariantCulture, $"{plan.To.Route.Source}, {lag}; its newest data is of {upTo.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC")
            : $"{plan.To.Route.Source}, {lag}";
    }

    private static string Rows(long rows) => string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows");
}
