namespace AcodeOps.Metrics;

/// <summary>The tags under which a metric arrives: its own first, then those of its environment; a key that it has already is left as it is.</summary>
internal static class SentTags
{
    public static IReadOnlyList<string> Of(Metric metric, AcodeEnvironment environment)
    {
        HashSet<string> own = [.. metric.Tags.Select(KeyOf)];
        return [.. metric.Tags, .. environment.Metrics.Tags.Prepend($"env:{environment.Name}").Where(tag => !own.Contains(KeyOf(tag)))];
    }

    private static string KeyOf(string tag) => tag.Split(':', 2)[0];
}
