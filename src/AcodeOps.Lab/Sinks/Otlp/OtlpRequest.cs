using System.Globalization;
using System.Text.RegularExpressions;

namespace AcodeOps.Lab.Sinks.Otlp;

/// <summary>Reads a request of OTLP for metrics by the published numbers of its fields; what a receiver would refuse, or take for something else, is a fault.</summary>
internal static partial class OtlpRequest
{
    /// <summary>The data points of a request.</summary>
    /// <exception cref="InvalidDataException">It is not what the protocol says.</exception>
    public static IReadOnlyList<ReceivedPoint> Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            return [.. new OtlpMessage(body, "ExportMetricsServiceRequest", 1).Messages(1).SelectMany(OfResource)];
        }
        catch (Exception e) when (e is ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            throw new InvalidDataException($"The request ends within a field, or holds no UTF-8: {e.Message}", e);
        }
    }

    private static IEnumerable<ReceivedPoint> OfResource(ReadOnlyMemory<byte> bytes)
    {
        OtlpMessage message = new(bytes, "ResourceMetrics", 1, 2, 3);
        Dictionary<string, string> resource = message.Messages(1).Select(one => Attributes(new OtlpMessage(one, "Resource", 1, 2), 1)).SingleOrDefault() ?? [];
        Insist(resource.ContainsKey("service.name"), "a resource without service.name");
        return message.Messages(2).SelectMany(scope => OfScope(scope, resource));
    }

    private static IEnumerable<ReceivedPoint> OfScope(ReadOnlyMemory<byte> bytes, IReadOnlyDictionary<string, string> resource)
    {
        OtlpMessage message = new(bytes, "ScopeMetrics", 1, 2, 3);
        OtlpMessage scope = message.Messages(1).Select(one => new OtlpMessage(one, "InstrumentationScope", 1, 2, 3, 4)).Single();
        return message.Messages(2).SelectMany(metric => OfMetric(metric, resource, $"{scope.Text(1)} {scope.Text(2)}"));
    }

    private static ReceivedPoint[] OfMetric(ReadOnlyMemory<byte> bytes, IReadOnlyDictionary<string, string> resource, string scope)
    {
        OtlpMessage metric = new(bytes, "Metric", 1, 2, 3, 5, 7);
        string name = metric.Text(1), unit = metric.Text(3);
        Insist(NameText().IsMatch(name), $"'{name}' is no name of an instrument");
        Insist(UnitText().IsMatch(unit), $"'{unit}' is no unit");
        Insist(metric.Has(5) != metric.Has(7), $"{name} is neither a gauge nor a sum, or both");
        OtlpMessage data = metric.Has(5) ? new(metric.Messages(5).Single(), "Gauge", 1) : new(metric.Messages(7).Single(), "Sum", 1, 2, 3);
        string kind = metric.Has(5) ? "gauge" : $"sum {data.Varint(2) switch { 1 => "delta", 2 => "cumulative", ulong other => throw new InvalidDataException($"{name} has temporality {other}.") }}{(data.Varint(3) == 1 ? " monotonic" : "")}";
        ReceivedPoint[] points = [.. data.Messages(1).Select(point => OfPoint(point, name, unit, metric.Text(2), kind, resource, scope))];
        Insist(points.Length > 0, $"{name} has no points");
        Insist(points.Select(point => string.Join('\u0001', point.Attributes.OrderBy(pair => pair.Key, StringComparer.Ordinal))).Distinct().Count() == points.Length, $"{name} has two points with the same attributes");
        return points;
    }

    private static ReceivedPoint OfPoint(ReadOnlyMemory<byte> bytes, string name, string unit, string description, string kind, IReadOnlyDictionary<string, string> resource, string scope)
    {
        OtlpMessage point = new(bytes, "NumberDataPoint", 2, 3, 4, 5, 6, 7, 8);
        Insist(point.Has(4) != point.Has(6), $"{name} has a point without a value, or with two");
        double value = point.Has(4) ? BitConverter.UInt64BitsToDouble(point.Fixed(4)) : (long)point.Fixed(6);
        ulong start = point.Fixed(2), time = point.Fixed(3);
        Insist(time > 0 && start <= time, $"{name} has a point of no time, or that begins after its end");
        Insist(kind == "gauge" || start > 0, $"{name} has a sum without a begin");
        Insist(double.IsFinite(value) && (!kind.EndsWith("monotonic", StringComparison.Ordinal) || value >= 0), $"{name} has value {value.ToString(CultureInfo.InvariantCulture)}");
        return new ReceivedPoint(name, unit, description, kind, value, Attributes(point, 7)) { Resource = resource, Scope = scope };
    }

    private static Dictionary<string, string> Attributes(OtlpMessage message, int field)
    {
        Dictionary<string, string> attributes = [];
        foreach (OtlpMessage pair in message.Messages(field).Select(bytes => new OtlpMessage(bytes, "KeyValue", 1, 2)))
        {
            string key = pair.Text(1);
            OtlpMessage value = new(pair.Messages(2).Single(), "AnyValue", 1, 2, 3, 4, 5, 6, 7);
            Insist(key.Length > 0 && value.Has(1), $"{message.Name} has an attribute without a key, or that is no text: '{key}'");
            Insist(attributes.TryAdd(key, value.Text(1)), $"{message.Name} has attribute '{key}' twice");
        }

        return attributes;
    }

    private static void Insist(bool holds, string fault)
    {
        if (!holds)
        {
            throw new InvalidDataException($"There is {fault}.");
        }
    }

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_./-]{0,254}\z")]
    private static partial Regex NameText();

    // Seconds, minutes, hours, days, bytes, percent, or what is counted in braces; at most 63 characters.
    [GeneratedRegex(@"\A(ms|s|min|h|d|By|%|1|\{[!-z|~]{1,61}\})?\z")]
    private static partial Regex UnitText();
}
