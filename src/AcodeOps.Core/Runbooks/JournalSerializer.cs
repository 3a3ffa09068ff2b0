using System.Text.Json;
using System.Text.Json.Serialization;

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
            return JsonSerializer.Deserialize<T>(content, Options) ?? throw new FormatException("It is empty.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second of them is what the reader has for a name that is no UTF-8.
            throw new FormatException(e.Message, e);
        }
    }
}
