using System.Globalization;
using System.Text.Json;

namespace AcodeOps.Alerts;

/// <summary>Metrics as ConvertTo-Json writes those of Get-AcodeMetric: a line for each, or for each collection an array.</summary>
public static class RecordedMetric
{
    /// <summary>The metrics of a file.</summary>
    /// <param name="files">Reads it.</param>
    /// <param name="path">Which.</param>
    /// <exception cref="AcodeException"><c>RecordingInvalid</c>, with the line; and what reading it throws.</exception>
    public static IEnumerable<Metric> Read(IRecordingFiles files, string path)
    {
        ArgumentNullException.ThrowIfNull(files);
        int number = 0;
        foreach (string line in files.ReadLines(path))
        {
            number++;
            foreach (Metric metric in line.AsSpan().Trim().Length == 0 ? [] : Parse(line, number, path))
            {
                yield return metric;
            }
        }
    }

    private static IReadOnlyList<Metric> Parse(string line, int number, string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 8 });
            return document.RootElement.ValueKind == JsonValueKind.Array ? [.. document.RootElement.EnumerateArray().Select(Parse)] : [Parse(document.RootElement)];
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            throw new AcodeException("RecordingInvalid", FailureClass.InvalidInput, string.Create(CultureInfo.InvariantCulture, $"Line {number} of '{path}' is no metric."))
            {
                Advice = "A recording has metrics as JSON, one a line: Get-AcodeMetric | ForEach-Object { ConvertTo-Json $_ -Compress } >> metrics.jsonl",
                Subject = path,
            };
        }
    }

    private static Metric Parse(JsonElement element) => new()
    {
        Name = element.GetProperty("Name").GetString() ?? throw new FormatException(),
        Value = element.GetProperty("Value") is { ValueKind: not JsonValueKind.Null } value ? value.GetDouble() : null,
        Kind = element.TryGetProperty("Kind", out JsonElement kind) && kind is { ValueKind: JsonValueKind.Number } or { ValueKind: JsonValueKind.String }
            && Enum.TryParse(kind.ToString(), out MetricKind known) && Enum.IsDefined(known) ? known : MetricKind.Gauge,
        Tags = element.TryGetProperty("Tags", out JsonElement tags) && tags.ValueKind == JsonValueKind.Array ? [.. tags.EnumerateArray().Select(tag => tag.GetString() ?? throw new FormatException())] : [],
        MeasuredAt = element.GetProperty("MeasuredAt").GetDateTimeOffset() is { Year: > 1970 and < 9000 } at ? at : throw new FormatException(),
    };
}
