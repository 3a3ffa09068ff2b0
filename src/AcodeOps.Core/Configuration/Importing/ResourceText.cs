using System.Globalization;
using System.Text.Json.Nodes;
using AcodeOps.Configuration.Comparing;
using AcodeOps.Configuration.Connectors;
using AcodeOps.Configuration.Reading;

namespace AcodeOps.Configuration.Importing;

/// <summary>Writes what Airbyte has as a file of octavia's.</summary>
internal static class ResourceText
{
    /// <summary>The file of a source or a destination.</summary>
    /// <param name="resource">What Airbyte has, secrets masked.</param>
    /// <param name="secrets">What its secrets are known to be taken from, by path.</param>
    public static string OfActor(AirbyteResource resource, IReadOnlyDictionary<string, string> secrets)
    {
        JsonObject settings = SettingPath.WithReferences(resource.Settings, secrets);
        settings.Remove("sourceType");
        settings.Remove("destinationType");
        string text = YamlText.Of(new JsonObject
        {
            ["resource_name"] = resource.Name,
            ["definition_type"] = resource.Kind == ConfiguredKind.Source ? "source" : "destination",
            ["definition_id"] = $"{resource.DefinitionId}",
            ["definition_image"] = ConnectorSpecifications.ImageOf(resource.DefinitionId),
            ["configuration"] = settings,
        });

        // In quotes, a variable would be text.
        return secrets.Values.Where(reference => reference.StartsWith("${", StringComparison.Ordinal))
            .Aggregate(text, (written, reference) => written.Replace($"\"{reference}\"", reference, StringComparison.Ordinal));
    }

    /// <summary>The file of a connection.</summary>
    /// <param name="resource">What Airbyte has.</param>
    /// <param name="source">The source's file.</param>
    /// <param name="destination">The destination's file.</param>
    public static string OfConnection(AirbyteResource resource, string source, string destination)
    {
        JsonObject settings = resource.Settings;
        string definition = settings["namespaceDefinition"]?.ToString() ?? "destination";
        JsonObject configuration = new()
        {
            ["status"] = settings["status"]?.ToString() == "active" ? "active" : "inactive",
            ["namespace_definition"] = definition == "custom_format" ? "customformat" : definition,
        };
        if (definition == "custom_format")
        {
            configuration["namespace_format"] = settings["namespaceFormat"]?.ToString();
        }

        configuration["prefix"] = settings["prefix"]?.ToString() ?? "";
        configuration["non_breaking_changes_preference"] = settings["nonBreakingSchemaUpdatesBehavior"]?.ToString() ?? "ignore";
        AddSchedule(configuration, settings["schedule"] as JsonObject ?? []);
        configuration["sync_catalog"] = new JsonObject { ["streams"] = new JsonArray([.. ConnectionFields.Streams(settings).Select(Stream)]) };
        return YamlText.Of(new JsonObject
        {
            ["definition_type"] = "connection",
            ["resource_name"] = resource.Name,
            ["source_configuration_path"] = source,
            ["destination_configuration_path"] = destination,
            ["configuration"] = configuration,
        });
    }

    private static void AddSchedule(JsonObject configuration, JsonObject schedule)
    {
        string type = schedule["scheduleType"]?.ToString() ?? "manual";
        configuration["schedule_type"] = type;
        if (ConnectionFields.CronOf(schedule) is { } cron)
        {
            configuration["schedule_data"] = new JsonObject { ["cron"] = new JsonObject { ["cron_expression"] = cron, ["cron_time_zone"] = "UTC" } };
        }
        else if (type == "basic" && schedule["basicTiming"]?.ToString().Split(' ') is [_, var units, var unit] && int.TryParse(units, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            configuration["schedule_data"] = new JsonObject { ["basic_schedule"] = new JsonObject { ["time_unit"] = unit.ToLowerInvariant(), ["units"] = number } };
        }
    }

    private static JsonNode Stream(JsonObject stream)
    {
        (string mode, string destination) = StreamReading.WordsOf(stream["syncMode"]?.ToString());
        JsonObject config = new() { ["selected"] = true, ["sync_mode"] = mode, ["destination_sync_mode"] = destination };
        AddFilled(config, "cursor_field", stream["cursorField"]);
        AddFilled(config, "primary_key", stream["primaryKey"]);
        if (stream["selectedFields"] is JsonArray { Count: > 0 } fields)
        {
            config["field_selection_enabled"] = true;
            config["selected_fields"] = new JsonArray([.. fields.Select(field => new JsonObject { ["field_path"] = field?["fieldPath"]?.DeepClone() })]);
        }

        JsonObject described = new() { ["name"] = stream["name"]?.ToString() };
        if (stream["namespace"] is { } space)
        {
            described["namespace"] = space.ToString();
        }

        described["json_schema"] = new JsonObject();
        described["supported_sync_modes"] = new JsonArray("full_refresh", "incremental");
        return new JsonObject { ["config"] = config, ["stream"] = described };
    }

    private static void AddFilled(JsonObject config, string key, JsonNode? list)
    {
        if (list is JsonArray { Count: > 0 })
        {
            config[key] = list.DeepClone();
        }
    }
}
