using System.Globalization;

namespace AcodeOps.Tuning.Indexes;

/// <summary>Judges the indexes of a server by all rules.</summary>
public static class IndexAdvisor
{
    /// <summary>All rules, by their ids.</summary>
    public static IReadOnlyList<IndexRule> Rules { get; } = [.. Discovered.Of<IndexRule>().OrderBy(rule => rule.Id, StringComparer.Ordinal)];

    /// <summary>What the rules say, the most important first.</summary>
    public static IReadOnlyList<IndexAdvice> Judge(IndexedServer server)
    {
        ArgumentNullException.ThrowIfNull(server);
        return [.. Rules.SelectMany(rule => rule.Judge(server)).OrderByDescending(advice => advice.Severity)];
    }

    /// <summary>An advice as a finding about a source.</summary>
    public static Finding Finding(IndexAdvice advice, SourceDefinition source)
    {
        ArgumentNullException.ThrowIfNull(advice);
        ArgumentNullException.ThrowIfNull(source);
        return new Finding
        {
            Rule = advice.Rule,
            Severity = advice.Severity,
            Target = $"{source.Role} source{(advice.Table is null ? "" : $", {advice.Table}")}",
            Message = advice.Problem,
            Current = advice.Current,
            Proposed = advice.Proposed,
            Evidence = advice.Evidence,
            Remedy = $"{advice.Remedy}{(source.IsPartners && advice.Table is not null ? " The server is the partner's: nothing is changed there, and New-AcodeIndex writes the request to them." : "")}",
            Fingerprint = string.Create(CultureInfo.InvariantCulture, $"{source.Role}:{advice.Rule}:{advice.Table}({advice.Subject})"),
        };
    }
}
