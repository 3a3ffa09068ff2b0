using System.Text.Json;
using AcodeOps.Audit;

namespace AcodeOps.Runbooks;

/// <summary>Goes through the steps of one run, forward or back, and brings it to an end that is on record.</summary>
internal sealed class RunSession(RunWork run, RunOptions options)
{
    private static readonly TimeSpan UndoAfterStop = TimeSpan.FromSeconds(60);

    /// <summary>Does what is left to do. What fails is taken back.</summary>
    /// <exception cref="AcodeException">The journal cannot be written any more: nothing further was done.</exception>
    public async Task GoForwardAsync(CancellationToken cancel)
    {
        List<AcodeException> failures = [];
        foreach (RunbookStep step in run.Runbook.Steps.Where(step => !run.Record.IsCompleted(step.Name)))
        {
            if (step.IsProof && options.NoWait)
            {
                await AwaitProofAsync(null).ConfigureAwait(false);
                return;
            }

            AcodeException? failure = cancel.IsCancellationRequested
                ? RunFailures.Stopped(step)
                : await new StepWork(run, step).DoAsync(cancel).ConfigureAwait(false);
            if (failure is null)
            {
                continue;
            }

            if (run.Runbook.StepsStandAlone && failure.Id != RunFailures.StoppedId)
            {
                failures.Add(failure);
                continue;
            }

            await (step.IsProof && failure.Id is RunFailures.StoppedId or RunFailures.TimedOutId or RunFailures.ProofPendingId
                ? AwaitProofAsync(failure)
                : step.UndoesOnFailure ? TakeBackAfterAsync(failure, cancel)
                : failure.Id == RunFailures.StoppedId ? InterruptAsync(failure, $"{failure.Message} All that came before stays.", Either)
                : EndAsync(JournalEntryKind.RunFailed, Told(failure, failure.Message, Both))).ConfigureAwait(false);
            return;
        }

        if (failures.Count > 0)
        {
            await EndAsync(JournalEntryKind.RunFailed, Told(
                failures[0], string.Join(" ", failures.Select(failure => failure.Message)), $"{failures[0].Advice} Resume-AcodeRunbook {run.Journal.RunId} does again what failed.".TrimStart())).ConfigureAwait(false);
            return;
        }

        if (run.Runbook.Escalation(run.Record.Facts) is { } escalation)
        {
            await EndAsync(JournalEntryKind.RunEscalated, JournalError.Of(escalation)).ConfigureAwait(false);
            return;
        }

        // As every end of a run: not given up for Ctrl-C, or other machines would take the run for unfinished.
        await run.AppendAsync(
            new JournalEntry
            {
                Kind = JournalEntryKind.RunCompleted,
                Result = JsonSerializer.SerializeToNode(run.Runbook.Result(run.Record.Facts), StepFacts.Json),
            },
            CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Takes back what was begun, as the operator asked for.</summary>
    /// <exception cref="AcodeException">The journal cannot be written any more: nothing further was done.</exception>
    public async Task GoBackAsync(CancellationToken cancel)
    {
        if (await UndoAllAsync(cancel).ConfigureAwait(false) is not { } failure)
        {
            await EndAsync(JournalEntryKind.RunUndone, null).ConfigureAwait(false);
        }
        else if (failure.Id == RunFailures.StoppedId)
        {
            await InterruptAsync(failure, failure.Message, $"Undo-AcodeRunbook {run.Journal.RunId} goes on.").ConfigureAwait(false);
        }
        else
        {
            await EndAsync(JournalEntryKind.RunFailed, Told(failure, failure.Message, Both)).ConfigureAwait(false);
        }
    }

    /// <summary>Ends a run that could not go on, before any step of it was touched.</summary>
    public Task RefuseAsync(AcodeException failure) => run.Runbook.Steps.Any(step => run.Record.IsBegun(step.Name))
        ? EndAsync(JournalEntryKind.RunFailed, Told(failure, failure.Message, Both))
        : EndAsync(JournalEntryKind.RunUndone, Told(failure, $"{failure.Message} Nothing was changed.", failure.Advice));

    private string Either => $"Resume-AcodeRunbook {run.Journal.RunId} goes on, Undo-AcodeRunbook {run.Journal.RunId} takes it back.";

    private string Both => $"When its cause is gone: {Either}";

    // Taken back on a token of its own: a run must not be left in the middle because its operator wants to stop it.
    private async Task TakeBackAfterAsync(AcodeException failure, CancellationToken cancel)
    {
        bool hasChanged = run.Runbook.Steps.Any(step => step.Mutates && run.Record.IsBegun(step.Name));
        using CancellationTokenSource undo = new(Timeout.InfiniteTimeSpan, run.Installation.Clock);
        using CancellationTokenRegistration stopped = cancel.Register(() => undo.CancelAfter(UndoAfterStop));
        if (await UndoAllAsync(undo.Token).ConfigureAwait(false) is { } further)
        {
            string message = $"{failure.Message} It could not be taken back: {further.Message}";
            await EndAsync(JournalEntryKind.RunFailed, Told(failure, message, Both)).ConfigureAwait(false);
            return;
        }

        string end = hasChanged ? "What the run had changed was taken back." : "Nothing was changed.";
        await EndAsync(JournalEntryKind.RunUndone, Told(failure, $"{failure.Message} {end}", failure.Advice)).ConfigureAwait(false);
    }

    private async Task<AcodeException?> UndoAllAsync(CancellationToken cancel)
    {
        foreach (RunbookStep step in run.Runbook.Steps.Reverse().Where(step => run.Record.IsBegun(step.Name)))
        {
            AcodeException? failure = cancel.IsCancellationRequested
                ? RunFailures.Stopped(step)
                : await new StepWork(run, step).UndoAsync(cancel).ConfigureAwait(false);
            if (failure is not null)
            {
                return failure;
            }
        }

        return null;
    }

    private Task AwaitProofAsync(AcodeException? failure)
    {
        JournalError? error = failure is null
            ? null
            : Told(failure, $"{failure.Message} All else is done.", $"Resume-AcodeRunbook {run.Journal.RunId} waits for the proof, Undo-AcodeRunbook {run.Journal.RunId} takes the run back.");
        return EndAsync(JournalEntryKind.RunAwaitingProof, error);
    }

    private Task InterruptAsync(AcodeException failure, string message, string advice) =>
        EndAsync(JournalEntryKind.RunInterrupted, Told(failure, message, advice));

    private Task EndAsync(JournalEntryKind kind, JournalError? error) =>
        run.AppendAsync(new JournalEntry { Kind = kind, Error = error }, CancellationToken.None);

    private static JournalError Told(AcodeException failure, string message, string? advice) =>
        JournalError.Of(failure) with { Message = AuditDetails.Clean(message)!, Advice = AuditDetails.Clean(advice) };
}
