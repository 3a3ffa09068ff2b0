using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AcodeOps.Configuration.Comparing;

/// <summary>A resource as a flat list of fields with their values, so that three of them can be laid side by side.</summary>
internal static class ResourceFields
{
    /// <summary>The field of the name.</summary>
    public const string Name = "name";

    // Put in by Airbyte, for the definition that is known anyway.
    private static readonly string[] Types = ["sourceType", "destinationType"];

    /// <summary>The fields of a resource. What is null, or an empty object, is no field.</summary>
    public static IReadOnlyDictionary<string, JsonNode> Of(ConfiguredKind kind, string name, JsonObject settings)
    {
        Dictionary<string, JsonNode> fields = new(StringComparer.Ordinal) { [Name] = name };
        if (kind == ConfiguredKind.Connection)
        {
            ConnectionFields.Add(settings, fields);
        }
        else
        {
            Add(settings, "", fields);
        }

        return fields;
    }

    /// <summary>True when two values mean the same; nothing, and an empty list, are one.</summary>
    public static bool AreSame(JsonNode? one, JsonNode? other) => (Bare(one), Bare(other)) switch
    {
        (null, null) => true,
        (JsonArray some, JsonArray others) => some.Count == others.Count && some.Zip(others).All(both => AreSame(both.First, both.Second)),
        (JsonObject some, JsonObject others) => some.Select(member => member.Key).Union(others.Select(member => member.Key)).All(key => AreSame(some[key], others[key])),
        // A file's 1 and a server's 1.0 are one number.
        (JsonValue some, JsonValue others) when (some.GetValueKind(), others.GetValueKind()) is (JsonValueKind.Number, JsonValueKind.Number) => Number(some) == Number(others),
        (JsonValue some, JsonValue others) => some.GetValueKind() == others.GetValueKind() && some.ToString() == others.ToString(),
        _ => false,
    };

    /// <summary>A value for people.</summary>
    public static string? Show(JsonNode? value) => Bare(value) switch
    {
        null => null,
        JsonArray items => string.Join(", ", items.Select(item => item is JsonArray path ? string.Join('.', path.Select(part => part?.ToString())) : item?.ToString())),
        JsonValue flag when flag.TryGetValue(out bool isSet) => isSet ? "true" : "false",
        JsonValue number when number.TryGetValue(out double amount) && number.GetValueKind() == JsonValueKind.Number => amount.ToString(CultureInfo.InvariantCulture),
        { } other => Documents.Printable.Of(other.ToString()),
    };

    private static double Number(JsonValue value) => double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture);

    private static JsonNode? Bare(JsonNode? value) => value is JsonArray { Count: 0 } or JsonObject { Count: 0 } ? null
        : value is JsonValue text && text.TryGetValue(out string? written) && written.Length == 0 ? null
        : value;

    private static void Add(JsonObject settings, string path, Dictionary<string, JsonNode> fields)
    {
        foreach ((string key, JsonNode? value) in settings)
        {
            string below = Documents.DocumentPath.Of(path, key);
            if (value is JsonObject inner)
            {
                Add(inner, below, fields);
            }
            else if (value is not null && !(path.Length == 0 && Types.Contains(key)))
            {
                fields[below] = value;
            }
        }
    }
}
