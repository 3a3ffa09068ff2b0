using System.Text.Json.Nodes;

namespace AcodeOps.Configuration.Connectors;

/// <summary>One object of a specification in the form that given settings choose: the common part, and that of the <c>oneOf</c> whose constant they name.</summary>
internal sealed record SpecificationForm
{
    /// <summary>The settings, by their keys.</summary>
    public required IReadOnlyDictionary<string, JsonObject> Properties { get; init; }

    /// <summary>The keys that must be there.</summary>
    public required IReadOnlyList<string> Required { get; init; }

    /// <summary>The key that tells the forms apart; null where there is one form only.</summary>
    public string? Discriminator { get; init; }

    /// <summary>What it may be.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>True when the settings name one of the forms.</summary>
    public bool IsChosen { get; init; }

    /// <summary>The object itself and each of its forms.</summary>
    public static IEnumerable<JsonObject> All(JsonObject type) => Forms(type).Prepend(type);

    /// <summary>The form that the settings choose.</summary>
    public static SpecificationForm Of(JsonObject type, JsonObject settings)
    {
        JsonObject[] forms = [.. Forms(type)];
        string? discriminator = forms.Length == 0 ? null : forms
            .SelectMany(form => (form["properties"] as JsonObject ?? []).Where(property => Constant(property.Value) is not null).Select(property => property.Key))
            .GroupBy(key => key).FirstOrDefault(keys => keys.Count() == forms.Length)?.Key;
        JsonObject? chosen = discriminator is null ? null : forms.FirstOrDefault(form => Constant(form["properties"]![discriminator]) == settings[discriminator]?.ToString());
        JsonObject[] parts = chosen is null ? [type] : [type, chosen];
        Dictionary<string, JsonObject> properties = new(StringComparer.Ordinal);
        foreach ((string key, JsonNode? property) in parts.SelectMany(part => part["properties"] as JsonObject ?? []))
        {
            properties[key] = property as JsonObject ?? [];
        }

        return new SpecificationForm
        {
            Properties = properties,
            Required = [.. parts.SelectMany(part => part["required"] as JsonArray ?? []).Select(key => key?.ToString()).OfType<string>().Distinct()],
            Discriminator = discriminator,
            Choices = discriminator is null ? [] : [.. forms.Select(form => Constant(form["properties"]![discriminator])).OfType<string>()],
            IsChosen = chosen is not null,
        };
    }

    private static IEnumerable<JsonObject> Forms(JsonObject type) => (type["oneOf"] as JsonArray ?? []).OfType<JsonObject>();

    private static string? Constant(JsonNode? property) => property is not JsonObject known ? null
        : known["const"] is JsonValue constant ? constant.ToString()
        : known["enum"] is JsonArray { Count: 1 } only ? only[0]?.ToString()
        : null;
}
