using System.Net.Sockets;
using System.Security.Authentication;

namespace AcodeOps.Adapters.Aws;

/// <summary>Tells from an exception how the way to a server failed.</summary>
internal static class TransportFailures
{
    /// <summary>The class, and the exception that told it; null when it is no failure of the way.</summary>
    public static (FailureClass Cause, Exception Teller)? Find(Exception e)
    {
        // The innermost one knows best: a refused connection is wrapped three times.
        (FailureClass Cause, Exception Teller)? found = null;
        for (Exception? at = e; at is not null; at = at.InnerException)
        {
            if (ClassOf(at) is { } cause)
            {
                found = (cause, at);
            }
        }

        return found;
    }

    /// <summary>The class of what HTTP's own client throws: a wait that was ended is a timeout, and a handshake that failed is TLS: what broke below says less.</summary>
    public static FailureClass? OfHttp(Exception e) => e switch
    {
        OperationCanceledException => FailureClass.Timeout,
        InvalidDataException => FailureClass.Protocol,
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => FailureClass.Tls,
        _ => Find(e)?.Cause,
    };

    private static FailureClass? ClassOf(Exception e) => e switch
    {
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => FailureClass.ConnectionRefused,
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData } => FailureClass.NameNotResolved,
        SocketException { SocketErrorCode: SocketError.TimedOut } => FailureClass.Timeout,
        // An aborted operation is how a timeout looks from below.
        SocketException { SocketErrorCode: SocketError.OperationAborted } => null,
        SocketException => FailureClass.Unreachable,
        AuthenticationException => FailureClass.Tls,
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => FailureClass.NameNotResolved,
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => FailureClass.Tls,
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError } => FailureClass.Protocol,
        HttpIOException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError } => FailureClass.Protocol,
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.ResponseEnded } => FailureClass.Unreachable,
        IOException => FailureClass.Unreachable,
        TimeoutException or OperationCanceledException => FailureClass.Timeout,
        _ => null,
    };
}
