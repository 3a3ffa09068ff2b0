using System.Text.Json;
using System.Text.Json.Nodes;

namespace AcodeOps.Adapters.Secrets;

/// <summary>
/// A secret's JSON object, read without regard to case. What goes wrong is told by null only: the parser's own messages
/// quote the text.
/// </summary>
internal sealed class SecretDocument
{
    private readonly JsonObject _fields;

    private SecretDocument(JsonObject fields) => _fields = fields;

    /// <summary>A document without fields.</summary>
    public static SecretDocument Empty => new([]);

    /// <summary>Reads the text; null when it is no JSON object.</summary>
    public static SecretDocument? TryParse(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonObject fields ? new SecretDocument(Unfold(fields)) : null;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The first of the fields that is there and a non-empty text or a number.</summary>
    public string? Text(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (Find(name) is JsonValue value && value.ToString() is { Length: > 0 } text)
            {
                return text;
            }
        }

        return null;
    }

    /// <summary>Sets a field under the name that it has already, or under the first of the names; null leaves it as it is.</summary>
    public void Set(JsonNode? value, params ReadOnlySpan<string> names)
    {
        if (value is null)
        {
            return;
        }

        string key = names[0];
        foreach (string name in names)
        {
            if (KeyOf(name) is { } present)
            {
                key = present;
                break;
            }
        }

        _fields[key] = value;
    }

    /// <summary>The document as text.</summary>
    public string ToJson() => _fields.ToJsonString();

    /// <summary>Whether two texts hold the same values, however they are written.</summary>
    public static bool AreEqual(string one, string? other)
    {
        try
        {
            return other is not null && JsonNode.DeepEquals(JsonNode.Parse(one), JsonNode.Parse(other));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>A mask: the fields are secrets.</summary>
    public override string ToString() => "***";

    private JsonNode? Find(string name) => KeyOf(name) is { } key ? _fields[key] : null;

    private string? KeyOf(string name) => _fields.Select(field => field.Key).FirstOrDefault(key => key.Equals(name, StringComparison.OrdinalIgnoreCase));

    // A key that is there twice makes JsonObject throw at its first use: let it be now, where it is caught.
    private static JsonObject Unfold(JsonObject fields)
    {
        _ = fields.Count;
        return fields;
    }
}
