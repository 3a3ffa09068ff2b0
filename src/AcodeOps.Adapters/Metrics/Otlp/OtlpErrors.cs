using AcodeOps.Adapters.Aws;

namespace AcodeOps.Adapters.Metrics.Otlp;

/// <summary>Turns what can go wrong between us and a receiver of OTLP into the product's exception, without the headers even where the receiver repeats them.</summary>
internal sealed class OtlpErrors(MetricSinkDefinition sink, IReadOnlyList<KeyValuePair<string, string>> headers, TimeSpan limit)
{
    // Shorter values are words that a server may well say.
    private const int ShortestSecret = 6;

    private readonly string _where = $"{sink.Endpoint!.Host}:{sink.Endpoint.Port}";

    /// <summary>Tells that the SDK made no request at all.</summary>
    public AcodeException NotAsked() => New(
        "MetricNotExported", FailureClass.Refused, "OpenTelemetry's SDK made no request.", "Look at the variables that switch it off (OTEL_SDK_DISABLED) or change how it exports (OTEL_DOTNET_EXPERIMENTAL_…).");

    /// <summary>Tells that counts are below 0.</summary>
    public AcodeException Falling(int count) => New(
        "MetricCountNegative", FailureClass.InvalidInput, $"{count} counts are below 0, which OTLP does not take.", "Send what can fall as a gauge.");

    /// <summary>Tells that the receiver took only a part.</summary>
    public AcodeException Rejected(long rejected, int of, string said) => New(
        "MetricSinkRejected", FailureClass.InvalidInput, $"{_where} rejected {rejected} of {of}{Said(said)}", "Look at what the receiver says.");

    /// <summary>Tells that what answers speaks something else.</summary>
    public AcodeException SomethingElse(string what) => New(
        "MetricSinkAnswersSomethingElse", FailureClass.Protocol, $"{_where} answers with {what}: it is no receiver of OTLP by {ProtocolName}.", "Correct endpoint and protocol in the environment file.");

    /// <summary>Tells that no answer came.</summary>
    public AcodeException NoAnswer(Exception failure) => TransportFailures.OfHttp(failure) switch
    {
        FailureClass.ConnectionRefused => New("MetricSinkRefused", FailureClass.ConnectionRefused, $"nobody listens at {_where}.", "Start the receiver, or correct endpoint in the environment file."),
        FailureClass.NameNotResolved => New("MetricSinkNotFound", FailureClass.NameNotResolved, $"the name of {_where} does not resolve.", "Correct endpoint in the environment file."),
        FailureClass.Tls => New("MetricSinkTlsFailed", FailureClass.Tls, $"the TLS handshake with {_where} failed.", "Check the receiver's certificate, and whether its endpoint is https at all."),
        FailureClass.Timeout => New("MetricSinkTimedOut", FailureClass.Timeout, FormattableString.Invariant($"{_where} did not answer within {limit.TotalSeconds:0.#} s; what it took is not known."), "Look at the receiver."),
        FailureClass.Protocol => SomethingElse("something"),
        _ => New("MetricSinkUnreachable", FailureClass.Unreachable, $"{_where} cannot be reached, or the connection broke; what it took is not known.", "Look at the network between here and there."),
    };

    /// <summary>Tells what an answer over HTTP says that is no success.</summary>
    public AcodeException NoSuccess(int status, string said) => status switch
    {
        >= 300 and < 400 => SomethingElse($"a redirection (HTTP {status})"),
        401 => New("MetricSinkAuthenticationFailed", FailureClass.Authentication, $"{_where} does not accept the credential (HTTP 401){Said(said)}", Credential),
        403 => New("MetricSinkAccessDenied", FailureClass.Permission, $"{_where} does not let us write there (HTTP 403){Said(said)}", Credential),
        404 or 405 or 415 => SomethingElse($"HTTP {status}"),
        429 => New("MetricSinkThrottled", FailureClass.Throttled, $"{_where} asks to slow down (HTTP 429){Said(said)}", "Collect less often."),
        >= 500 => New("MetricSinkServerFault", FailureClass.ServerFault, $"{_where} has a fault of its own (HTTP {status}){Said(said)}", "Look at the receiver."),
        _ => New("MetricSinkRejected", FailureClass.InvalidInput, $"{_where} rejects them (HTTP {status}){Said(said)}", "Look at what the receiver says."),
    };

    /// <summary>Tells what an answer by gRPC says that is no success.</summary>
    public AcodeException NoSuccessByGrpc(int status, string said) => status switch
    {
        4 => New("MetricSinkTimedOut", FailureClass.Timeout, $"{_where} was not done in time (gRPC 4){Said(said)}", "Look at the receiver."),
        7 => New("MetricSinkAccessDenied", FailureClass.Permission, $"{_where} does not let us write there (gRPC 7){Said(said)}", Credential),
        8 => New("MetricSinkThrottled", FailureClass.Throttled, $"{_where} asks to slow down (gRPC 8){Said(said)}", "Collect less often."),
        12 => SomethingElse("gRPC 12"),
        16 => New("MetricSinkAuthenticationFailed", FailureClass.Authentication, $"{_where} does not accept the credential (gRPC 16){Said(said)}", Credential),
        3 => New("MetricSinkRejected", FailureClass.InvalidInput, $"{_where} rejects them (gRPC 3){Said(said)}", "Look at what the receiver says."),
        _ => New("MetricSinkServerFault", FailureClass.ServerFault, $"{_where} has a fault of its own (gRPC {status}){Said(said)}", "Look at the receiver."),
    };

    private string ProtocolName => sink.Protocol == OtlpProtocol.Grpc ? "gRPC" : "HTTP";

    private string Credential => sink.Headers is { } reference ? $"Check what {reference} holds." : "Name the credential that holds its headers in the environment file.";

    private string Said(string text)
    {
        string hidden = headers.Where(header => header.Value.Length >= ShortestSecret)
            .SelectMany(header => header.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(part => part.Length >= ShortestSecret).Prepend(header.Value))
            .Aggregate(text, (left, part) => left.Replace(part, "***", StringComparison.OrdinalIgnoreCase));
        string shown = ServerText.Shown(hidden.TrimStart().StartsWith('<') ? "" : hidden);
        return shown.Length == 0 ? "." : $": \"{shown}\".";
    }

    // Never with the exception that came before: what its text holds is for the runtime to decide.
    private AcodeException New(string id, FailureClass cause, string message, string? advice) => new(id, cause, message) { Advice = advice, Subject = sink };
}
