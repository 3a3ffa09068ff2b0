using System.Net.Sockets;
using System.Text.Json;

namespace AcodeOps.Adapters.Airbyte;

/// <summary>Turns everything that can go wrong between us and Airbyte into the product's exception, with id and class.</summary>
internal sealed class AirbyteErrors(Uri url)
{
    // Never with the user or the password that somebody may have written into the URL.
    private readonly string _address = url.GetComponents(UriComponents.SchemeAndServer, UriFormat.SafeUnescaped);

    /// <summary>Tells that no answer came, or none that is HTTP.</summary>
    public AcodeException NoAnswer(Exception failure) => failure switch
    {
        OperationCanceledException or TimeoutException => TimedOut(failure),
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => New(
            "AirbyteNameNotResolved", FailureClass.NameNotResolved, $"The host name of Airbyte at {_address} does not resolve.",
            "Check airbyte.url in the environment file, and the DNS of this machine: inside-the-cluster names resolve only there.", failure),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => New(
            "AirbyteTlsFailed", FailureClass.Tls, $"The TLS handshake with Airbyte at {_address} failed.",
            "Check the server's certificate and whether this port speaks TLS at all.", failure),
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError or HttpRequestError.ConfigurationLimitExceeded }
            or HttpIOException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError }
            or InvalidDataException => SomethingElse(
                "not a valid HTTP answer", failure),
        _ => SocketErrorOf(failure) switch
        {
            SocketError.ConnectionRefused => New(
                "AirbyteRefused", FailureClass.ConnectionRefused, $"Nothing listens at {_address}: the connection was refused.",
                "Check that Airbyte's server runs: its pods, or the port-forward to them.", failure),
            SocketError.TimedOut => TimedOut(failure),
            _ when IsDropped(failure) => New(
                "AirbyteUnreachable", FailureClass.Unreachable, $"The connection to Airbyte at {_address} broke before the answer was complete.",
                "Look at Airbyte's server and at proxies between here and there.", failure),
            _ => New(
                "AirbyteUnreachable", FailureClass.Unreachable, $"Airbyte at {_address} cannot be reached.",
                "Look at the network between here and there.", failure),
        },
    };

    /// <summary>Tells that no answer came in time.</summary>
    public AcodeException TimedOut(Exception? failure = null) => New(
        "AirbyteTimedOut", FailureClass.Timeout, $"Airbyte at {_address} did not answer in time.",
        "Look at the network between here and there, and at the load of Airbyte's server.", failure);

    /// <summary>Tells that what answers is not Airbyte.</summary>
    public AcodeException SomethingElse(string what, Exception? failure = null) => New(
        "AirbyteAnswersSomethingElse", FailureClass.Protocol, $"What answers at {_address} is not Airbyte's API: {what}.",
        "Check airbyte.url in the environment file, and what proxy or login page stands in front of Airbyte.", failure);

    /// <summary>Tells what an answer that is no success says.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="request">Method and path, without anything secret.</param>
    /// <param name="secrets">What must not be shown even if the server echoes it.</param>
    public AcodeException NoSuccess(AirbyteAnswer answer, string request, params IEnumerable<string> secrets)
    {
        string said = Said(answer, secrets);
        JsonElement? json = answer.Json();
        bool isJson = json is not null;
        return (int)answer.Status switch
        {
            >= 300 and < 400 => SomethingElse($"it redirects {request} to {Target(answer.Location)}"),
            400 when said.Contains("Invalid client id or token", StringComparison.OrdinalIgnoreCase) => NotAuthenticated(said),
            401 => NotAuthenticated(said),
            403 => New(
                "AirbyteAccessDenied", FailureClass.Permission, $"Airbyte does not let us do {request}{said}",
                "Give the application's user a role in the workspace.", null),
            // Links to itself are what Airbyte's framework writes of a path that it does not serve, not what Airbyte writes of a thing that it has not.
            404 when isJson && json.Member("_links") is null => New("AirbyteNotFound", FailureClass.NotFound, $"Airbyte has nothing at {request}{said}", null, null),
            408 => TimedOut(),
            409 or 423 => New("AirbyteConflict", FailureClass.Conflict, $"Airbyte refuses {request} as things stand{said}", null, null),
            429 => New("AirbyteThrottled", FailureClass.Throttled, $"Airbyte asks to slow down{said}", "Try again in a minute.", null),
            >= 500 => New(
                "AirbyteServerFault", FailureClass.ServerFault, $"Airbyte at {_address} answered {request} with HTTP {(int)answer.Status}{said}",
                "Look at the log of Airbyte's server, by the error id where there is one.", null),
            404 => SomethingElse($"it does not serve {request}"),
            _ when isJson => New(
                "AirbyteRequestRejected", FailureClass.InvalidInput, $"Airbyte rejects {request} with HTTP {(int)answer.Status}{said}", null, null),
            int status => SomethingElse($"HTTP {status} without a body of Airbyte's to {request}"),
        };
    }

    /// <summary>True when a connection broke in use, so that a question that changes nothing may be asked once more.</summary>
    public static bool IsDropped(Exception failure) =>
        failure is HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } or HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded }
        || SocketErrorOf(failure) is SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown;

    private static SocketError? SocketErrorOf(Exception? failure)
    {
        for (Exception? e = failure; e is not null; e = e.InnerException)
        {
            if (e is SocketException socket)
            {
                return socket.SocketErrorCode;
            }
        }

        return null;
    }

    private AcodeException NotAuthenticated(string said) => New(
        "AirbyteAuthenticationFailed", FailureClass.Authentication, $"Airbyte at {_address} does not accept our credential{said}",
        "Check airbyte.authentication and airbyte.credential in the environment file against an application in Airbyte's user settings.", null);

    private AcodeException New(string id, FailureClass cause, string message, string? advice, Exception? inner) =>
        new(id, cause, message, inner) { Advice = advice, Subject = _address };

    /// <summary>The server's own words as the end of a sentence: <c>: "…" (error id …).</c></summary>
    private static string Said(AirbyteAnswer answer, IEnumerable<string> secrets)
    {
        JsonElement? json = answer.Json();
        string words = string.Join(" ", new[] { json.Text("detail") ?? json.Text("title"), json.Text("message"), json.Member("data").Text("message") }
            .Where(text => !string.IsNullOrWhiteSpace(text)).Distinct());
        if (json is null && !answer.IsHtml)
        {
            words = answer.Text;
        }

        // What is wrong with a configuration is told at length, one setting after the other.
        words = SentSecrets.Concealed(words, secrets, (int)answer.Status is 400 or 422 ? 1000 : 200);
        string id = json.Text("errorId") is { } errorId ? $" (error id {SentSecrets.Concealed(errorId, secrets, 64)})" : "";
        return words.Length == 0 && id.Length == 0 ? "." : $"{(words.Length == 0 ? "" : $": \"{words}\"")}{id}.";
    }

    // Host only: the query of a login page's address may hold a token.
    private static string Target(Uri? location) =>
        location is null ? "nowhere" : location.IsAbsoluteUri ? ServerText.Shown(location.GetComponents(UriComponents.SchemeAndServer, UriFormat.SafeUnescaped)) : "another path";
}
