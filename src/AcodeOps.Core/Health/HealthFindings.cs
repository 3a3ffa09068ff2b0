namespace AcodeOps.Health;

/// <summary>Checks as findings, for the annotations of a pipeline and for code scanning.</summary>
public static class HealthFindings
{
    /// <summary>The finding of a check; null where it is healthy. What failed or is unknown is an error, what is degraded a warning.</summary>
    public static Finding? Of(HealthCheck check)
    {
        ArgumentNullException.ThrowIfNull(check);
        return check.Verdict == Verdict.Healthy ? null : new Finding
        {
            Rule = check.ErrorId ?? $"{check.Component}{check.Verdict}",
            Severity = check.Verdict == Verdict.Degraded ? FindingSeverity.Warning : FindingSeverity.Error,
            Target = $"{check.Component} {check.Target}",
            Message = $"{check.Component} {check.Target} is {check.Verdict}: {check.Summary}{(check.Summary.EndsWith('.') ? "" : ".")}",
            Current = check.Verdict.ToString(),
            Proposed = nameof(Verdict.Healthy),
            Evidence = string.Join("; ", check.Evidence),
            Remedy = check.Remedy,
        };
    }
}
