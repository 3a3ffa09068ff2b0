namespace AcodeOps.Runbooks;

/// <summary>What the entries of a run's journal add up to. It is the only account of a run, also while it goes on.</summary>
internal sealed class RunRecord
{
    private readonly string _runId;
    private readonly JournalEntry _first;
    private readonly Dictionary<string, RunbookStepRun> _steps;
    private readonly HashSet<string> _started = [];
    private readonly HashSet<string> _begun = [];
    private JournalError? _error;
    private DateTimeOffset? _endedAt;

    private RunRecord(string runId, JournalEntry first)
    {
        (_runId, _first) = (runId, first);
        Worker = first.Worker!;
        _steps = first.Start!.Steps.ToDictionary(
            step => step.Name, step => new RunbookStepRun { Name = step.Name, Title = step.Title, Status = RunbookStepStatus.Planned }, StringComparer.Ordinal);
        Status = RunbookStatus.Running;
    }

    /// <summary>What the run is.</summary>
    public RunStart Start => _first.Start!;

    /// <summary>Who has worked on it last.</summary>
    public RunWorker Worker { get; private set; }

    /// <summary>Where it stands.</summary>
    public RunbookStatus Status { get; private set; }

    /// <summary>What its steps remember.</summary>
    public StepFacts Facts { get; } = new();

    /// <summary>Adds up the entries of a journal.</summary>
    /// <exception cref="FormatException">The first does not say what the run is, or one is not whole.</exception>
    public static RunRecord Of(string runId, IEnumerable<JournalEntry> entries)
    {
        RunRecord? record = null;
        foreach (JournalEntry entry in entries)
        {
            if (entry.Evidence is null || entry.Worker?.IsWhole == false)
            {
                throw new FormatException($"Entry {entry.Sequence} is not whole.");
            }

            record ??= entry is { Start.IsWhole: true, Worker: not null }
                ? new RunRecord(runId, entry)
                : throw new FormatException("Its first entry does not say what the run is.");
            record.Apply(entry);
            record.Facts.Load(entry.Facts ?? []);
        }

        return record ?? throw new FormatException("It is empty.");
    }

    /// <summary>Where a run stands whose last entry is of this kind.</summary>
    public static RunbookStatus StatusOf(JournalEntryKind last) => last switch
    {
        JournalEntryKind.RunAwaitingProof => RunbookStatus.AwaitingProof,
        JournalEntryKind.RunInterrupted => RunbookStatus.Interrupted,
        JournalEntryKind.RunFailed => RunbookStatus.Failed,
        JournalEntryKind.RunCompleted => RunbookStatus.Completed,
        JournalEntryKind.RunEscalated => RunbookStatus.Escalated,
        JournalEntryKind.RunUndone => RunbookStatus.Undone,
        JournalEntryKind.RunSuperseded => RunbookStatus.Superseded,
        _ => RunbookStatus.Running,
    };

    /// <summary>True when the run has ended, well, taken back or handed to people: nothing of it is left to do.</summary>
    public static bool HasEnded(RunbookStatus status) => status is RunbookStatus.Completed or RunbookStatus.Escalated or RunbookStatus.Undone or RunbookStatus.Superseded;

    /// <summary>True when the step is done.</summary>
    public bool IsCompleted(string step) => _steps.GetValueOrDefault(step)?.Status == RunbookStepStatus.Completed;

    /// <summary>True when the step was ever begun: what it needs to know of the world as it was is in the facts.</summary>
    public bool WasStarted(string step) => _started.Contains(step);

    /// <summary>True when the step was begun, and not taken back since.</summary>
    public bool IsBegun(string step) => _begun.Contains(step);

    /// <summary>Takes an entry into account.</summary>
    public void Apply(JournalEntry entry)
    {
        Worker = entry.Worker ?? Worker;
        Status = StatusOf(entry.Kind);
        if (entry.Step is { } step && _steps.TryGetValue(step, out RunbookStepRun? before))
        {
            ApplyToStep(entry, before);
            return;
        }

        _error = entry.Error;
        _endedAt = HasEnded(Status) ? entry.At : null;
    }

    /// <summary>The run as scripts see it.</summary>
    /// <param name="runbook">The runbook; null where this version does not know its kind.</param>
    public RunbookRun ToRun(Runbook? runbook) => new()
    {
        RunId = _runId,
        Runbook = Start.Runbook,
        Title = Start.Title,
        Environment = Start.Environment,
        Status = Status,
        StartedAt = _first.At,
        EndedAt = _endedAt,
        StartedBy = $"{_first.Worker!.Process.User}@{_first.Worker.Process.Host}",
        Reason = _first.Worker.Options.Reason,
        Mutates = Start.Mutates,
        Steps = [.. Start.Steps.Select(step => _steps[step.Name])],
        Plan = runbook?.Plan,
        Result = runbook?.Result(Facts),
        ErrorId = _error?.Id,
        ErrorCause = _error?.Cause,
        Error = _error?.Message,
        Advice = _error?.Advice ?? AdviceOf(Status),
    };

    private static string? AdviceOf(RunbookStatus status) => status switch
    {
        RunbookStatus.Running => "If its process has ended: Resume-AcodeRunbook goes on with it, Undo-AcodeRunbook takes it back.",
        RunbookStatus.AwaitingProof => "Resume-AcodeRunbook waits for the proof.",
        _ => null,
    };

    private void ApplyToStep(JournalEntry entry, RunbookStepRun before)
    {
        RunbookStepRun after = before with { Evidence = [.. before.Evidence, .. entry.Evidence] };
        switch (entry.Kind)
        {
            case JournalEntryKind.StepStarted:
                _started.Add(before.Name);
                _begun.Add(before.Name);
                after = after with { Status = RunbookStepStatus.Running, StartedAt = entry.At, EndedAt = null, ErrorId = null, Error = null };
                break;
            case JournalEntryKind.StepCompleted:
                // A step that was cut off and found done is begun too: it is there to be taken back.
                _begun.Add(before.Name);
                after = after with { Status = RunbookStepStatus.Completed, StartedAt = before.StartedAt ?? entry.At, EndedAt = entry.At, ErrorId = null, Error = null };
                break;
            case JournalEntryKind.StepFailed:
                after = Failed(after, entry, RunbookStepStatus.Failed);
                break;
            case JournalEntryKind.UndoStarted:
                after = after with { Status = RunbookStepStatus.Running };
                break;
            case JournalEntryKind.UndoCompleted:
                _begun.Remove(before.Name);
                after = after with { Status = RunbookStepStatus.Undone, EndedAt = entry.At };
                break;
            case JournalEntryKind.UndoFailed:
                after = Failed(after, entry, RunbookStepStatus.UndoFailed);
                break;
            default:
                return;
        }

        _steps[before.Name] = after;
    }

    private static RunbookStepRun Failed(RunbookStepRun step, JournalEntry entry, RunbookStepStatus status) =>
        step with { Status = status, EndedAt = entry.At, ErrorId = entry.Error?.Id, Error = entry.Error?.Message };
}
