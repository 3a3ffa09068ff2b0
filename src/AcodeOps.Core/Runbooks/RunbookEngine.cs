using System.Runtime.CompilerServices;
using AcodeOps.Audit;

namespace AcodeOps.Runbooks;

/// <summary>
/// Runs runbooks: begins them, goes on with those that were cut off, takes them back. Whatever is done is in the journal
/// before and after, under the lease, and in the audit trail. Runs return complete also when they failed
/// (<see cref="RunbookRun.ToFailure"/>); what is refused before anything was begun is thrown.
/// </summary>
public sealed class RunbookEngine
{
    private readonly IInstallation _installation;
    private readonly AuditOrigin _origin;
    private readonly IReadOnlyDictionary<string, RunbookKind> _kinds;
    private readonly JournalReader _reader;

    /// <param name="installation">The installation.</param>
    /// <param name="origin">Where the audit records come from.</param>
    public RunbookEngine(IInstallation installation, AuditOrigin origin)
        : this(installation, origin, RunbookCatalog.All)
    {
    }

    internal RunbookEngine(IInstallation installation, AuditOrigin origin, IReadOnlyDictionary<string, RunbookKind> kinds)
    {
        (_installation, _origin, _kinds) = (installation, origin, kinds);
        _reader = new JournalReader(installation, kinds);
    }

    /// <summary>The id of a run that is to begin now.</summary>
    public string NewRunId() => _installation.Identifiers.Next(_installation.Clock.GetUtcNow());

    /// <summary>Begins a run.</summary>
    /// <param name="runbook">What is to be done.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Is told how far it is; null for nobody.</param>
    /// <param name="cancel">Stops it: what was begun is taken back.</param>
    /// <exception cref="AcodeException"><c>LeaseHeld</c>, <c>RunUnfinished</c>, <c>JournalUnavailable</c> and their like: nothing was done.</exception>
    public Task<RunbookRun> StartAsync(Runbook runbook, RunOptions options, IProgress<RunProgress>? progress, CancellationToken cancel) =>
        StartAsync(NewRunId(), runbook, options, progress, cancel);

    /// <summary>Begins a run under an id that is told to others before it begins.</summary>
    /// <param name="runId">The id, by <see cref="NewRunId"/>.</param>
    /// <param name="runbook">What is to be done.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Is told how far it is; null for nobody.</param>
    /// <param name="cancel">Stops it: what was begun is taken back.</param>
    /// <exception cref="AcodeException">As for beginning one under a new id.</exception>
    public async Task<RunbookRun> StartAsync(string runId, Runbook runbook, RunOptions options, IProgress<RunProgress>? progress, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        RunLease lease = await RunLease.TakeAsync(_installation, runbook, runId, runbook.Title, options, cancel).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable held = lease.ConfigureAwait(false);
        EarlierRuns earlier = runbook.Mutates ? await EarlierRuns.FindAsync(_installation, _reader, _kinds, runbook.Name, cancel).ConfigureAwait(false) : EarlierRuns.None;
        using Journal journal = Journal.New(_installation, runId);
        await journal.AppendAsync(
            new JournalEntry { Kind = JournalEntryKind.RunStarted, Start = StartOf(runbook), Worker = WorkerOf(options, lease, isUndo: false) }, cancel).ConfigureAwait(false);
        List<string> left = [];
        RunbookRun run = await WorkAsync(runbook, journal.ToRecord(), journal, lease, options, progress, async session =>
        {
            left = await earlier.GiveWayAsync(_installation, runbook, runId).ConfigureAwait(false);
            await session.GoForwardAsync(cancel).ConfigureAwait(false);
        }, cancel).ConfigureAwait(false);
        return run with { Warnings = [.. run.Warnings, .. earlier.Unseen, .. left] };
    }

    /// <summary>Goes on with a run, wherever it was begun. One that is done stays as it is.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Is told how far it is; null for nobody.</param>
    /// <param name="cancel">Stops it: what was begun is taken back.</param>
    /// <exception cref="AcodeException"><c>RunNotFound</c>, <c>RunUndone</c>, <c>RunSuperseded</c>, <c>RunTaken</c>, <c>RunbookUnknown</c>, <c>LeaseHeld</c> and their like: nothing was done.</exception>
    public Task<RunbookRun> ResumeAsync(string runId, RunOptions options, IProgress<RunProgress>? progress, CancellationToken cancel) =>
        TakeUpAsync(runId, options, progress, isUndo: false, cancel);

    /// <summary>Takes a run back, finished or not. One that is taken back already stays as it is.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Is told how far it is; null for nobody.</param>
    /// <param name="cancel">Stops it: the rest is left to be taken back later.</param>
    /// <exception cref="AcodeException">As for resuming, and <c>RunOvertaken</c>: a later run stands on what this one did.</exception>
    public Task<RunbookRun> UndoAsync(string runId, RunOptions options, IProgress<RunProgress>? progress, CancellationToken cancel) =>
        TakeUpAsync(runId, options, progress, isUndo: true, cancel);

    private async Task<RunbookRun> TakeUpAsync(string runId, RunOptions options, IProgress<RunProgress>? progress, bool isUndo, CancellationToken cancel)
    {
        Runbook runbook = await RebuildAsync(runId, cancel).ConfigureAwait(false);
        RunLease lease = await RunLease.TakeAsync(_installation, runbook, runId, $"{(isUndo ? "Undo" : "Resume")}: {runbook.Title}", options, cancel).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable held = lease.ConfigureAwait(false);

        // Read again: until the lease was held, another process may have gone on with it.
        using Journal journal = await Journal.OpenAsync(_installation, runId, cancel).ConfigureAwait(false);
        RunRecord record = journal.ToRecord();
        RunbookRun before = record.ToRun(runbook);
        if (record.Status == (isUndo ? RunbookStatus.Undone : RunbookStatus.Completed))
        {
            return before;
        }

        await RefuseTakeUpAsync(before, record.Worker.Process, isUndo, cancel).ConfigureAwait(false);
        record.Apply(await journal.AppendAsync(
            new JournalEntry { Kind = JournalEntryKind.RunResumed, Worker = WorkerOf(options, lease, isUndo) }, cancel).ConfigureAwait(false));
        return await WorkAsync(
            runbook, record, journal, lease, options, progress, session => isUndo ? session.GoBackAsync(cancel) : session.GoForwardAsync(cancel), cancel).ConfigureAwait(false);
    }

    private async Task RefuseTakeUpAsync(RunbookRun before, ProcessStamp process, bool isUndo, CancellationToken cancel)
    {
        if (RunRecord.HasEnded(before.Status) && !(isUndo && before.Status == RunbookStatus.Completed))
        {
            throw RunFailures.Ended(before);
        }

        ProcessStamp self = _installation.Machine.ThisProcess;
        if (before.Status == RunbookStatus.Running && process != self && (process.Host, process.Machine) == (self.Host, self.Machine) && !_installation.Machine.IsGone(process))
        {
            throw RunFailures.Taken(before.RunId, process);
        }

        if (isUndo && before is { Mutates: true, Status: RunbookStatus.Completed }
            && await _reader.FindLaterAsync(before.RunId, before.Runbook, cancel).ConfigureAwait(false) is { } later)
        {
            throw RunFailures.Overtaken(before.RunId, later);
        }
    }

    private async Task<RunbookRun> WorkAsync(
        Runbook runbook, RunRecord record, Journal journal, RunLease lease, RunOptions options, IProgress<RunProgress>? progress,
        Func<RunSession, Task> work, CancellationToken cancel)
    {
        RunAudit audit = new(AuditTrail.Of(_installation, _origin), journal.RunId, options.Reason);
        RunSession session = new(new RunWork(_installation, runbook, record, journal, audit, lease.Lease, progress), options);
        AcodeException? halted = null;
        try
        {
            if (await IntentFailureAsync(audit, Planned(), cancel).ConfigureAwait(false) is { } refused)
            {
                await session.RefuseAsync(refused).ConfigureAwait(false);
            }
            else
            {
                await work(session).ConfigureAwait(false);
            }
        }
        catch (AcodeException e)
        {
            halted = e;
        }

        RunbookRun run = record.ToRun(runbook);
        if (halted is not null)
        {
            run = run with { Status = RunbookStatus.Failed, ErrorId = halted.Id, ErrorCause = halted.Cause, Error = halted.Message, Advice = halted.Advice };
        }

        await audit.WriteOutcomeAsync(Planned(), run.Status.ToString(), run.ToFailure()).ConfigureAwait(false);
        return run with { Warnings = [.. Warnings(journal, audit, await lease.ReleaseAsync().ConfigureAwait(false))] };

        AuditEvent Planned() => new()
        {
            EventType = runbook.EventType,
            Subject = runbook.Title,
            Details = new Dictionary<string, object?>(runbook.Details(record.Facts))
            {
                ["runbook"] = runbook.Name,
                ["without_lease"] = options.WithoutLease,
                ["undo"] = record.Worker.IsUndo,
            },
        };
    }

    private static async Task<AcodeException?> IntentFailureAsync(RunAudit audit, AuditEvent planned, CancellationToken cancel)
    {
        try
        {
            await audit.WriteIntentAsync(planned, cancel).ConfigureAwait(false);
            return null;
        }
        catch (AcodeException e)
        {
            return e;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return new AcodeException(RunFailures.StoppedId, FailureClass.Refused, "The run was stopped by its operator before its first step.");
        }
    }

    private static IEnumerable<string> Warnings(Journal journal, RunAudit audit, string? lease)
    {
        if (lease is not null)
        {
            yield return lease;
        }

        if (journal.NotCopiedBecause is { } away)
        {
            yield return $"The audit storage lacks a part of this run's journal, which is on this machine only: {away.Message} Run Sync-AcodeAudit when the storage answers.";
        }

        if (audit.WaitsBecause is { } waits)
        {
            yield return $"Audit records of this run wait on this machine: {waits} Run Sync-AcodeAudit when the storage answers.";
        }
    }

    private async Task<Runbook> RebuildAsync(string runId, CancellationToken cancel)
    {
        RunStart start = (await Journal.ReadAsync(_installation, runId, cancel).ConfigureAwait(false)).Record.Start;
        if (start.Environment != _installation.Environment.Name)
        {
            throw RunFailures.Elsewhere(start, runId);
        }

        try
        {
            return (start.Plan is { } plan ? _kinds.GetValueOrDefault(start.Runbook)?.Rebuild(plan) : null) ?? throw RunFailures.Unknown(start, runId, null);
        }
        catch (FormatException e)
        {
            throw RunFailures.Unknown(start, runId, e);
        }
    }

    private RunStart StartOf(Runbook runbook) => new()
    {
        Runbook = runbook.Name,
        Title = runbook.Title,
        Environment = _installation.Environment.Name,
        Mutates = runbook.Mutates,
        Plan = runbook.PlanJson,
        Steps = [.. runbook.Steps.Select(step => new RunStartStep(step.Name, step.Title))],
    };

    private RunWorker WorkerOf(RunOptions options, RunLease lease, bool isUndo) => new()
    {
        Process = _installation.Machine.ThisProcess,
        ModuleVersion = _origin.ModuleVersion,
        // What an operator writes may hold what no file should: cleaned as in the audit trail.
        Options = options with { Reason = AuditDetails.Clean(options.Reason) },
        LeaseToken = lease.Lease?.Token,
        IsUndo = isUndo,
    };
}
