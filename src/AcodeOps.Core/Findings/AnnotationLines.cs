using System.Globalization;
using AcodeOps.Documents;

namespace AcodeOps.Findings;

/// <summary>Writes findings as the lines that a pipeline's log turns into annotations: workflow commands of GitHub Actions, logging commands of Azure Pipelines.</summary>
public static class AnnotationLines
{
    /// <summary><c>::error file=acode.yaml,line=3,col=5,title=UnknownKey::…</c></summary>
    /// <param name="finding">The finding.</param>
    /// <param name="folder">Files below it are named relative to it: the repository's root.</param>
    public static string GitHub(Finding finding, string folder)
    {
        ArgumentNullException.ThrowIfNull(finding);
        string level = finding.Severity switch { FindingSeverity.Error => "error", FindingSeverity.Warning => "warning", _ => "notice" };
        string place = finding.File is null ? "" : string.Create(
            CultureInfo.InvariantCulture, $"file={Property(FindingText.Relative(finding.File, folder))},line={finding.Line ?? 1},col={finding.Column ?? 1},");
        return $"::{level} {place}title={Property(finding.Rule)}::{Data(FindingText.Whole(finding))}";
    }

    /// <summary><c>##vso[task.logissue type=error;sourcepath=acode.yaml;linenumber=3;columnnumber=5;code=UnknownKey]…</c>; what is only good to know is a plain line.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="folder">Files below it are named relative to it: the repository's root.</param>
    public static string AzureDevOps(Finding finding, string folder)
    {
        ArgumentNullException.ThrowIfNull(finding);
        if (finding.Severity == FindingSeverity.Information)
        {
            return Logged($"{finding}");
        }

        string place = finding.File is null ? "" : string.Create(
            CultureInfo.InvariantCulture, $"sourcepath={Logged(FindingText.Relative(finding.File, folder))};linenumber={finding.Line ?? 1};columnnumber={finding.Column ?? 1};");
        return $"##vso[task.logissue type={(finding.Severity == FindingSeverity.Error ? "error" : "warning")};{place}code={Logged(finding.Rule)}]{Logged(FindingText.Whole(finding))}";
    }

    // docs.github.com, workflow commands: what would end the command, or a property, is escaped.
    private static string Data(string text) => Legible.Of(text).Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);

    // learn.microsoft.com, logging commands: the same for Azure Pipelines, whose agent looks for a command anywhere in a line.
    private static string Logged(string text) => Legible.Of(text).Replace("##", "# #", StringComparison.Ordinal).Replace("%", "%AZP25", StringComparison.Ordinal).Replace(";", "%3B", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal).Replace("]", "%5D", StringComparison.Ordinal);
}
