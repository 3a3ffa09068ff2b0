using AcodeOps.Documents;

namespace AcodeOps.Configuration.Rules;

/// <summary>A standby that reads other streams, in another way or under another name, is no standby: the routes of an environment are held against its first.</summary>
internal sealed class RouteParityRule : ConfigurationRule
{
    public override IEnumerable<(string Path, Complaint Complaint)> Look(RuleContext context)
    {
        ConfiguredResource? first = context.Environment.Routes is [var preferred, ..] ? context.Project.Resources.FirstOrDefault(resource => RuleContext.IsOf(preferred, resource)) : null;
        if (first is null || first == context.Resource || !context.IsRoute(context.Resource))
        {
            yield break;
        }

        foreach (ConfiguredStream stream in first.Streams)
        {
            ConfiguredStream? same = context.Resource.Streams.FirstOrDefault(other => other.Name == stream.Name);
            if (same is null)
            {
                yield return (RuleContext.At("sync_catalog", "streams"), new("StreamMissing", $"'{Printable.Of(first.Name)}' reads {Printable.Of(stream.Name)}, and this route does not.", FindingSeverity.Warning) { Remedy = "Add the stream: after a switch its data stops." });
            }
            else if (same.SyncMode != stream.SyncMode || !same.CursorField.SequenceEqual(stream.CursorField))
            {
                yield return ($"{same.Place}.config", new("SyncModeDiffers", $"{Printable.Of(stream.Name)} is {stream.SyncMode} by '{Printable.Of(first.Name)}' and {same.SyncMode} here.", FindingSeverity.Warning) { Current = same.SyncMode, Proposed = stream.SyncMode, Remedy = "Make them the same." });
            }
        }

        if (NamespaceInPath(context.Project.Find(first.DestinationPath)) && NamespaceOf(context, first) != NamespaceOf(context, context.Resource))
        {
            yield return (RuleContext.At("namespace_definition"), new("NamespaceDiffers", $"The path of the lake's objects holds the namespace: {NamespaceOf(context, first)} by '{Printable.Of(first.Name)}' and {NamespaceOf(context, context.Resource)} here.", FindingSeverity.Warning)
            {
                Remedy = "Write namespace_definition: customformat and the same namespace_format for both.",
            });
        }

        if (context.Text("prefix") != RuleContext.TextOf(first, "prefix") && SamePlace(context, first))
        {
            yield return (RuleContext.At("prefix"), new("PrefixDiffers", $"The streams have another prefix than by '{Printable.Of(first.Name)}', in the same storage.", FindingSeverity.Warning) { Current = context.Text("prefix"), Proposed = RuleContext.TextOf(first, "prefix"), Remedy = "Make them the same, or tell the readers." });
        }
    }

    private static bool NamespaceInPath(ConfiguredResource? destination) =>
        (RuleContext.TextOf(destination, "s3_path_format") ?? "${NAMESPACE}").Contains("${NAMESPACE}", StringComparison.Ordinal);

    private static bool SamePlace(RuleContext context, ConfiguredResource first) => context.Resource.DestinationPath == first.DestinationPath;

    private static string NamespaceOf(RuleContext context, ConfiguredResource connection) => RuleContext.TextOf(connection, "namespaceDefinition") switch
    {
        "source" => RuleContext.TextOf(context.Project.Find(connection.SourcePath), "database") ?? "the source's",
        "custom_format" => RuleContext.TextOf(connection, "namespaceFormat")?.Replace("${SOURCE_NAMESPACE}", RuleContext.TextOf(context.Project.Find(connection.SourcePath), "database") ?? "the source's", StringComparison.Ordinal) ?? "",
        _ => "the destination's",
    };
}
