using System.Text.Json;
using System.Text.Json.Nodes;

namespace AcodeOps.Lab.Airbyte.Api;

/// <summary>What a connector's configuration schema says about a configuration: its faults, and which of its members are secret.</summary>
internal static class ConfigurationSchema
{
    /// <summary>What every read shows in place of a secret.</summary>
    public const string Mask = "**********";

    /// <summary>The first fault, as a sentence; null when there is none.</summary>
    public static string? FindFault(JsonNode? value, JsonObject schema, string path = "$")
    {
        string type = (string)schema["type"]!;
        if (!IsOf(type, value))
        {
            return $"{path}: {Describe(value)} found, {type} expected";
        }

        if (schema["enum"] is JsonArray allowed && !allowed.Any(a => JsonNode.DeepEquals(a, value)))
        {
            return $"{path}: does not have a value in the enumeration {allowed.ToJsonString()}";
        }

        if (type == "integer" && ((double?)schema["minimum"] > (double)value! || (double?)schema["maximum"] < (double)value!))
        {
            return $"{path}: must be between {schema["minimum"]} and {schema["maximum"]}";
        }

        if (value is not JsonObject members || schema["properties"] is not JsonObject properties)
        {
            return null;
        }

        string? missing = (schema["required"] as JsonArray)?.Select(r => (string)r!).FirstOrDefault(r => members[r] is null);
        return missing is not null
            ? $"{path}: required property '{missing}' not found"
            : properties.Where(p => members[p.Key] is not null)
                .Select(p => FindFault(members[p.Key], p.Value!.AsObject(), $"{path}.{p.Key}"))
                .FirstOrDefault(fault => fault is not null);
    }

    /// <summary>A copy with every secret masked.</summary>
    public static JsonObject Masked(JsonObject configuration, JsonObject schema)
    {
        JsonObject copy = configuration.DeepClone().AsObject();
        VisitSecrets(copy, schema, (parent, name) => parent[name] = Mask);
        return copy;
    }

    /// <summary>PUT: a mask means "as it was". (PATCH has no such handling: there the mask itself is stored, as on a real server.)</summary>
    public static JsonObject WithKeptSecrets(JsonObject given, JsonObject before, JsonObject schema)
    {
        JsonObject copy = given.DeepClone().AsObject();
        VisitSecrets(copy, schema, (parent, name) =>
        {
            if (parent[name] is JsonValue value && value.TryGetValue(out string? text) && text == Mask)
            {
                string[] path = parent.GetPath().Split('.', StringSplitOptions.RemoveEmptyEntries)[1..];
                JsonNode? old = path.Aggregate((JsonNode?)before, (node, step) => node?[step]);
                parent[name] = old?[name]?.DeepClone();
            }
        });
        return copy;
    }

    /// <summary>PATCH: objects are merged member by member, everything else is replaced; nothing is ever taken away.</summary>
    public static JsonObject Merged(JsonObject before, JsonObject patch)
    {
        JsonObject merged = before.DeepClone().AsObject();
        foreach ((string name, JsonNode? value) in patch)
        {
            merged[name] = value is JsonObject inner && merged[name] is JsonObject old ? Merged(old, inner) : value?.DeepClone();
        }

        return merged;
    }

    /// <summary>Calls <paramref name="visit"/> with each secret that is there, as its parent and its name; it may replace it.</summary>
    public static void VisitSecrets(JsonObject value, JsonObject schema, Action<JsonObject, string> visit)
    {
        foreach ((string name, JsonNode? property) in schema["properties"]?.AsObject() ?? [])
        {
            if (value[name] is JsonObject inner)
            {
                VisitSecrets(inner, property!.AsObject(), visit);
            }
            else if (value[name] is not null && property!["airbyte_secret"] is not null)
            {
                visit(value, name);
            }
        }
    }

    private static bool IsOf(string type, JsonNode? value) => type switch
    {
        "object" => value is JsonObject,
        "string" => value?.GetValueKind() == JsonValueKind.String,
        "boolean" => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        "integer" => value?.GetValueKind() == JsonValueKind.Number && value.AsValue().TryGetValue(out double number) && double.IsInteger(number),
        _ => true,
    };

    private static string Describe(JsonNode? value) => value?.GetValueKind().ToString().ToLowerInvariant() ?? "null";
}
