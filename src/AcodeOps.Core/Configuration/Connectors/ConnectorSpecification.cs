using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AcodeOps.Documents;

namespace AcodeOps.Configuration.Connectors;

/// <summary>
/// What a connector takes as its settings, by the JSON schema that it publishes (Airbyte protocol, <c>connectionSpecification</c>):
/// types, choices, ranges, what must be there, which of several forms is meant (<c>oneOf</c>, told apart by a constant), and
/// which settings are secret (<c>airbyte_secret</c>).
/// </summary>
/// <param name="name">The connector's name, for people.</param>
/// <param name="schema">The schema.</param>
internal sealed class ConnectorSpecification(string name, JsonObject schema)
{
    // An answer of a server's may say anything.
    private static readonly TimeSpan PatternLimit = TimeSpan.FromMilliseconds(100);

    // Airbyte puts these in by itself.
    private static readonly string[] Types = ["sourceType", "destinationType"];

    /// <summary>The connector's name, for people.</summary>
    public string Name => name;

    /// <summary>The paths of all settings that are secret: <c>ssl_mode.client_key</c>.</summary>
    public IReadOnlyList<string> SecretPaths { get; } = [.. Secrets(schema, "").Distinct()];

    /// <summary>The default of each setting that has one, by its path, for the form that the settings choose.</summary>
    public IReadOnlyDictionary<string, JsonNode> Defaults(JsonObject settings)
    {
        Dictionary<string, JsonNode> defaults = new(StringComparer.Ordinal);
        AddDefaults(settings, schema, "", defaults);
        return defaults;
    }

    /// <summary>What is wrong or doubtful about settings, each with the path of the setting.</summary>
    public IEnumerable<(string Path, Complaint Complaint)> Judge(JsonObject settings) => Judge(settings, schema, "");

    private IEnumerable<(string Path, Complaint Complaint)> Judge(JsonNode? value, JsonObject type, string path)
    {
        if (Mistyped(value, type) is { } expected)
        {
            return [(path, new("WrongType", $"'{path}' must be {expected}.") { Remedy = $"{name} takes {expected} there; a variable's value is always text." })];
        }

        return value is JsonObject members ? JudgeMembers(members, type, path) : Choice(value, type, path) is { } wrong ? [(path, wrong)] : [];
    }

    private IEnumerable<(string Path, Complaint Complaint)> JudgeMembers(JsonObject members, JsonObject type, string path)
    {
        SpecificationForm form = SpecificationForm.Of(type, members);
        if (form.Discriminator is { } discriminator && !form.IsChosen)
        {
            string? written = members[discriminator]?.ToString();
            yield return (DocumentPath.Of(path, discriminator), new(written is null ? "MissingKey" : "InvalidValue", $"'{DocumentPath.Of(path, discriminator)}' must be one of {string.Join(", ", form.Choices)}.")
            {
                Current = written is null ? null : Printable.Of(written),
                Proposed = written is null ? null : Spelling.Nearest(written, form.Choices),
                Remedy = $"Write one of {string.Join(", ", form.Choices)}.",
            });
            yield break;
        }

        foreach (string missing in form.Required.Where(key => members[key] is null && !Types.Contains(key)))
        {
            yield return (path, new("MissingKey", $"'{DocumentPath.Of(path, missing)}' is missing: {name} needs it.") { Remedy = $"Add {missing}." });
        }

        foreach ((string key, JsonNode? value) in members)
        {
            string below = DocumentPath.Of(path, key);
            if (form.Properties.GetValueOrDefault(key) is { } property)
            {
                foreach ((string, Complaint) wrong in Judge(value, property, below))
                {
                    yield return wrong;
                }
            }
            else if (form.Properties.Count > 0 && !Types.Contains(key))
            {
                string? nearest = Spelling.Nearest(key, form.Properties.Keys.Where(known => !members.ContainsKey(known)));
                yield return (below, new("UnknownKey", $"{name} has no setting '{Printable.Of(below)}': the server takes it, and nothing looks at it.", FindingSeverity.Warning)
                {
                    Current = Printable.Of(key),
                    Proposed = nearest,
                    Evidence = $"Known here: {string.Join(", ", form.Properties.Keys)}.",
                    Remedy = nearest is null ? "Remove it." : $"Write '{nearest}', in its unit, or remove it.",
                });
            }
        }
    }

    private static string? Mistyped(JsonNode? value, JsonObject type) => (string?)(type["type"] is JsonValue single ? single : null) switch
    {
        "object" when value is not JsonObject => "a mapping of keys and values",
        "array" when value is not JsonArray => "a list",
        "string" when value?.GetValueKind() != JsonValueKind.String => "text",
        "boolean" when value?.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False) => "true or false, without quotes",
        "integer" when !(value is JsonValue whole && whole.TryGetValue(out long _)) => "a whole number, without quotes",
        "number" when value?.GetValueKind() != JsonValueKind.Number => "a number, without quotes",
        _ => null,
    };

    // The value itself is shown only where it is no secret.
    private static Complaint? Choice(JsonNode? value, JsonObject type, string path)
    {
        string? shown = type["airbyte_secret"] is null ? value?.ToString() : null;
        if (type["enum"] is JsonArray allowed && !allowed.Any(choice => JsonNode.DeepEquals(choice, value)))
        {
            string[] words = [.. allowed.Select(choice => choice?.ToString() ?? "").Where(word => word.Length > 0)];
            string? nearest = shown is null ? null : words.FirstOrDefault(word => word.Equals(shown, StringComparison.OrdinalIgnoreCase)) ?? Spelling.Nearest(shown, words);
            return new("InvalidValue", $"'{path}' must be one of {string.Join(", ", words)}.") { Current = shown, Proposed = nearest, Remedy = nearest is null ? "Write one of these." : $"Write {nearest}." };
        }

        if (value is JsonValue number && number.TryGetValue(out long whole) && ((double?)type["minimum"] > whole || (double?)type["maximum"] < whole))
        {
            return new("InvalidValue", string.Create(CultureInfo.InvariantCulture, $"'{path}' must be from {type["minimum"]} to {type["maximum"]}.")) { Current = shown, Remedy = "Correct the number." };
        }

        return type["pattern"] is JsonValue pattern && value?.GetValueKind() == JsonValueKind.String && !Fits((string)value!, (string)pattern!)
            ? new("InvalidValue", $"'{path}' does not have the form that the connector wants.") { Current = shown, Evidence = $"Its pattern is {pattern}.", Remedy = "Correct it." }
            : null;
    }

    private static bool Fits(string text, string pattern)
    {
        try
        {
            return Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant, PatternLimit);
        }
        catch (Exception e) when (e is ArgumentException or RegexMatchTimeoutException)
        {
            // A pattern of another dialect: the server will judge.
            return true;
        }
    }

    private static IEnumerable<string> Secrets(JsonObject type, string path)
    {
        foreach (JsonObject form in SpecificationForm.All(type))
        {
            foreach ((string key, JsonNode? property) in form["properties"] as JsonObject ?? [])
            {
                string below = DocumentPath.Of(path, key);
                if (property is JsonObject known)
                {
                    foreach (string secret in known["airbyte_secret"] is JsonValue flag && flag.GetValueKind() == JsonValueKind.True ? [below] : Secrets(known, below))
                    {
                        yield return secret;
                    }
                }
            }
        }
    }

    private static void AddDefaults(JsonObject members, JsonObject type, string path, Dictionary<string, JsonNode> defaults)
    {
        foreach ((string key, JsonObject property) in SpecificationForm.Of(type, members).Properties)
        {
            string below = DocumentPath.Of(path, key);
            if (members[key] is JsonObject inner)
            {
                AddDefaults(inner, property, below, defaults);
            }
            else if (property["default"] is JsonValue value)
            {
                defaults[below] = value;
            }
        }
    }
}
