using System.Globalization;
using System.Xml.Linq;

namespace AcodeOps.Reports;

/// <summary>
/// Checks as the test results that pipelines read: the XML of JUnit, in the shape that Jenkins, GitHub, GitLab and Azure DevOps take. What is failed or
/// degraded is a failure, what is unknown an error: neither passes.
/// </summary>
public static class JUnitReport
{
    /// <summary>The document.</summary>
    /// <param name="checks">The checks; of none it is a document without tests.</param>
    /// <param name="environment">The environment's name.</param>
    public static string Write(IReadOnlyCollection<HealthCheck> checks, string environment)
    {
        ArgumentNullException.ThrowIfNull(checks);
        XElement suites = new(
            "testsuites",
            new XAttribute("name", XmlText.Of($"AcodeOps health of {environment}")),
            Counts([.. checks]),
            checks.GroupBy(check => check.Component).OrderBy(suite => suite.Key).Select(suite => new XElement(
                "testsuite",
                new XAttribute("name", suite.Key.ToString()),
                new XAttribute("timestamp", suite.Min(check => check.CheckedAt).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)),
                Counts([.. suite]),
                suite.Select(Case))));
        return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + suites.ToString().ReplaceLineEndings("\n") + "\n";
    }

    private static XElement Case(HealthCheck check) => new(
        "testcase",
        new XAttribute("classname", $"acode.{check.Component}"),
        new XAttribute("name", XmlText.Of(check.Target)),
        new XAttribute("time", Seconds(check.LatencyMs)),
        Result(check),
        check.Evidence.Count == 0 ? null : new XElement("system-out", XmlText.Of(string.Join('\n', check.Evidence))));

    private static XElement? Result(HealthCheck check) => check.Verdict == Verdict.Healthy ? null : new XElement(
        check.Verdict == Verdict.Unknown ? "error" : "failure",
        new XAttribute("type", check.ErrorId ?? check.Verdict.ToString()),
        new XAttribute("message", XmlText.Of($"{check.Verdict}: {check.Summary}")),
        XmlText.Of(check.Remedy ?? ""));

    private static XAttribute[] Counts(HealthCheck[] checks) =>
    [
        new("tests", checks.Length),
        new("failures", checks.Count(check => check.Verdict is Verdict.Failed or Verdict.Degraded)),
        new("errors", checks.Count(check => check.Verdict == Verdict.Unknown)),
        new("time", Seconds(checks.Sum(check => check.LatencyMs))),
    ];

    private static string Seconds(double milliseconds) => (milliseconds / 1000).ToString("0.000", CultureInfo.InvariantCulture);
}
