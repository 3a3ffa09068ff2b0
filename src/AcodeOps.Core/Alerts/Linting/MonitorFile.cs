using System.Globalization;
using AcodeOps.Documents;

namespace AcodeOps.Alerts.Linting;

/// <summary>A monitor that was read from a file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Query">Its query.</param>
internal sealed record WrittenMonitor(string Name, string Query)
{
    /// <summary>The file, and where in it the query is.</summary>
    public required (string File, int Line, int Column) At { get; init; }

    /// <summary>The threshold beside the query, from which it is an alert; null where there is none.</summary>
    public double? Critical { get; init; }

    /// <summary>The text that people get; null where there is none.</summary>
    public string? Message { get; init; }
}

/// <summary>
/// Monitors in a file, as JSON or YAML: one as Datadog's API has it, a list of them, or a list under <c>alerts</c> or <c>monitors</c>.
/// Keys that matter to nobody here are passed over: they are Datadog's.
/// </summary>
internal static class MonitorFile
{
    /// <summary>The monitors, in the order of the file.</summary>
    /// <exception cref="AcodeException"><c>AlertFileInvalid</c>: there is none in it.</exception>
    public static IReadOnlyList<WrittenMonitor> Read(IDocumentReader documents, string path)
    {
        DocumentNode root = documents.Read(path);
        DocumentNode list = root is MappingNode mapping ? Value(mapping, "alerts") ?? Value(mapping, "monitors") ?? new SequenceNode([root], root.Line, root.Column) : root;
        WrittenMonitor[] monitors = [.. (list as SequenceNode)?.Items.OfType<MappingNode>().Select(node => Read(node, path)).OfType<WrittenMonitor>() ?? []];
        return monitors.Length > 0 ? monitors : throw new AcodeException("AlertFileInvalid", FailureClass.InvalidInput, $"There is no monitor in '{path}'.")
        {
            Advice = "It should be a monitor as Datadog's API has it, with a query; a list of them; or a list under 'alerts' or 'monitors'.",
            Subject = path,
        };
    }

    private static WrittenMonitor? Read(MappingNode node, string path)
    {
        if (Value(node, "query") is not ScalarNode query)
        {
            return null;
        }

        MappingNode? thresholds = Value(node, "options") is MappingNode options ? Value(options, "thresholds") as MappingNode : null;
        return new WrittenMonitor(Text(node, "name") ?? string.Create(CultureInfo.InvariantCulture, $"line {query.Line}"), query.Value.Trim())
        {
            At = (path, query.Line, query.Column),
            Critical = thresholds is not null && double.TryParse(Text(thresholds, "critical"), NumberStyles.Float, CultureInfo.InvariantCulture, out double critical) ? critical : null,
            Message = Text(node, "message"),
        };
    }

    private static string? Text(MappingNode node, string key) => (Value(node, key) as ScalarNode)?.Value;

    private static DocumentNode? Value(MappingNode node, string key) => node.Entries.FirstOrDefault(entry => entry.Key.Value == key).Value;
}
