using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AcodeOps.Configuration;

namespace AcodeOps.Adapters.Airbyte;

/// <summary>What was sent to Airbyte and must not be shown when it comes back in the server's words.</summary>
internal static class SentSecrets
{
    // Members of which no connector makes a secret. Every other text may be one: only the connector's own version knows.
    private static readonly HashSet<string> Plain = new(StringComparer.Ordinal)
    {
        "host", "database", "username", "schemas", "server_timezone", "tunnel_host", "tunnel_user",
        "s3_bucket_name", "s3_bucket_path", "s3_bucket_region", "s3_endpoint", "s3_path_format", "file_name_pattern", "role_arn",
        "method", "mode", "tunnel_method", "invalid_cdc_cursor_position_behavior", "format_type", "flattening", "compression_type", "compression_codec",
        "sourceType", "destinationType",
    };

    private static readonly JsonSerializerOptions Plainly = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>All texts of a connector's settings that may be secret, the longest first, also as we and others write them in JSON.</summary>
    public static IReadOnlyCollection<string> Of(JsonObject settings) => Concealable(Texts(settings, ""));

    /// <summary>The secrets of a connection's settings: the keys with which its streams are encrypted.</summary>
    public static IReadOnlyCollection<string> OfConnection(JsonObject settings) => Concealable(
        from stream in settings["configurations"]?["streams"] as JsonArray ?? []
        from mapper in stream?["mappers"] as JsonArray ?? []
        from text in Texts(mapper?["mapperConfiguration"]?["key"], "key")
        select text);

    /// <summary>The server's text, fit to be shown, without secrets.</summary>
    public static string Concealed(string text, IEnumerable<string> secrets, int limit) => ServerText.Shown(
        secrets.Where(secret => secret.Length > 0).Aggregate(text, (rest, secret) => rest.Replace(secret, "***", StringComparison.Ordinal)), limit);

    private static IReadOnlyCollection<string> Concealable(IEnumerable<string> texts) =>
    [
        .. texts
            .Where(text => text.Length > 0 && text != AirbyteResource.Mask)
            .SelectMany(text => new[] { text, JsonSerializer.Serialize(text)[1..^1], JsonSerializer.Serialize(text, Plainly)[1..^1] })
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(text => text.Length),
    ];

    private static IEnumerable<string> Texts(JsonNode? node, string name) => node switch
    {
        JsonObject members => members.SelectMany(member => Texts(member.Value, member.Key)),
        JsonArray items => items.SelectMany(item => Texts(item, name)),
        JsonValue value when !Plain.Contains(name) && value.TryGetValue(out string? text) => [text],
        _ => [],
    };
}
