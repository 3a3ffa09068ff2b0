using System.Globalization;
using System.Management.Automation;

namespace AcodeOps.Shell;

/// <summary>Turns the product's exception into PowerShell's error record.</summary>
internal static class ErrorRecords
{
    /// <summary>An error record with id, category, target, and the advice as recommended action.</summary>
    public static ErrorRecord ToErrorRecord(this AcodeException failure) => new(failure, failure.Id, CategoryOf(failure.Cause), failure.Subject)
    {
        ErrorDetails = new ErrorDetails(ErrorMeanings.Of(failure.Id, CultureInfo.CurrentUICulture) is { } meaning ? $"{meaning} ({failure.Message})" : failure.Message)
        {
            RecommendedAction = failure.Advice ?? "",
        },
    };

    private static ErrorCategory CategoryOf(FailureClass cause) => cause switch
    {
        FailureClass.ConnectionRefused or FailureClass.Unreachable or FailureClass.NameNotResolved or FailureClass.Tls => ErrorCategory.ConnectionError,
        FailureClass.Timeout => ErrorCategory.OperationTimeout,
        FailureClass.Authentication => ErrorCategory.AuthenticationError,
        FailureClass.Permission => ErrorCategory.PermissionDenied,
        FailureClass.TooManyConnections or FailureClass.Throttled => ErrorCategory.ResourceBusy,
        FailureClass.NotFound => ErrorCategory.ObjectNotFound,
        FailureClass.ReadOnly or FailureClass.Refused => ErrorCategory.InvalidOperation,
        FailureClass.Protocol or FailureClass.ServerFault => ErrorCategory.ProtocolError,
        FailureClass.Conflict => ErrorCategory.ResourceExists,
        FailureClass.InvalidInput => ErrorCategory.InvalidArgument,
        _ => ErrorCategory.NotSpecified,
    };
}
