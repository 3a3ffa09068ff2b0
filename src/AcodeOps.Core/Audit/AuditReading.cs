namespace AcodeOps.Audit;

/// <summary>One step of reading or draining the trail: a record, or why one could not be had while the others can.</summary>
/// <param name="Record">The record, or null.</param>
/// <param name="Failure">What is wrong with one record, naming it; or null.</param>
public readonly record struct AuditReading(AuditRecord? Record, AcodeException? Failure)
{
    internal static AuditReading Failed(string id, FailureClass cause, string location, string message, string? advice = null) =>
        new(null, new AcodeException(id, cause, $"{location}: {message}") { Advice = advice, Subject = location, IsFatal = false });
}
