using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AcodeOps.Adapters.Aws;

namespace AcodeOps.Adapters.Datadog;

/// <summary>Turns everything that can go wrong between us and Datadog into the product's exception, with id and class.</summary>
internal sealed class DatadogErrors(Uri url)
{
    private const int Shown = 400;

    private readonly string _address = url.GetComponents(UriComponents.SchemeAndServer, UriFormat.SafeUnescaped);

    /// <summary>That no answer came, or none that is HTTP.</summary>
    public AcodeException NoAnswer(Exception failure, DatadogCall call)
    {
        string uncertain = call is { IsRepeatable: false, Body: not null } ? " It may have been done all the same: publish again, which makes nothing twice." : "";
        return TransportFailures.OfHttp(failure) switch
        {
            FailureClass.Timeout => New("DatadogTimedOut", FailureClass.Timeout, $"Datadog at {_address} did not answer in time.{uncertain}", "Try again in a minute.", failure),
            FailureClass.NameNotResolved => New("DatadogNameNotResolved", FailureClass.NameNotResolved, $"The host name of Datadog at {_address} does not resolve.", "Check datadog.url in the environment file: each site of Datadog has its own.", failure),
            FailureClass.Tls => New("DatadogTlsFailed", FailureClass.Tls, $"The TLS handshake with Datadog at {_address} failed.", "Look at what proxy is between here and there.", failure),
            FailureClass.ConnectionRefused => New("DatadogRefused", FailureClass.ConnectionRefused, $"Nothing listens at {_address}: the connection was refused.", "Check datadog.url in the environment file.", failure),
            FailureClass.Protocol => SomethingElse("not a valid HTTP answer"),
            _ => New("DatadogUnreachable", FailureClass.Unreachable, $"Datadog at {_address} cannot be reached, or the connection broke.{uncertain}", "Look at the network between here and there.", failure),
        };
    }

    /// <summary>What an answer says that is no success.</summary>
    public AcodeException NoSuccess(HttpStatusCode status, DatadogCall call, byte[] content, IReadOnlyList<string> secrets)
    {
        string said = Said(content, secrets);
        return (int)status switch
        {
            >= 300 and < 400 => SomethingElse($"it redirects {call}"),
            400 => New("MonitorRejected", FailureClass.InvalidInput, $"Datadog rejects monitor '{call.Body?["name"]}'{said}", "This is a fault of AcodeOps, or of metrics.tags and datadog.notify in the environment file."),
            401 or 403 => New("DatadogAccessDenied", FailureClass.Permission, $"Datadog does not let us do {call}{said}", "Check datadog.apiKey and datadog.applicationKey, and that the application key has monitors_read and monitors_write. The keys of another site are refused, too."),
            404 => New("MonitorNotFound", FailureClass.NotFound, $"Datadog has nothing at {call.Path.Split('?')[0]}{said}", "Somebody has deleted it meanwhile: publish again."),
            409 => New("MonitorInUse", FailureClass.Conflict, $"Datadog refuses {call}{said}", "Look what refers to the monitor: an SLO, or a composite monitor."),
            >= 500 => New("DatadogServerFault", FailureClass.ServerFault, $"Datadog answers {call} with HTTP {(int)status}{said}", "Try again in a minute; look at status.datadoghq.com."),
            _ => SomethingElse($"HTTP {(int)status} to {call}"),
        };
    }

    /// <summary>That it asks to slow down.</summary>
    public AcodeException Throttled(TimeSpan wait) => New(
        "DatadogThrottled", FailureClass.Throttled, FormattableString.Invariant($"Datadog asks to slow down for {wait.TotalSeconds:0} s."), "Publish again after that.");

    /// <summary>That what answers is not Datadog's API.</summary>
    public AcodeException SomethingElse(string what) => New("DatadogAnswersSomethingElse", FailureClass.Protocol, $"What answers at {_address} is not Datadog's API: {what}.", "Check datadog.url in the environment file, and what proxy stands in front.");

    /// <summary>That keys would be sent for anybody to read.</summary>
    public AcodeException NotEncrypted() => New("DatadogNotEncrypted", FailureClass.Refused, $"Datadog's keys would go to {_address} unencrypted.", "Write https in datadog.url.");

    /// <summary>That the keys cannot be sent.</summary>
    public AcodeException NoKeys() => New("DatadogKeysInvalid", FailureClass.InvalidInput, "Datadog's keys are none: a header cannot hold them.", "Check what datadog.apiKey and datadog.applicationKey refer to.");

    private static string Said(byte[] content, IReadOnlyList<string> secrets)
    {
        string text;
        try
        {
            text = JsonNode.Parse(content) is JsonObject json && json["errors"] is JsonArray errors ? string.Join(" ", errors.Select(error => error?.ToString())) : "";
        }
        catch (JsonException)
        {
            text = Encoding.UTF8.GetString(content, 0, Math.Min(content.Length, Shown));
        }

        text = secrets.Aggregate(ServerText.Shown(text, Shown), (shown, secret) => secret.Length == 0 ? shown : shown.Replace(secret, "***", StringComparison.Ordinal));
        return text.Length == 0 ? "." : $": \"{text}\".";
    }

    private AcodeException New(string id, FailureClass cause, string message, string? advice, Exception? inner = null) => new(id, cause, message, inner) { Advice = advice, Subject = _address };
}
