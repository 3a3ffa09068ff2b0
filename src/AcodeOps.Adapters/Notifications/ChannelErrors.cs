using System.Net;
using AcodeOps.Adapters.Aws;
using AcodeOps.Secrets;

namespace AcodeOps.Adapters.Notifications;

/// <summary>Turns everything that can go wrong between us and a channel into the product's exception. Of an address it tells the host alone.</summary>
internal sealed class ChannelErrors(NotificationDefinition channel, Uri address, SecretText? secret)
{
    // Shorter parts of an address are words such as services, which a server may well say.
    private const int ShortestSecretPart = 9;

    private readonly string _host = address.Host;

    /// <summary>Tells that the channel's secret holds no address.</summary>
    public static AcodeException NoAddress(NotificationDefinition channel) => new(
        "NotificationAddressInvalid", FailureClass.InvalidInput, "What its credential holds is not the address of a webhook.")
    {
        Advice = $"Put the webhook's whole address into {channel.Credential}: as the text, or as the field webhook_url.",
        Subject = channel,
    };

    /// <summary>Tells that a secret would go over the network in plain.</summary>
    public AcodeException NotEncrypted() => New(
        "NotificationNotEncrypted", FailureClass.Refused, $"{_host} is addressed by http: its secret could be read on the way.", "Use its https address.");

    /// <summary>Tells that no answer came, or none that is HTTP.</summary>
    public AcodeException NoAnswer(Exception failure) => TransportFailures.OfHttp(failure) switch
    {
        FailureClass.ConnectionRefused => New(
            "NotificationRefused", FailureClass.ConnectionRefused, $"Nothing listens at {_host}: the connection was refused.", "Check the address that the channel's credential holds."),
        FailureClass.NameNotResolved => New(
            "NotificationNameNotResolved", FailureClass.NameNotResolved, $"The host name {_host} does not resolve.", "Check the address, and the DNS of this machine."),
        FailureClass.Tls => New(
            "NotificationTlsFailed", FailureClass.Tls, $"The TLS handshake with {_host} failed.", "Check the server's certificate, and what proxy stands before it."),
        FailureClass.Timeout => New("NotificationTimedOut", FailureClass.Timeout, $"{_host} did not answer in time.", "Look at the network between here and there."),
        FailureClass.Protocol => New("NotificationAnswersSomethingElse", FailureClass.Protocol, $"What answers at {_host} is not HTTP.", "Check the address."),
        _ => New("NotificationUnreachable", FailureClass.Unreachable, $"{_host} cannot be reached, or the connection broke.", "Look at the network between here and there."),
    };

    /// <summary>Tells what an answer that is no success says.</summary>
    public AcodeException NoSuccess(HttpStatusCode status, TimeSpan? retryAfter, string body)
    {
        int code = (int)status;
        string said = Said(body);
        string credential = channel.Credential is { } reference ? $"Check what {reference} holds: " : "Check ";
        AcodeException failure = code switch
        {
            >= 300 and < 400 => New(
                "NotificationAnswersSomethingElse", FailureClass.Protocol, $"{_host} redirects (HTTP {code}); a webhook does not.", "Check the address: a login page may stand before it."),
            401 => New("NotificationAuthenticationFailed", FailureClass.Authentication, $"{_host} does not accept the credential (HTTP {code}){said}", credential + "it may have been revoked."),
            403 => New("NotificationAccessDenied", FailureClass.Permission, $"{_host} does not let us write there (HTTP {code}){said}", credential + "it may have been revoked."),
            404 or 410 => New("NotificationTargetNotFound", FailureClass.NotFound, $"{_host} knows no such webhook or channel (HTTP {code}){said}", credential + "it may have been deleted."),
            408 => New("NotificationTimedOut", FailureClass.Timeout, $"{_host} did not answer in time (HTTP {code}){said}", null),
            429 => New("NotificationThrottled", FailureClass.Throttled, $"{_host} asks to slow down (HTTP {code}){said}", "Try again in a minute."),
            >= 500 => New("NotificationServerFault", FailureClass.ServerFault, $"{_host} has a fault of its own (HTTP {code}){said}", null),
            _ => New("NotificationRejected", FailureClass.InvalidInput, $"{_host} rejects the notification (HTTP {code}){said}", credential + "a wrong key is answered so too."),
        };
        return retryAfter is null ? failure : new AcodeException(failure.Id, failure.Cause, failure.Message)
        {
            Advice = failure.Advice,
            Subject = failure.Subject,
            RetryAfter = retryAfter,
        };
    }

    /// <summary>The server's own words as the end of a sentence, without the secret even where the server repeats it.</summary>
    private string Said(string body)
    {
        IEnumerable<string> secrets = secret is null ? [] : [secret.Reveal().Trim(), address.PathAndQuery, .. Parts(secret.Reveal())];
        string hidden = secrets.Where(part => part.Length >= ShortestSecretPart).Aggregate(body, (text, part) => text.Replace(part, "***", StringComparison.OrdinalIgnoreCase));
        string shown = ServerText.Shown(hidden.TrimStart().StartsWith('<') ? "" : hidden);
        return shown.Length == 0 ? "." : $": \"{shown}\".";
    }

    // What broke below says less than these: a time limit and a handshake both end as a broken connection.
    private static string[] Parts(string text) => text.Split(['/', '?', '&', '='], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    // Never with the exception that came before: what its text holds is for the runtime to decide.
    private AcodeException New(string id, FailureClass cause, string message, string? advice) => new(id, cause, message) { Advice = advice, Subject = channel };
}
