using AcodeOps.Audit;

namespace AcodeOps.Runbooks;

/// <summary>A failure as the journal keeps it.</summary>
/// <param name="Id">The stable id.</param>
/// <param name="Cause">The class.</param>
/// <param name="Message">What happened, without secrets.</param>
/// <param name="Advice">What to do next.</param>
public sealed record JournalError(string Id, FailureClass Cause, string Message, string? Advice)
{
    internal static JournalError Of(AcodeException failure) =>
        new(failure.Id, failure.Cause, AuditDetails.Clean(failure.Message)!, AuditDetails.Clean(failure.Advice));
}
