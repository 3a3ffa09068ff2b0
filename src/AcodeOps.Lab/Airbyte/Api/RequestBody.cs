using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace AcodeOps.Lab.Airbyte.Api;

/// <summary>The JSON body of a request, read with the errors of the API it came by.</summary>
internal static class RequestBody
{
    public static async Task<JsonObject> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        try
        {
            return await JsonNode.ParseAsync(request.Body, cancellationToken: cancel) as JsonObject ?? throw Invalid(request, "The body is no JSON object.");
        }
        catch (JsonException wrong)
        {
            throw Invalid(request, $"The body is no JSON: {wrong.Message}");
        }
    }

    public static string Text(this JsonObject body, string name) =>
        body.OptionalText(name) ?? throw Problem.BadRequest($"{name} is required");

    public static string? OptionalText(this JsonObject body, string name) => body[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out string? text) => text,
        _ => throw Problem.BadRequest($"{name} is no string"),
    };

    /// <exception cref="ApiException">The member is missing, or no UUID.</exception>
    public static Guid Id(this JsonObject body, string name) =>
        Guid.TryParse(body.Text(name), out Guid id) ? id : throw Problem.BadRequest($"{name} is no UUID");

    public static JsonObject Object(this JsonObject body, string name) =>
        body[name] as JsonObject ?? throw Problem.BadRequest($"{name} is required");

    private static ApiException Invalid(HttpRequest request, string message) =>
        request.Path.StartsWithSegments("/api/public") ? Problem.BadRequest(message) : KnownException.BadRequest(message);
}
