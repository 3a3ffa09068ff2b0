using System.Text.Json.Nodes;
using AcodeOps.Documents;
using AcodeOps.Environments.Reading;

namespace AcodeOps.Configuration.Reading;

/// <summary>Reads the streams of a connection.</summary>
internal static class StreamReading
{
    private static readonly Dictionary<(string, string), string> Modes = new()
    {
        [("full_refresh", "append")] = "full_refresh_append",
        [("full_refresh", "overwrite")] = "full_refresh_overwrite",
        [("incremental", "append")] = "incremental_append",
        [("incremental", "append_dedup")] = "incremental_deduped_history",
        [("full_refresh", "overwrite_dedup")] = "full_refresh_overwrite_deduped",
        [("full_refresh", "update")] = "full_refresh_update",
        [("full_refresh", "soft_delete")] = "full_refresh_soft_delete",
        [("incremental", "update")] = "incremental_update",
        [("incremental", "soft_delete")] = "incremental_soft_delete",
    };

    /// <summary>The two words that a file writes for a mode of the public API.</summary>
    public static (string Source, string Destination) WordsOf(string? mode) => Modes.FirstOrDefault(known => known.Value == mode) is { Value: not null } found ? found.Key : ("full_refresh", "append");

    /// <summary>The streams that are selected, in the order of the file.</summary>
    public static Catalog Read(MappingReader r) => new([.. r.RequiredItems("streams", ReadStream).Where(stream => stream.IsSelected).Select(stream => stream.Stream)]);

    /// <summary>A stream as the public API takes it. Nothing is left to the server's defaults: a stream without a mode is overwritten.</summary>
    public static JsonNode ToJson(ConfiguredStream stream)
    {
        JsonObject json = new()
        {
            ["name"] = stream.Name,
            ["namespace"] = stream.Namespace,
            ["syncMode"] = stream.SyncMode,
            ["cursorField"] = Texts(stream.CursorField),
            ["primaryKey"] = new JsonArray([.. stream.PrimaryKey.Select(Texts)]),
        };
        if (stream.Namespace is null)
        {
            json.Remove("namespace");
        }

        if (stream.SelectedFields.Count > 0)
        {
            json["selectedFields"] = new JsonArray([.. stream.SelectedFields.Select(path => new JsonObject { ["fieldPath"] = Texts(path) })]);
        }

        return json;
    }

    private static SelectedStream ReadStream(MappingReader r)
    {
        StreamConfig config = r.RequiredSection("config", ReadConfig) ?? new(true, null, [], [], []);
        (string name, string? schema, bool hasSourceCursor) = r.RequiredSection("stream", ReadSchema) ?? new("", null, false);
        return new SelectedStream(config.IsSelected, new ConfiguredStream(r.Path, name, schema, config.SyncMode)
        {
            CursorField = config.CursorField,
            PrimaryKey = config.PrimaryKey,
            SelectedFields = config.SelectedFields,
            HasSourceCursor = hasSourceCursor,
        });
    }

    private static StreamSchema ReadSchema(MappingReader r)
    {
        foreach (string told in (string[])["json_schema", "supported_sync_modes", "default_cursor_field", "source_defined_primary_key", "is_resumable"])
        {
            _ = r.Anything(told);
        }

        return new StreamSchema(r.Required("name", ValueKinds.Text) ?? "", r.Optional("namespace", ValueKinds.Text), r.Optional("source_defined_cursor", ValueKinds.Flag) == true);
    }

    private static StreamConfig ReadConfig(MappingReader r)
    {
        string? mode = r.Required("sync_mode", ConnectionReading.OneOf("full_refresh", "incremental"));
        string? destination = r.Required("destination_sync_mode", ConnectionReading.OneOf("append", "overwrite", "append_dedup", "overwrite_dedup", "update", "soft_delete"));
        string? both = mode is null || destination is null ? null : Modes.GetValueOrDefault((mode, destination));
        if (mode is not null && destination is not null && both is null)
        {
            r.Complain("destination_sync_mode", new("InvalidValue", $"Airbyte has no {mode} with {destination}.") { Remedy = "Write full_refresh with append or overwrite, or incremental with append." });
        }

        _ = r.Optional("alias_name", ValueKinds.Text);
        bool hasSelection = r.Optional("field_selection_enabled", ValueKinds.Flag) ?? false;
        string[][] selected = [.. Items(r.Anything("selected_fields")).Select(field => TextsOf(field is MappingNode one ? one.Entries.FirstOrDefault(e => e.Key.Value == "field_path").Value : null))];
        return new StreamConfig(
            r.Optional("selected", ValueKinds.Flag) ?? true, both, TextsOf(r.Anything("cursor_field")), [.. Items(r.Anything("primary_key")).Select(TextsOf)], hasSelection ? selected : []);
    }

    private static IReadOnlyList<DocumentNode> Items(DocumentNode? node) => node is SequenceNode sequence ? sequence.Items : [];

    private static string[] TextsOf(DocumentNode? node) => [.. Items(node).OfType<ScalarNode>().Select(scalar => scalar.Value)];

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    internal sealed record Catalog(IReadOnlyList<ConfiguredStream> Streams);

    private sealed record SelectedStream(bool IsSelected, ConfiguredStream Stream);

    private sealed record StreamSchema(string Name, string? Namespace, bool HasSourceCursor);

    private sealed record StreamConfig(bool IsSelected, string? SyncMode, string[] CursorField, string[][] PrimaryKey, string[][] SelectedFields);
}
