using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AcodeOps.Lab.Datadog;

/// <summary>
/// Judges a monitor as Datadog's API does: by the fields, types and values of its published schema (version 1, Monitor and
/// MonitorOptions), and by what its documentation says of metric queries. What is not in the schema is a fault here: the real one drops it silently.
/// </summary>
public static partial class MonitorDocument
{
    private static readonly string[] Types = ["query alert", "metric alert"];

    private static readonly Dictionary<string, JsonValueKind[]> Fields = new()
    {
        ["name"] = [JsonValueKind.String],
        ["type"] = [JsonValueKind.String],
        ["query"] = [JsonValueKind.String],
        ["message"] = [JsonValueKind.String],
        ["priority"] = [JsonValueKind.Number, JsonValueKind.Null],
        ["tags"] = [JsonValueKind.Array],
        ["options"] = [JsonValueKind.Object],
        ["restricted_roles"] = [JsonValueKind.Array, JsonValueKind.Null],
    };

    private static readonly Dictionary<string, JsonValueKind[]> Options = new()
    {
        ["thresholds"] = [JsonValueKind.Object],
        ["notify_no_data"] = [JsonValueKind.True, JsonValueKind.False],
        ["no_data_timeframe"] = [JsonValueKind.Number, JsonValueKind.Null],
        ["require_full_window"] = [JsonValueKind.True, JsonValueKind.False],
        ["include_tags"] = [JsonValueKind.True, JsonValueKind.False],
        ["notify_audit"] = [JsonValueKind.True, JsonValueKind.False],
        ["new_host_delay"] = [JsonValueKind.Number, JsonValueKind.Null],
        ["new_group_delay"] = [JsonValueKind.Number, JsonValueKind.Null],
        ["renotify_interval"] = [JsonValueKind.Number, JsonValueKind.Null],
        ["evaluation_delay"] = [JsonValueKind.Number, JsonValueKind.Null],
        ["timeout_h"] = [JsonValueKind.Number, JsonValueKind.Null],
        ["silenced"] = [JsonValueKind.Object],
    };

    /// <summary>What is wrong with it; null when it is taken.</summary>
    public static string? FaultOf(JsonObject monitor)
    {
        if (FaultOf(monitor, Fields, "") is { } fault)
        {
            return fault;
        }

        if (monitor["type"]?.ToString() is not { } type || !Types.Contains(type))
        {
            return "Invalid monitor type";
        }

        if (monitor["query"]?.ToString() is not { } query || MetricQuery().Match(query) is not { Success: true } parts)
        {
            return "The value provided for parameter 'query' is invalid";
        }

        if (monitor["priority"] is JsonValue priority && (!priority.TryGetValue(out int rank) || rank is < 1 or > 5))
        {
            return "Priority must be between 1 and 5";
        }

        if (monitor["tags"] is JsonArray tags && tags.FirstOrDefault(tag => tag is not JsonValue value || value.GetValueKind() != JsonValueKind.String || value.ToString().Length > 200) is { } odd)
        {
            return $"Invalid tag {odd.ToJsonString()}";
        }

        return monitor["options"] is JsonObject options ? FaultOf(options, parts) : null;
    }

    private static string? FaultOf(JsonObject options, Match query)
    {
        if (FaultOf(options, Options, "options.") is { } fault)
        {
            return fault;
        }

        double threshold = double.Parse(query.Groups["threshold"].Value, CultureInfo.InvariantCulture);
        if (options["thresholds"] is JsonObject thresholds && thresholds["critical"]?.GetValue<double>() != threshold)
        {
            return $"Alert threshold ({thresholds["critical"]}) does not match that used in the query ({threshold.ToString(CultureInfo.InvariantCulture)})";
        }

        int minutes = int.Parse(query.Groups["length"].Value, CultureInfo.InvariantCulture) * query.Groups["unit"].Value switch { "m" => 1, "h" => 60, "d" => 1440, _ => 10_080 };
        if (minutes is < 1 or > 10_080)
        {
            return "The evaluation window is out of range";
        }

        return options["no_data_timeframe"] is JsonValue silence && options["notify_no_data"]?.GetValue<bool>() == true && silence.GetValue<double>() < Math.Min(minutes, 1440)
            ? "no_data_timeframe must not be shorter than the evaluation window"
            : null;
    }

    private static string? FaultOf(JsonObject given, Dictionary<string, JsonValueKind[]> known, string place)
    {
        foreach ((string key, JsonNode? value) in given)
        {
            if (!known.TryGetValue(key, out JsonValueKind[]? kinds))
            {
                return $"{place}{key} is not a field of a monitor";
            }

            if (!kinds.Contains(value?.GetValueKind() ?? JsonValueKind.Null))
            {
                return $"{place}{key} has a wrong type";
            }
        }

        return null;
    }

    // time_aggr(time_window):space_aggr:metric{tags} [by {key}] [.as_count()] [/ the same] operator #
    [GeneratedRegex(@"^(avg|sum|max|min)\(last_(?<length>\d+)(?<unit>[mhdw])\):\s*(?<series>(avg|sum|min|max):[A-Za-z][\w.]*\{(\*|[^{},]+(,[^{},]+)*)\}(\s+by\s+\{[\w.\-]+(,[\w.\-]+)*\})?(\.as_(count|rate)\(\))?)(\s*/\s*(avg|sum|min|max):[A-Za-z][\w.]*\{(\*|[^{},]+(,[^{},]+)*)\}(\s+by\s+\{[\w.\-]+(,[\w.\-]+)*\})?(\.as_(count|rate)\(\))?)?\s+(<=|>=|<|>|==|!=)\s+(?<threshold>-?\d+(\.\d+)?)$")]
    private static partial Regex MetricQuery();
}
