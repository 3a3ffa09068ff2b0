namespace AcodeOps.Runbooks;

/// <summary>What a step works with.</summary>
public sealed class StepContext
{
    private readonly Func<CancellationToken, Task> _save;
    private readonly Action<string, int?> _report;
    private readonly List<string> _evidence = [];

    /// <param name="installation">The installation.</param>
    /// <param name="runId">The run's id.</param>
    /// <param name="step">The step's name.</param>
    /// <param name="facts">What the steps of the run remember.</param>
    /// <param name="save">Writes what was remembered since the last entry into the journal.</param>
    /// <param name="report">Shows progress: a text, and per cent where they are known.</param>
    public StepContext(
        IInstallation installation, string runId, string step, StepFacts facts, Func<CancellationToken, Task> save, Action<string, int?> report)
    {
        (Installation, RunId, Step, Facts, _save, _report) = (installation, runId, step, facts, save, report);
    }

    /// <summary>The installation.</summary>
    public IInstallation Installation { get; }

    /// <summary>The run's id.</summary>
    public string RunId { get; }

    /// <summary>The step's name.</summary>
    public string Step { get; }

    /// <summary>The same for every attempt at this step of this run, and for no other.</summary>
    public string IdempotencyKey => $"{RunId}/{Step}";

    /// <summary>What the steps of the run remember.</summary>
    public StepFacts Facts { get; }

    /// <summary>This machine's time, UTC.</summary>
    public DateTimeOffset Now => Installation.Clock.GetUtcNow();

    /// <summary>What the step has told so far.</summary>
    public IReadOnlyList<string> Evidence => _evidence;

    /// <summary>Tells what was done or seen, one fact a line; it stands in the step's result.</summary>
    public void Tell(string fact) => _evidence.Add(fact);

    /// <summary>
    /// Writes what was remembered into the journal now, in the middle of an act: for what would be lost if the act were cut
    /// off after it, such as the id of a job that was just started.
    /// </summary>
    public Task SaveAsync(CancellationToken cancel) => _save(cancel);

    /// <summary>Shows how far the step is.</summary>
    /// <param name="text">What happens now.</param>
    /// <param name="percent">How much is done, 0 to 100; null where that is not known.</param>
    public void Report(string text, int? percent = null) => _report(text, percent);
}
