using AcodeOps.Documents;

namespace AcodeOps.Metrics;

/// <summary>Metrics that people make themselves, and what is not let through of them.</summary>
public static class OwnMetric
{
    private const int Longest = 200;

    // They say where a metric comes from: whoever sends them by hand splits one machine into two.
    private static readonly string[] Reserved = ["host", "device"];

    /// <summary>Lets a metric through that can be sent.</summary>
    /// <exception cref="AcodeException"><c>MetricNameInvalid</c>, <c>MetricTagInvalid</c>, <c>MetricTagReserved</c>: of one metric among many.</exception>
    public static void EnsureSendable(Metric metric)
    {
        if (string.IsNullOrEmpty(metric.Name) || metric.Name.Length > Longest || !char.IsAsciiLetter(metric.Name[0]) || !metric.Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.'))
        {
            throw Refused(metric, "MetricNameInvalid", $"'{Printable.Of(metric.Name ?? "")}' is no name of a metric: letters, digits, '_' and '.' after a letter, at most {Longest}.", "Write a name such as acode.my_figure.");
        }

        foreach (string tag in metric.Tags)
        {
            string key = tag.Split(':', 2)[0];
            if (Reserved.Contains(key, StringComparer.OrdinalIgnoreCase))
            {
                throw Refused(metric, "MetricTagReserved", $"Tag '{Printable.Of(tag)}' would override the name of the machine that sends.", "Use another key, such as role:.");
            }

            if (key.Length == 0 || !char.IsLetter(key[0]) || !tag.Contains(':', StringComparison.Ordinal))
            {
                throw Refused(metric, "MetricTagInvalid", $"'{Printable.Of(tag)}' is no tag of the form key:value.", "Write a tag such as team:data.");
            }
        }
    }

    private static AcodeException Refused(Metric metric, string id, string message, string advice) => new(id, FailureClass.InvalidInput, message)
    {
        Advice = advice,
        Subject = metric,
        IsFatal = false,
    };
}
