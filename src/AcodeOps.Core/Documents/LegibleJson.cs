using System.Text.Json;
using System.Text.Unicode;

namespace AcodeOps.Documents;

/// <summary>
/// JSON from elsewhere, taken only where all of its text can be read. The reader of .NET finds text that is none (no UTF-8, or
/// half of a surrogate pair as <c>\ud800</c>) when it is asked for, which is too late to say what was damaged.
/// </summary>
public static class LegibleJson
{
    /// <summary>Reads a document whole.</summary>
    /// <exception cref="JsonException">It is no JSON, or holds text that is none.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> content, JsonDocumentOptions options = default)
    {
        Check(content.Span);
        return JsonDocument.Parse(content, options);
    }

    /// <summary>Refuses what holds text that is none.</summary>
    /// <exception cref="JsonException">It is no JSON, or holds text that is none.</exception>
    public static void Check(ReadOnlySpan<byte> content)
    {
        if (!Utf8.IsValid(content))
        {
            throw new JsonException("It is no UTF-8.");
        }

        // Only what is written as an escape can be half a pair.
        if (content.IndexOf("\\u"u8) < 0)
        {
            return;
        }

        Utf8JsonReader reader = new(content);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
            {
                CheckText(ref reader);
            }
        }
    }

    private static void CheckText(ref Utf8JsonReader reader)
    {
        try
        {
            reader.GetString();
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("It holds half of a surrogate pair, which is no text.", e);
        }
    }
}
