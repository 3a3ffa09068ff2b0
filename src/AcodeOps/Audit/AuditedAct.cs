namespace AcodeOps.Audit;

/// <summary>
/// An act that changes something, on record twice: as an intent before it begins, and with its outcome, whatever that is.
/// An act whose intent cannot be recorded does not begin. Everything runs on the pipeline thread.
/// </summary>
/// <param name="trail">The audit trail.</param>
/// <param name="warn">Is told of a record that waits on this machine, and of an outcome that could not be recorded.</param>
internal sealed class AuditedAct(AuditTrail trail, Action<string> warn)
{
    // After Ctrl-C the outcome still goes to the disk, and to the storage if that answers at once.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>Records the intent, acts, and records what came of it.</summary>
    /// <param name="about">What is to be done. Its phase and outcome are filled in here.</param>
    /// <param name="act">The act.</param>
    /// <param name="outcome">What came of it, for the record.</param>
    /// <param name="cancel">Stops the act; its outcome is recorded all the same.</param>
    /// <exception cref="AcodeException"><c>AuditSpoolUnavailable</c>: the intent could not be recorded, and nothing was done. Else what the act itself throws.</exception>
    public async Task<T> RunAsync<T>(AuditEvent about, Func<CancellationToken, Task<T>> act, Func<T, string> outcome, CancellationToken cancel)
    {
        Tell(await trail.WriteAsync(about with { Phase = AuditPhase.Intent }, cancel));
        string result = "Failed";
        try
        {
            T done = await act(cancel);
            result = outcome(done);
            return done;
        }
        catch (AcodeException failure)
        {
            result = $"Failed: {failure.Id}: {failure.Message}";
            throw;
        }
        catch (OperationCanceledException)
        {
            result = "Stopped by its operator; what was asked for by then may still happen.";
            throw;
        }
        finally
        {
            await RecordAsync(about with { Phase = AuditPhase.Outcome, Outcome = result }, cancel);
        }
    }

    /// <summary>The warning about a record that is safe on this machine and not yet in the audit storage.</summary>
    public static string WaitingWarning(AuditRecord record) =>
        $"Audit record {record.Id} waits on this machine: {record.WaitsBecause} Run Sync-AcodeAudit when the storage answers.";

    // The act is done by now: that its outcome is not on record is told, and does not turn it into a failure.
    private async Task RecordAsync(AuditEvent happened, CancellationToken cancel)
    {
        using CancellationTokenSource grace = new();
        using CancellationTokenRegistration stopped = cancel.Register(() => grace.CancelAfter(Grace));
        try
        {
            Tell(await trail.WriteAsync(happened, grace.Token));
        }
        catch (AcodeException failure)
        {
            warn($"The outcome of '{happened.Subject}' is not on record: {failure.Message}");
        }
        catch (OperationCanceledException)
        {
            warn($"The outcome of '{happened.Subject}' is not in the audit storage yet: Sync-AcodeAudit takes it there.");
        }
    }

    private void Tell(AuditRecord record)
    {
        if (!record.Stored)
        {
            warn(WaitingWarning(record));
        }
    }
}
