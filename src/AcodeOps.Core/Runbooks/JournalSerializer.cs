using System.Text.Json;
using System.Text.Json.Serialization;
using AcodeOps.Documents;

namespace AcodeOps.Runbooks;

/// <summary>The form of journal entries: one line of JSON, names in snake case.</summary>
internal static class JournalSerializer
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>A kind as stored: <c>step_started</c>.</summary>
    public static string NameOf(JournalEntryKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());

    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);

    /// <exception cref="FormatException">It is no such document.</exception>
    public static T Read<T>(ReadOnlySpan<byte> content)
    {
        try
        {
            // Facts are read only when they are asked for: what is no text has to be found before.
            LegibleJson.Check(content);
            return JsonSerializer.Deserialize<T>(content, Options) ?? throw new FormatException("It is empty.");
        }
        catch (JsonException e)
        {
            throw new FormatException(e.Message, e);
        }
    }
}
