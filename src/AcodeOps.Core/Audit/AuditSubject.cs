namespace AcodeOps.Audit;

/// <summary>What an object of the product says for a record about it: what it is, what is to be told of it.</summary>
/// <param name="EventType">The event type that follows from it; null where the operator has to say.</param>
/// <param name="Subject">What it is.</param>
/// <param name="Outcome">Its verdict or status.</param>
/// <param name="Reason">What was seen.</param>
public sealed record AuditSubject(AuditEventType? EventType, string? Subject, string? Outcome, string? Reason)
{
    /// <summary>The run that it belongs to; null for none.</summary>
    public string? RunId { get; init; }

    /// <summary>Of any object.</summary>
    public static AuditSubject Of(object subject) => subject switch
    {
        // A healthy check may be put on record too; that it is no incident then shows by its outcome.
        HealthCheck check => new(AuditEventType.IncidentDetected, $"{check.Component} {check.Target}", check.Verdict.ToString(), check.Summary),
        Route route => new(null, $"Route {route.Name}", route.Status.ToString(), null),
        Connection connection => new(null, $"Connection {connection.Name}", connection.Status.ToString(), null),
        Sync sync => new(null, $"Sync {sync.JobId}", sync.Status.ToString(), null),
        RunbookRun run => new(TypeOf(run), run.Title, run.Status.ToString(), run.Error ?? run.Reason)
        {
            RunId = run.RunId.Length > 0 ? run.RunId : null,
        },
        Finding finding => new(null, finding.Target, finding.Severity.ToString(), finding.Message),
        AcodeEnvironment environment => new(null, $"Environment {environment.Name}", null, null),
        _ => new(null, subject.ToString() is { Length: > 0 } text ? text : null, null, null),
    };

    private static AuditEventType? TypeOf(RunbookRun run) => run.Runbook switch
    {
        "failover" => AuditEventType.FailoverExecuted,
        "drill" => AuditEventType.DisasterRecoveryDrill,
        "export_data" or "corrupted_data" => AuditEventType.DataAccess,
        _ => null,
    };
}
