using AcodeOps.Audit;

namespace AcodeOps.Runbooks;

/// <summary>Does one step, or takes it back.</summary>
internal sealed class StepWork
{
    private readonly RunWork _run;
    private readonly RunbookStep _step;
    private readonly StepContext _context;
    private AuditEvent? _audited;

    public StepWork(RunWork run, RunbookStep step)
    {
        (_run, _step) = (run, step);
        _context = new StepContext(
            run.Installation, run.Journal.RunId, step.Name, run.Record.Facts,
            cancel => run.AppendAsync(new JournalEntry { Kind = JournalEntryKind.StepSaved, Step = step.Name }, cancel),
            (text, percent) => run.Report(step, text, percent));
    }

    /// <summary>Does the step. One that was begun before is done again only if it is not done already.</summary>
    /// <returns>Its failure; null when it is done and verified.</returns>
    public async Task<AcodeException?> DoAsync(CancellationToken cancel)
    {
        _run.Report(_step, "", null);
        AcodeException? failure = await FailureOfAsync(DoUnlessDoneAsync, cancel).ConfigureAwait(false);
        await EndAsync(failure, JournalEntryKind.StepCompleted, JournalEntryKind.StepFailed, "Completed", cancel).ConfigureAwait(false);
        return failure;
    }

    /// <summary>Takes the step back.</summary>
    /// <returns>The failure to do so; null when it is taken back.</returns>
    public async Task<AcodeException?> UndoAsync(CancellationToken cancel)
    {
        _run.Report(_step, "Taking it back", null);
        await AppendAsync(JournalEntryKind.UndoStarted, null, cancel).ConfigureAwait(false);
        AcodeException? failure = await FailureOfAsync(
            async stop =>
            {
                await WriteIntentAsync(isUndo: true, stop).ConfigureAwait(false);
                await ChangeAsync(_step.UndoAsync, stop).ConfigureAwait(false);
            },
            cancel).ConfigureAwait(false);
        await EndAsync(failure, JournalEntryKind.UndoCompleted, JournalEntryKind.UndoFailed, "Undone", cancel).ConfigureAwait(false);
        return failure;
    }

    private async Task DoUnlessDoneAsync(CancellationToken cancel)
    {
        bool wasStarted = _run.Record.WasStarted(_step.Name);
        if (wasStarted && _step.Mutates && await _step.VerifyAsync(_context, cancel).ConfigureAwait(false))
        {
            _context.Tell("Was cut off before, and is done.");
            _audited = _step.Audit(_context);
            return;
        }

        await _step.CheckAsync(_context, cancel).ConfigureAwait(false);
        if (!wasStarted)
        {
            await _step.PrepareAsync(_context, cancel).ConfigureAwait(false);
        }

        // Both are on record before anything is changed; neither waits for the other.
        await Task.WhenAll(AppendAsync(JournalEntryKind.StepStarted, null, cancel), WriteIntentAsync(isUndo: false, cancel)).ConfigureAwait(false);
        await ChangeAsync(_step.ActAsync, cancel).ConfigureAwait(false);
        if (!await _step.VerifyAsync(_context, cancel).ConfigureAwait(false))
        {
            throw new AcodeException("StepNotVerified", FailureClass.Unknown, $"'{_step.Title}' was done, and does not show.") { Subject = _step.Name };
        }
    }

    private async Task WriteIntentAsync(bool isUndo, CancellationToken cancel)
    {
        if (_step.Audit(_context) is { } planned)
        {
            planned = planned with { Details = new Dictionary<string, object?>(planned.Details) { ["undo"] = isUndo } };
            await _run.Audit.WriteIntentAsync(planned, cancel).ConfigureAwait(false);
            _audited = planned;
        }
    }

    // The last moment before anything is changed: nobody else is at it.
    private async Task ChangeAsync(Func<StepContext, CancellationToken, Task> change, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (!_step.Mutates || _run.Lease is not { } lease)
        {
            await change(_context, cancel).ConfigureAwait(false);
            return;
        }

        await lease.EnsureAsync(cancel).ConfigureAwait(false);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(cancel, lease.Lost);
        await change(_context, both.Token).ConfigureAwait(false);
    }

    private async Task EndAsync(AcodeException? failure, JournalEntryKind done, JournalEntryKind failed, string outcome, CancellationToken cancel)
    {
        await Task.WhenAll(
            AppendAsync(failure is null ? done : failed, failure, cancel),
            _audited is null ? Task.CompletedTask : _run.Audit.WriteOutcomeAsync(_audited, failure is null ? outcome : "Failed", failure)).ConfigureAwait(false);
    }

    private Task AppendAsync(JournalEntryKind kind, AcodeException? failure, CancellationToken cancel) => _run.AppendAsync(
        new JournalEntry
        {
            Kind = kind,
            Step = _step.Name,
            Evidence = kind is JournalEntryKind.StepStarted or JournalEntryKind.UndoStarted ? [] : _context.Evidence,
            Error = failure is null ? null : JournalError.Of(failure),
        },
        cancel);

    // Whatever a step throws, the run goes on to take back what was done: a fault of ours must not leave it half done.
    private async Task<AcodeException?> FailureOfAsync(Func<CancellationToken, Task> body, CancellationToken cancel)
    {
        using CancellationTokenSource limit = new(_step.Timeout, _run.Installation.Clock);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            await body(both.Token).ConfigureAwait(false);
            return null;
        }
        catch (Exception) when (cancel.IsCancellationRequested)
        {
            return RunFailures.Stopped(_step);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return RunFailures.TimedOut(_step);
        }
        catch (OperationCanceledException) when (_run.Lease is { Lost.IsCancellationRequested: true })
        {
            return RunFailures.LeaseRanOut(_step);
        }
        catch (AcodeException e)
        {
            return e;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return RunFailures.Fault(_step, e);
        }
    }
}
