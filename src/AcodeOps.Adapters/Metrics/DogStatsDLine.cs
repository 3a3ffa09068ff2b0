using System.Globalization;
using System.Text;

namespace AcodeOps.Adapters.Metrics;

/// <summary>A metric as a line of a DogStatsD datagram: <c>name:value|type|#tag,tag</c>.</summary>
internal static class DogStatsDLine
{
    private const int LongestTag = 200;

    public static byte[] Of(Metric metric)
    {
        string tags = string.Join(',', metric.Tags.Select(Tag));
        string type = metric.Kind == MetricKind.Count ? "c" : "g";
        return Encoding.UTF8.GetBytes($"{metric.Name}:{Number(metric.Value!.Value)}|{type}{(tags.Length == 0 ? "" : $"|#{tags}")}");
    }

    /// <summary>A figure without an exponent where that is possible, whole numbers to the last digit.</summary>
    public static string Number(double value) => value == Math.Floor(value) && Math.Abs(value) < 1L << 53
        ? ((long)value).ToString(CultureInfo.InvariantCulture)
        : value.ToString("R", CultureInfo.InvariantCulture);

    // The protocol has no escapes: what would end a tag, a line or a datagram becomes an underscore, as it would at the agent.
    private static string Tag(string tag)
    {
        StringBuilder clean = new(Math.Min(tag.Length, LongestTag));
        foreach (Rune rune in tag.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > LongestTag)
            {
                break;
            }

            clean.Append(Rune.IsLetterOrDigit(rune) || rune.Value is '_' or '-' or ':' or '.' or '/' or '+' or '=' ? rune.ToString() : "_");
        }

        return clean.ToString();
    }
}
