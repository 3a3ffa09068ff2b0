using System.Text.Json.Nodes;

namespace AcodeOps.Lab.Datadog;

/// <summary>The monitors of an organization. Safe for concurrent use.</summary>
public sealed class MonitorStore
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, JsonObject> _monitors = [];
    private long _next = 1_000_001;

    /// <summary>All of them, by id.</summary>
    public IReadOnlyList<JsonObject> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _monitors.Values.Select(Copy)];
            }
        }
    }

    /// <summary>Those that have all of these tags.</summary>
    public IReadOnlyList<JsonObject> Tagged(IReadOnlyList<string> tags) =>
        [.. All.Where(monitor => tags.All(tag => ((JsonArray)monitor["tags"]!).Any(one => one!.ToString() == tag)))];

    /// <summary>Makes one.</summary>
    public JsonObject Add(JsonObject monitor)
    {
        lock (_gate)
        {
            return Keep(_next++, monitor);
        }
    }

    /// <summary>Replaces fields of one, as PUT does: options as a whole. Null when it is not there.</summary>
    public JsonObject? Change(long id, JsonObject change)
    {
        lock (_gate)
        {
            if (!_monitors.TryGetValue(id, out JsonObject? present))
            {
                return null;
            }

            JsonObject changed = Copy(present);
            foreach ((string key, JsonNode? value) in change)
            {
                changed[key] = value?.DeepClone();
            }

            return Keep(id, changed);
        }
    }

    /// <summary>Deletes one. False when it is not there.</summary>
    public bool Remove(long id)
    {
        lock (_gate)
        {
            return _monitors.Remove(id);
        }
    }

    // What the real one adds and rewrites: the other name of a simple monitor, numbers with a fraction, defaults that nobody gave.
    private JsonObject Keep(long id, JsonObject given)
    {
        JsonObject monitor = Copy(given);
        monitor["id"] = id;
        monitor["type"] = "metric alert";
        monitor["message"] ??= "";
        monitor["name"] ??= "";
        monitor["tags"] ??= new JsonArray();
        monitor["priority"] ??= null;
        monitor["multi"] = monitor["query"]!.ToString().Contains(" by {", StringComparison.Ordinal);
        monitor["overall_state"] ??= "No Data";
        monitor["created"] ??= "2026-01-01T00:00:00.000000+00:00";
        monitor["restricted_roles"] ??= null;
        JsonObject options = monitor["options"] as JsonObject ?? [];
        options["silenced"] ??= new JsonObject();
        options["new_host_delay"] ??= 300;
        options["notify_audit"] ??= false;
        if (options["thresholds"] is JsonObject thresholds && thresholds["critical"] is JsonValue critical)
        {
            thresholds["critical"] = JsonNode.Parse(critical.GetValue<double>().ToString("0.0#########", System.Globalization.CultureInfo.InvariantCulture));
        }

        if (options.Parent is null)
        {
            monitor["options"] = options;
        }

        _monitors[id] = monitor;
        return Copy(monitor);
    }

    private static JsonObject Copy(JsonObject monitor) => (JsonObject)monitor.DeepClone();
}
