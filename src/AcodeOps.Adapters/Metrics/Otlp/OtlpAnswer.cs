using System.Globalization;
using System.Text;

namespace AcodeOps.Adapters.Metrics.Otlp;

/// <summary>What a receiver has answered.</summary>
/// <param name="Failure">Why it took nothing; null where it took all or a part.</param>
internal sealed record OtlpAnswer(AcodeException? Failure)
{
    private const int GrpcFrame = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    // Longer than that it is for the next collection.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(3);

    // Codes with which a receiver says that it may be asked again.
    private static readonly int[] Passing = [1, 4, 10, 11, 14, 15];

    /// <summary>Whether it took all or a part.</summary>
    public bool IsAccepted => Failure is null;

    /// <summary>How many data points it did not take of those that it was sent.</summary>
    public long Rejected { get; init; }

    /// <summary>What it says to that.</summary>
    public string Said { get; init; } = "";

    /// <summary>After what time it may be asked again; null for not again.</summary>
    public TimeSpan? Repeat { get; init; }

    /// <summary>Reads an answer over HTTP.</summary>
    public static OtlpAnswer OfHttp(HttpResponseMessage answer, byte[] body, OtlpErrors errors)
    {
        bool isProtobuf = answer.Content.Headers.ContentType?.MediaType is "application/x-protobuf" or "application/protobuf";
        if (!answer.IsSuccessStatusCode)
        {
            string said = isProtobuf ? Text(ProtobufFields.Of(body), 2) : Encoding.UTF8.GetString(body);
            bool passes = (int)answer.StatusCode is 429 or 502 or 503 or 504;
            return new OtlpAnswer(errors.NoSuccess((int)answer.StatusCode, said)) { Repeat = passes ? PauseOf(answer) : null };
        }

        return answer.Content.Headers.ContentType?.MediaType == "text/html" ? new OtlpAnswer(errors.SomethingElse("a page")) : isProtobuf ? OfExport(body) : new OtlpAnswer((AcodeException?)null);
    }

    /// <summary>Reads an answer by gRPC.</summary>
    public static OtlpAnswer OfGrpc(HttpResponseMessage answer, byte[] body, OtlpErrors errors)
    {
        if (!answer.IsSuccessStatusCode)
        {
            return new OtlpAnswer(errors.NoSuccess((int)answer.StatusCode, ""));
        }

        if (!int.TryParse(Header(answer, "grpc-status"), NumberStyles.None, CultureInfo.InvariantCulture, out int status))
        {
            return new OtlpAnswer(errors.SomethingElse("no gRPC"));
        }

        return status switch
        {
            0 when body.Length < GrpcFrame => new OtlpAnswer(errors.SomethingElse("a gRPC answer without a message")),
            0 => OfExport(body.AsMemory(GrpcFrame)),
            _ => new OtlpAnswer(errors.NoSuccessByGrpc(status, Uri.UnescapeDataString(Header(answer, "grpc-message") ?? ""))) { Repeat = Passing.Contains(status) ? Pause : null },
        };
    }

    // ExportMetricsServiceResponse { partial_success = 1 { rejected_data_points = 1, error_message = 2 } }
    private static OtlpAnswer OfExport(ReadOnlyMemory<byte> message)
    {
        ProtobufField[] partial = [.. ProtobufFields.Of(message).Where(field => field.Number == 1).SelectMany(field => ProtobufFields.Of(field.Bytes))];
        return new OtlpAnswer((AcodeException?)null) { Rejected = (long)partial.LastOrDefault(field => field.Number == 1).Value, Said = Text(partial, 2) };
    }

    private static string Text(IEnumerable<ProtobufField> fields, int number) => Encoding.UTF8.GetString(fields.LastOrDefault(field => field.Number == number).Bytes.Span);

    private static string? Header(HttpResponseMessage answer, string name) =>
        (answer.TrailingHeaders.TryGetValues(name, out IEnumerable<string>? values) || answer.Headers.TryGetValues(name, out values)) ? values.First() : null;

    private static TimeSpan? PauseOf(HttpResponseMessage answer) => answer.Headers.RetryAfter switch
    {
        { Delta: { } pause } => pause <= LongestPause ? pause : null,
        { Date: not null } => null,
        _ => Pause,
    };
}
