namespace AcodeOps.Runbooks;

/// <summary>What resuming a run, or taking it back, would do: in the words by which an operator judges it.</summary>
/// <param name="run">The run as it stands.</param>
public sealed class RunConsent(RunbookRun run)
{
    /// <summary>What a resumption would do, one step a line.</summary>
    public string Resumption => Text("Go on with", "do", run.Steps.Where(s => s.Status != RunbookStepStatus.Completed));

    /// <summary>What taking it back would do, one step a line.</summary>
    public string Undoing => Text("Take back", "take back", run.Steps.Reverse().Where(s => s.Status is not (RunbookStepStatus.Planned or RunbookStepStatus.Undone)));

    private string Text(string what, string act, IEnumerable<RunbookStepRun> steps)
    {
        string[] lines = [.. steps.Select(s => ConsentText.Line(act, s.Title))];
        string head = $"{what} run {run.RunId} of {run.StartedBy}, begun {run.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC in environment '{run.Environment}'. {run.Title}: {run.Status}.";
        return string.Join(System.Environment.NewLine, lines.Length == 0 ? [head, "  nothing is left to do"] : lines.Prepend(head));
    }
}
