using AcodeOps.Runbooks;

namespace AcodeOps.Secrets.Rotating;

/// <summary>A plan in the words by which an operator judges it.</summary>
/// <param name="plan">The plan.</param>
public sealed class RotationConsent(RotationPlan plan)
{
    /// <summary>The whole plan: what changes where, each step, and what to know.</summary>
    public string Description => string.Join(System.Environment.NewLine, Lines());

    /// <summary>The question, with the plan.</summary>
    public string Question => ConsentText.Question(Description);

    /// <summary>The run that would be made of the plan.</summary>
    public RunbookRun Planned() => new RotationRunbook(plan).ToPlanned(plan.Environment, plan.PlannedAt);

    private IEnumerable<string> Lines()
    {
        yield return $"{plan.Title} in environment '{plan.Environment}': {plan.Server}.";
        yield return $"  secret: {plan.Reference}, version {plan.CurrentVersionId}";
        if (plan.Account is not null)
        {
            yield return $"  account: {plan.Account}{(plan.NextAccount is { } next && next != plan.Account ? $" -> {next}" : "")}, changed by {plan.Administrator?.ToString() ?? "itself"}";
        }

        if (plan.Copies.Count > 0)
        {
            yield return $"  copy at Airbyte: {string.Join(", ", plan.Copies)}";
        }

        foreach (RunbookStep step in new RotationRunbook(plan).Steps)
        {
            yield return $"  do: {step.Title}";
        }

        foreach (string note in plan.Notes)
        {
            yield return $"  note: {note}";
        }

        if (plan.Request is not null)
        {
            yield return plan.Request;
        }
    }
}
