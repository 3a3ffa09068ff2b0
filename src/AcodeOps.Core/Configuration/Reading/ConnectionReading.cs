using System.Text.Json.Nodes;
using AcodeOps.Documents;
using AcodeOps.Environments.Reading;

namespace AcodeOps.Configuration.Reading;

/// <summary>
/// Reads a connection's file, in octavia's words, into the form of the public API: what octavia calls <c>sync_catalog</c>,
/// <c>schedule_type</c> and <c>customformat</c> is there <c>configurations</c>, <c>schedule</c> and <c>custom_format</c>.
/// </summary>
internal static class ConnectionReading
{
    // What octavia wrote, and no Airbyte takes any more, or only by an API that is not supported.
    private static readonly (string Key, string Why)[] Dead =
    [
        ("operations", "normalization and dbt are gone from Airbyte"),
        ("geography", "Airbyte has no geographies any more"),
        ("resource_requirements", "the supported API cannot set a connection's resources: they are the installation's"),
    ];

    private static readonly Dictionary<string, string> NamespaceDefinitions = new(StringComparer.Ordinal)
    {
        ["source"] = "source",
        ["destination"] = "destination",
        ["customformat"] = "custom_format",
        ["custom_format"] = "custom_format",
    };

    private static readonly Dictionary<string, string> SchemaUpdates = new(StringComparer.Ordinal)
    {
        ["ignore"] = "ignore",
        ["disable"] = "disable_connection",
        ["disable_connection"] = "disable_connection",
        ["propagate_columns"] = "propagate_columns",
        ["propagate_fully"] = "propagate_fully",
    };

    public static ConfiguredResource Read(MappingReader r, ConfiguredResource resource)
    {
        string? source = r.Required("source_configuration_path", ValueKinds.Text);
        string? destination = r.Required("destination_configuration_path", ValueKinds.Text);
        (JsonObject settings, IReadOnlyList<ConfiguredStream> streams) = r.RequiredSection("configuration", ReadSettings) ?? new([], []);
        return resource with { SourcePath = source, DestinationPath = destination, Settings = settings, Streams = streams };
    }

    private static ConnectionSettings ReadSettings(MappingReader r)
    {
        string? status = r.Required("status", OneOf("active", "inactive"));
        string? definition = r.Required("namespace_definition", Translated(NamespaceDefinitions));
        string? format = r.Optional("namespace_format", ValueKinds.Text);
        string? updates = r.Optional("non_breaking_changes_preference", Translated(SchemaUpdates));
        string? prefix = r.Anything("prefix") is ScalarNode written ? written.Value : "";
        _ = r.Optional("skip_reset", ValueKinds.Flag);
        foreach ((string key, string why) in Dead)
        {
            if (r.Anything(key) is SequenceNode { Items.Count: > 0 } or ScalarNode { Value: not "auto" } or MappingNode)
            {
                r.ComplainAtKey(key, new("DeadKey", $"'{key}' has no effect: {why}.", FindingSeverity.Warning) { Remedy = "Remove it." });
            }
        }

        JsonObject settings = new()
        {
            ["status"] = status,
            ["schedule"] = ScheduleReading.Read(r),
            ["namespaceDefinition"] = definition,
            ["prefix"] = prefix,
            ["nonBreakingSchemaUpdatesBehavior"] = updates ?? "ignore",
        };
        if (definition == "custom_format")
        {
            settings["namespaceFormat"] = format;
        }

        IReadOnlyList<ConfiguredStream> streams = r.RequiredSection("sync_catalog", StreamReading.Read)?.Streams ?? [];
        settings["configurations"] = new JsonObject { ["streams"] = new JsonArray([.. streams.Select(StreamReading.ToJson)]) };
        return new ConnectionSettings(settings, streams);
    }

    /// <summary>One of some words.</summary>
    internal static ValueKind<string> OneOf(params string[] words) => Translated(words.ToDictionary(word => word, StringComparer.Ordinal));

    private static ValueKind<string> Translated(Dictionary<string, string> words) =>
        new($"one of {string.Join(", ", words.Keys)}", node => words.GetValueOrDefault(node.Value)) { Propose = text => Spelling.Nearest(text, words.Keys) };

    private sealed record ConnectionSettings(JsonObject Settings, IReadOnlyList<ConfiguredStream> Streams);
}
