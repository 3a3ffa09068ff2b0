using System.Collections;
using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Audit;
using AcodeOps.Runbooks;
using AcodeOps.Shell;

namespace AcodeOps.Commands;

/// <summary>
/// Writes a record to the audit trail and returns it. A record that was returned is never lost: where the audit storage
/// does not answer, it waits on this machine's disk, and a warning says so. A piped health check becomes an
/// IncidentDetected, whatever its verdict: filter before, to record incidents only.
/// </summary>
[Needs(AccessRole.Operator | AccessRole.Rotator, Need.WriteAudit)]
[Cmdlet(VerbsCommunications.Write, "AcodeAudit", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(AuditRecord))]
public sealed class WriteAcodeAuditCommand : EnvironmentCmdlet
{
    /// <summary>What happened. Needed, unless a health check is piped in.</summary>
    [Parameter(Position = 0)]
    public AuditEventType? EventType { get; set; }

    /// <summary>What it happened to: without it, what the piped object says.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Subject { get; set; }

    /// <summary>Why it was done, or what was seen.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Reason { get; set; }

    /// <summary>What came of it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Outcome { get; set; }

    /// <summary>Before the act (Intent), after it (Outcome), or an event of its own.</summary>
    [Parameter]
    public AuditPhase Phase { get; set; }

    /// <summary>Further facts. Values that look like secrets are masked.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? Details { get; set; }

    /// <summary>The run that it belongs to: a runbook's, a pipeline's, a ticket's. Without it, that of the piped object.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    public string? RunId { get; set; }

    /// <summary>What the record is about: its plain properties go to the details.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        AuditSubject? about = InputObject is null ? null : AuditSubject.Of(InputObject.BaseObject);
        AuditEventType type = EventType ?? about?.EventType ?? throw new AcodeException(
            "AuditEventTypeMissing", FailureClass.InvalidInput, "The event type does not follow from what is to be recorded.")
        {
            Advice = "Say it with -EventType.",
            Subject = InputObject?.BaseObject,
        };
        AuditTrail trail = AuditTrail.Of(Installation, AuditSession.Origin(SessionState));
        string? subject = Subject ?? about?.Subject;
        if (!ShouldProcess(Installation.Storage(StorageRole.Audit).Definition.ToString(), $"Write audit record {type} {subject}".TrimEnd()))
        {
            return;
        }

        AuditRecord record = await trail.WriteAsync(new AuditEvent
        {
            EventType = type,
            Phase = Phase,
            Subject = subject,
            Reason = Reason ?? about?.Reason,
            Outcome = Outcome ?? about?.Outcome,
            RunId = RunId ?? about?.RunId,
            Details = InputObject is null || !IsOurs ? [] : ObjectFacts.Of(InputObject),
            GivenDetails = GivenDetails(),
        }, cancel);
        if (record.WithheldDetails.Count > 0)
        {
            WriteWarning($"Not recorded in clear, as it may be of a person: {string.Join(", ", record.WithheldDetails)}. audit.allowedDetails of the environment allows names.");
        }

        if (!record.Stored)
        {
            WriteWarning(AuditedAct.WaitingWarning(record));
        }

        WriteObject(record);
    }

    // What the product's own objects hold is known; what others hold is not.
    private bool IsOurs => InputObject!.TypeNames[0].StartsWith("AcodeOps.", StringComparison.Ordinal);

    private Dictionary<string, object?> GivenDetails()
    {
        Dictionary<string, object?> details = InputObject is null || IsOurs ? [] : ObjectFacts.Of(InputObject);
        foreach ((string name, object? value) in Details is null ? [] : ObjectFacts.Of(Details))
        {
            details[name] = value;
        }

        return details;
    }
}
