using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AcodeOps.Alerts.Queries;

namespace AcodeOps.Alerts.Publishing;

/// <summary>
/// A rule as a monitor of Datadog, with the fields that AcodeOps answers for; what else a monitor has (silences, roles, its
/// creator) is whoever's it is. Source: Datadog's API, version 1, "Create a monitor".
/// </summary>
public sealed record DatadogMonitor
{
    /// <summary>The tag of every monitor that AcodeOps keeps.</summary>
    public const string OwnerTag = "managed-by:acodeops";

    private const string RuleKey = "acode_rule:";
    private const string ContentKey = "acode_content:";

    // Datadog asks for at least ten minutes of silence before it counts as one.
    private const int ShortestSilence = 10;

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private DatadogMonitor(string rule, JsonObject body)
    {
        Rule = rule;
        Body = body;
    }

    /// <summary>The rule's id.</summary>
    public string Rule { get; }

    /// <summary>Its body, as the API takes it.</summary>
    public JsonObject Body { get; }

    /// <summary>Its name.</summary>
    public string Name => (string)Body["name"]!;

    /// <summary>The monitor of a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="notify">Who is told, each as <c>@pagerduty-acode</c>.</param>
    /// <param name="tags">Further tags, each as <c>key:value</c>.</param>
    public static DatadogMonitor Of(AlertRule rule, IReadOnlyList<string> notify, IReadOnlyList<string> tags)
    {
        ArgumentNullException.ThrowIfNull(rule);
        JsonObject options = new()
        {
            ["include_tags"] = true,
            ["notify_no_data"] = rule.FiresWhenMissing,
            // What comes every few minutes never fills a window second by second: it would be skipped for ever.
            ["require_full_window"] = false,
            ["thresholds"] = new JsonObject { ["critical"] = rule.Threshold },
        };
        if (rule.FiresWhenMissing)
        {
            options["no_data_timeframe"] = Math.Max(rule.WindowMinutes, ShortestSilence);
        }

        JsonObject body = new()
        {
            ["name"] = $"[{rule.Environment}] {rule.Title}",
            ["type"] = "query alert",
            ["query"] = rule.DatadogQuery,
            ["message"] = string.Join("\n\n", new[] { rule.Meaning, rule.Advice, string.Join(' ', notify) }.Where(part => part.Length > 0)),
            ["priority"] = PriorityOf(rule.Severity),
            ["options"] = options,
        };
        string[] own = [OwnerTag, $"env:{rule.Environment}", RuleKey + rule.Id, $"severity:{rule.Severity}", .. tags];
        body["tags"] = new JsonArray([.. own.Select(DatadogQuery.Tag).Distinct().Append(ContentKey + HashOf(body)).Select(tag => JsonValue.Create(tag))]);
        return new DatadogMonitor(rule.Id, body);
    }

    /// <summary>The id of the rule that a monitor was made of; null where it was not made by AcodeOps.</summary>
    public static string? RuleOf(JsonObject monitor) => TagsOf(monitor) is { } tags && tags.Contains(OwnerTag)
        ? tags.FirstOrDefault(tag => tag.StartsWith(RuleKey, StringComparison.Ordinal))?[RuleKey.Length..]
        : null;

    /// <summary>Whether a monitor was changed at Datadog since it was written: what it holds is not what its own tag says.</summary>
    public static bool IsEdited(JsonObject monitor) =>
        TagsOf(monitor).FirstOrDefault(tag => tag.StartsWith(ContentKey, StringComparison.Ordinal)) is not { } content || content[ContentKey.Length..] != HashOf(monitor);

    /// <summary>The fields in which a monitor is not as it is to be; empty when nothing needs to be done.</summary>
    public IReadOnlyList<string> DifferencesFrom(JsonObject live)
    {
        ArgumentNullException.ThrowIfNull(live);
        List<string> differences = [.. Fields.Where(field => Text(field.Of(Body)) != Text(field.Of(live))).Select(field => field.Name)];
        if (!TagsOf(Body).ToHashSet().IsSubsetOf(TagsOf(live)))
        {
            differences.Add("tags");
        }

        return differences;
    }

    /// <summary>What a monitor becomes: ours over what it has, so that nobody's silence, role or own tag is lost.</summary>
    public JsonObject Over(JsonObject live)
    {
        ArgumentNullException.ThrowIfNull(live);
        JsonObject merged = (JsonObject)Body.DeepClone();
        JsonObject options = live["options"] is JsonObject present ? (JsonObject)present.DeepClone() : [];
        if ((bool?)Body["options"]!["notify_no_data"] != true)
        {
            options.Remove("no_data_timeframe");
        }

        foreach ((string key, JsonNode? value) in (JsonObject)Body["options"]!)
        {
            options[key] = value is JsonObject ours && options[key] is JsonObject theirs ? Merged(theirs, ours) : value?.DeepClone();
        }

        merged["options"] = options;
        string[] foreign = [.. TagsOf(live).Where(tag => !tag.StartsWith(ContentKey, StringComparison.Ordinal) && !tag.StartsWith(RuleKey, StringComparison.Ordinal) && !tag.StartsWith("severity:", StringComparison.Ordinal))];
        merged["tags"] = new JsonArray([.. TagsOf(Body).Union(foreign).Select(tag => JsonValue.Create(tag))]);
        return merged;
    }

    private static JsonObject Merged(JsonObject theirs, JsonObject ours)
    {
        JsonObject merged = (JsonObject)theirs.DeepClone();
        foreach ((string key, JsonNode? value) in ours)
        {
            merged[key] = value?.DeepClone();
        }

        return merged;
    }

    // Tags are left out: people put their own beside ours.
    private static IEnumerable<(string Name, Func<JsonObject, JsonNode?> Of)> Fields =>
    [
        .. new[] { "name", "query", "message", "priority" }.Select(name => (name, (Func<JsonObject, JsonNode?>)(monitor => monitor[name]))),
        // Datadog calls a simple one by the other name, whatever it was made as.
        ("type", monitor => (string?)monitor["type"] == "metric alert" ? "query alert" : monitor["type"]),
        .. new[] { "include_tags", "notify_no_data", "require_full_window", "no_data_timeframe" }.Select(name => ("options." + name, (Func<JsonObject, JsonNode?>)(monitor => Option(monitor, name)))),
        ("options.thresholds", monitor => monitor["options"]?["thresholds"]?["critical"]),
    ];

    // How long nothing may come matters only where that is told.
    private static JsonNode? Option(JsonObject monitor, string name) =>
        name == "no_data_timeframe" && monitor["options"]?["notify_no_data"]?.GetValue<bool>() != true ? null : monitor["options"]?[name];

    private static string HashOf(JsonObject monitor)
    {
        string content = string.Join('\n', Fields.Select(field => $"{field.Name}={Text(field.Of(monitor))}"));
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(content)))[..12].ToLowerInvariant();
    }

    // 3 and 3.0 are the same, and Datadog writes what it likes.
    private static string Text(JsonNode? node) => node switch
    {
        null => "",
        JsonValue value when value.TryGetValue(out double number) => DatadogQuery.Number(number),
        JsonValue value when value.TryGetValue(out int number) => DatadogQuery.Number(number),
        _ => node.ToJsonString(Json),
    };

    private static string[] TagsOf(JsonObject monitor) => monitor["tags"] is JsonArray tags ? [.. tags.OfType<JsonValue>().Select(tag => tag.ToString())] : [];

    private static int PriorityOf(NotificationSeverity severity) => severity switch
    {
        NotificationSeverity.Critical => 1,
        NotificationSeverity.Error => 2,
        NotificationSeverity.Warning => 3,
        _ => 4,
    };
}
