using AcodeOps.Secrets;

namespace AcodeOps.Adapters.Metrics.Otlp;

/// <summary>The headers of each request, out of their credential. Failures never repeat what it holds.</summary>
internal static class OtlpHeaders
{
    /// <summary>The headers; written as OpenTelemetry's own variable has them: <c>name=value,name=value</c>, values percent-encoded where they have to be.</summary>
    /// <exception cref="AcodeException"><c>MetricSinkHeadersInvalid</c>: it is not written so.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(MetricSinkDefinition sink, SecretText? secret) => secret is null
        ? []
        : [.. secret.Reveal().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(pair => Read(sink, pair))];

    private static KeyValuePair<string, string> Read(MetricSinkDefinition sink, string pair)
    {
        string[] parts = pair.Split('=', 2, StringSplitOptions.TrimEntries);
        string value = parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : "";
        return parts.Length == 2 && parts[0].Length > 0 && parts[0].All(IsToken) && value.Length > 0 && !value.Any(char.IsControl)
            ? new(parts[0], value)
            : throw new AcodeException("MetricSinkHeadersInvalid", FailureClass.InvalidInput, $"what {sink.Headers} holds is no list of headers.")
            {
                Advice = $"Put name=value into {sink.Headers}, and commas between several: as the text of a variable, or as the field headers of a secret.",
                Subject = sink,
            };
    }

    private static bool IsToken(char c) => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal);
}
