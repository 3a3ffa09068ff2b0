using System.Xml;
using Amazon.Runtime;

namespace AcodeOps.Adapters.Aws;

/// <summary>
/// Turns what the SDK throws into the product's exception. Ids are the area and the way of failing:
/// <c>StorageAccessDenied</c>. Neither the server's words nor the SDK's are passed on, as either may quote a request;
/// only the error code is, and the exception of a failed connection.
/// </summary>
internal static class AwsFailures
{
    private static readonly Dictionary<string, Kind> Kinds = Build();

    private sealed record Kind(string Id, FailureClass Cause, string Says, string? Advice);

    /// <summary>Names and classes a failure.</summary>
    public static AcodeException Classify(Exception e, AwsCallee callee)
    {
        if (e is AcodeException known || (known = Inner<AcodeException>(e)!) is not null)
        {
            return known;
        }

        AmazonServiceException? answer = Inner<AmazonServiceException>(e);
        if (answer is { StatusCode: not 0 })
        {
            return OfAnswer(answer, callee);
        }

        if (Inner<AmazonUnmarshallingException>(e) is not null || Inner<XmlException>(e) is not null || Inner<System.Text.Json.JsonException>(e) is not null || Inner<InvalidDataException>(e) is not null)
        {
            return NotTheService(callee);
        }

        if (TransportFailures.Find(e) is { } transport)
        {
            return OfTransport(transport.Cause, transport.Teller, callee);
        }

        return new AcodeException(callee.Area + "CallFailed", FailureClass.Unknown,
            $"Asking {callee.Host} about {callee.Subject} failed ({e.GetType().Name}).");
    }

    /// <summary>Something answers there that is not the service.</summary>
    public static AcodeException NotTheService(AwsCallee callee) => new(
        callee.Area + "ProtocolError", FailureClass.Protocol, $"What answers at {callee.Host} is not the service that was expected ({callee.Subject}).")
    {
        Advice = "Check the endpoint, and whether a proxy or a log-in page stands before it.",
    };

    private static AcodeException OfAnswer(AmazonServiceException answer, AwsCallee callee)
    {
        int status = (int)answer.StatusCode;
        if (!Kinds.TryGetValue(answer.ErrorCode ?? "", out Kind? kind))
        {
            // A service numbers its requests; what answers without a code and without a number is something else.
            if (status < 500 && HasNoCode(answer) && string.IsNullOrEmpty(answer.RequestId))
            {
                return NotTheService(callee);
            }

            kind = OfStatus(status);
        }

        return new AcodeException(
            callee.Area + kind.Id, kind.Cause, $"{Capital(callee.Subject)} {kind.Says} ({callee.Host}: {Code(answer)}HTTP {status}).")
        {
            Advice = kind.Advice,
        };
    }

    private static AcodeException OfTransport(FailureClass cause, Exception teller, AwsCallee callee)
    {
        (string id, string says) = cause switch
        {
            FailureClass.ConnectionRefused => ("ConnectionRefused", "refuses connections"),
            FailureClass.NameNotResolved => ("NameNotResolved", "has no address: its name does not resolve"),
            FailureClass.Timeout => ("TimedOut", "did not answer in time"),
            FailureClass.Tls => ("TlsFailed", "and this machine could not agree on TLS"),
            FailureClass.Protocol => ("ProtocolError", "does not speak HTTP"),
            _ => ("Unreachable", "cannot be reached, or the connection broke"),
        };
        return new AcodeException(callee.Area + id, cause, $"{Capital(callee.Host)} {says} ({callee.Subject}).", teller);
    }

    // Codes come from the server: only what looks like one is shown.
    private static string Code(AmazonServiceException answer) =>
        answer.ErrorCode is { Length: > 0 and < 80 } code && code.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_') ? code + ", " : "";

    // The services always send a code. Where a proxy's page or another server answers, the SDK puts the name of the status
    // in its place: a page that says 404 must not pass for "there is no such object".
    private static bool HasNoCode(AmazonServiceException answer) =>
        string.IsNullOrEmpty(answer.ErrorCode) || answer.ErrorCode == answer.StatusCode.ToString();

    private static Kind OfStatus(int status) => status switch
    {
        401 => Kinds["InvalidClientTokenId"],
        403 => Kinds["AccessDenied"],
        404 => Kinds["NoSuchKey"],
        405 or 501 => Kinds["NotImplemented"],
        409 or 412 => Kinds["PreconditionFailed"],
        429 => Kinds["SlowDown"],
        >= 500 => Kinds["InternalError"],
        301 or 307 => Kinds["PermanentRedirect"],
        _ => new("RequestRefused", FailureClass.InvalidInput, "was asked about in a way that the service refuses", null),
    };

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private static TException? Inner<TException>(Exception e) where TException : Exception
    {
        for (Exception? at = e; at is not null; at = at.InnerException)
        {
            if (at is TException found)
            {
                return found;
            }
        }

        return null;
    }

    private static Dictionary<string, Kind> Build()
    {
        Dictionary<string, Kind> kinds = new(StringComparer.OrdinalIgnoreCase);
        void Add(Kind kind, params string[] codes)
        {
            foreach (string code in codes)
            {
                kinds[code] = kind;
                kinds[code + "Exception"] = kind;
            }
        }

        Add(new("BucketMissing", FailureClass.NotFound, "does not exist: there is no such bucket", "Check the bucket's name, or create it."), "NoSuchBucket");
        Add(new("NotFound", FailureClass.NotFound, "does not exist", null), "NoSuchKey", "ResourceNotFound");
        Add(new("AccessDenied", FailureClass.Permission, "may not be used so by this identity", "Ask for the permission, or use another profile. Some S3-compatible servers say the same of wrong keys."),
            "AccessDenied", "AccessDeniedAccess", "UnauthorizedOperation", "AllAccessDisabled", "AuthorizationError");
        Add(new("CredentialsRefused", FailureClass.Authentication, "was not shown: the AWS keys are refused", "Check the keys: they are wrong, disabled, or of another account."),
            "InvalidAccessKeyId", "SignatureDoesNotMatch", "UnrecognizedClient", "InvalidClientTokenId", "InvalidToken", "InvalidSignature",
            "IncompleteSignature", "MissingAuthenticationToken", "AuthFailure", "InvalidIdentityToken");
        Add(new("TokenExpired", FailureClass.Authentication, "was not shown: the AWS session has expired", "Log in again: 'aws sso login', or Set-AWSCredential with fresh keys."),
            "ExpiredToken", "TokenRefreshRequired");
        Add(new("ClockSkewed", FailureClass.InvalidInput, "was not shown: this machine's clock is too far off", "Set the clock of this machine (chrony, w32time)."),
            "RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture");
        Add(new("Throttled", FailureClass.Throttled, "is asked for too often", "Wait, and ask less at once."),
            "SlowDown", "Throttling", "ThrottledException", "RequestThrottled", "TooManyRequests", "RequestLimitExceeded", "BandwidthLimitExceeded", "LimitExceeded");
        Add(new("Conflict", FailureClass.Conflict, "was changed by somebody else meanwhile, or exists already", null),
            "PreconditionFailed", "ConditionalRequestConflict", "OperationAborted", "ResourceExists");
        Add(new("WrongRegion", FailureClass.InvalidInput, "lives in another region", "Set the storage's region in the environment file."),
            "PermanentRedirect", "TemporaryRedirect", "Redirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraint");
        Add(new("NotImplemented", FailureClass.InvalidInput, "was asked for something that this server does not know", null),
            "NotImplemented", "MethodNotAllowed", "XNotImplemented");
        Add(new("ServerFault", FailureClass.ServerFault, "could not be served: the server has a fault of its own", "Try again later; look at the service's status page."),
            "InternalError", "InternalFailure", "InternalServerError", "ServiceUnavailable", "InternalService", "BadGateway", "GatewayTimeout");
        return kinds;
    }
}
