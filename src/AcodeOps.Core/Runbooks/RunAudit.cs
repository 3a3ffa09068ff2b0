using AcodeOps.Audit;

namespace AcodeOps.Runbooks;

/// <summary>A run's records in the audit trail: an intent before each act, an outcome after it.</summary>
internal sealed class RunAudit(AuditTrail trail, string runId, string? reason)
{
    private static readonly TimeSpan OutcomeLimit = TimeSpan.FromSeconds(10);

    /// <summary>Why records of this run wait on this machine; null when the audit storage has them.</summary>
    public string? WaitsBecause { get; private set; }

    /// <summary>Records what is about to be done.</summary>
    /// <exception cref="AcodeException"><c>AuditSpoolUnavailable</c>: it could not be recorded, and must not be done.</exception>
    public async Task WriteIntentAsync(AuditEvent planned, CancellationToken cancel)
    {
        AuditRecord record = await trail.WriteAsync(Of(planned, AuditPhase.Intent), cancel).ConfigureAwait(false);
        WaitsBecause = record.WaitsBecause ?? WaitsBecause;
    }

    /// <summary>Records what came of it. What was done is done: a record that cannot be had is told, not thrown.</summary>
    public async Task WriteOutcomeAsync(AuditEvent planned, string outcome, AcodeException? failure)
    {
        Dictionary<string, object?> details = new(planned.Details);
        if (failure is not null)
        {
            (details["error_id"], details["error"]) = (failure.Id, failure.Message);
        }

        using CancellationTokenSource limit = new(OutcomeLimit);
        try
        {
            AuditRecord record = await trail.WriteAsync(Of(planned, AuditPhase.Outcome) with { Outcome = outcome, Details = details }, limit.Token).ConfigureAwait(false);
            WaitsBecause = record.WaitsBecause ?? WaitsBecause;
        }
        catch (AcodeException e)
        {
            WaitsBecause = e.Message;
        }
        catch (OperationCanceledException)
        {
            WaitsBecause = $"The audit storage did not answer within {OutcomeLimit.TotalSeconds:0} s.";
        }
    }

    private AuditEvent Of(AuditEvent planned, AuditPhase phase) =>
        planned with { Phase = phase, RunId = runId, Reason = planned.Reason ?? reason };
}
