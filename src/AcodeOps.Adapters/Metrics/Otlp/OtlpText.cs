namespace AcodeOps.Adapters.Metrics.Otlp;

/// <summary>Units and tags as OpenTelemetry writes them.</summary>
internal static class OtlpText
{
    /// <summary>
    /// A unit by the Unified Code for Units of Measure; what is counted stands in braces, in the singular. A pure number has none: as
    /// <c>1</c>, receivers would take a verdict for a ratio.
    /// </summary>
    public static string? Unit(string unit) => unit switch
    {
        "" => null,
        "ms" or "s" or "min" or "h" or "d" => unit,
        "bytes" => "By",
        "percent" => "%",
        _ when unit.EndsWith("ies", StringComparison.Ordinal) => $"{{{unit[..^3]}y}}",
        _ when unit.EndsWith("ches", StringComparison.Ordinal) => $"{{{unit[..^2]}}}",
        _ when unit.EndsWith('s') => $"{{{unit[..^1]}}}",
        _ => $"{{{unit}}}",
    };

    /// <summary>Tags as attributes. A key that is there twice would make the point invalid: its values are put together.</summary>
    public static KeyValuePair<string, object?>[] Attributes(IEnumerable<string> tags) =>
    [
        .. tags.Select(tag => tag.Split(':', 2)).GroupBy(tag => tag[0], tag => tag.Length > 1 ? tag[1] : "true", StringComparer.Ordinal)
            .Select(key => new KeyValuePair<string, object?>(key.Key, string.Join(',', key))),
    ];
}
