using System.Text.Json.Nodes;

namespace AcodeOps.Configuration.Comparing;

/// <summary>A connection's settings as fields; what the server writes in another way than it was given is told in one way.</summary>
internal static class ConnectionFields
{
    private static readonly string[] Plain = ["status", "namespaceDefinition", "prefix", "nonBreakingSchemaUpdatesBehavior"];

    /// <summary>The field of a stream: <c>streams[shop.orders]</c>.</summary>
    public static string Stream(string? name, string? space) => space is null ? $"streams[{name}]" : $"streams[{space}.{name}]";

    /// <summary>The stream that a field is of; null for another field.</summary>
    public static string? StreamOf(string field) => field.StartsWith("streams[", StringComparison.Ordinal) ? field[..(field.IndexOf(']', StringComparison.Ordinal) + 1)] : null;

    public static void Add(JsonObject settings, Dictionary<string, JsonNode> fields)
    {
        foreach (string key in Plain)
        {
            Add(key, settings[key], fields);
        }

        // The format counts where it is asked for only; Airbyte may keep one from before.
        if (settings["namespaceDefinition"]?.ToString() == "custom_format")
        {
            Add("namespaceFormat", settings["namespaceFormat"], fields);
        }

        JsonObject schedule = settings["schedule"] as JsonObject ?? [];
        Add("schedule.scheduleType", schedule["scheduleType"], fields);
        Add("schedule.cronExpression", CronOf(schedule), fields);
        Add("schedule.basicTiming", schedule["scheduleType"]?.ToString() == "basic" ? schedule["basicTiming"]?.ToString().ToUpperInvariant() : null, fields);
        foreach (JsonObject stream in Streams(settings))
        {
            string field = Stream(stream["name"]?.ToString(), stream["namespace"]?.ToString());
            string? mode = stream["syncMode"]?.ToString();
            fields[field] = true;
            Add($"{field}.syncMode", mode, fields);
            Add($"{field}.cursorField", stream["cursorField"], fields);
            Add($"{field}.primaryKey", Sorted(stream["primaryKey"]), fields);
            Add($"{field}.selectedFields", Sorted(new JsonArray([.. (stream["selectedFields"] as JsonArray ?? []).Select(selected => selected?["fieldPath"]?.DeepClone())])), fields);
        }
    }

    /// <summary>The streams of a connection.</summary>
    public static IEnumerable<JsonObject> Streams(JsonObject settings) => ((settings["configurations"] as JsonObject)?["streams"] as JsonArray ?? []).OfType<JsonObject>();

    private static void Add(string field, JsonNode? value, Dictionary<string, JsonNode> fields)
    {
        if (value is not (null or JsonArray { Count: 0 }))
        {
            fields[field] = value;
        }
    }

    /// <summary>A schedule's cron expression as it is written; null for another kind of schedule.</summary>
    public static string? CronOf(JsonObject schedule) => schedule["scheduleType"]?.ToString() == "cron" ? WithoutZone(schedule["cronExpression"]?.ToString()) : null;

    // The server adds the time zone to what it was given.
    private static string? WithoutZone(string? expression)
    {
        string[] parts = (expression ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 0 ? null : string.Join(' ', parts[^1] is "UTC" or "Etc/UTC" or "GMT" ? parts[..^1] : parts);
    }

    // Columns have no order here, and servers tell them in one of their own.
    private static JsonArray Sorted(JsonNode? paths) => new([.. (paths as JsonArray ?? []).Select(path => path?.DeepClone())
        .OrderBy(path => path?.ToJsonString(), StringComparer.Ordinal)]);
}
