using System.Text.Json.Nodes;

namespace AcodeOps.Lab.Airbyte.Api;

/// <summary>The errors of the public API: shaped like RFC 9457, but application/json.</summary>
internal static class Problem
{
    private const string Reference = "https://reference.airbyte.com/reference/errors";

    public static ApiException BadRequest(string message) => Make(400, "bad-request", "The request could not be processed.", message);

    public static ApiException ValueNotFound(string message) => Make(400, "value-not-found", "A submitted value could not be found.", message);

    public static ApiException Forbidden(string message) => Make(403, "forbidden", "You don't have permission to perform this action.", message);

    public static ApiException NotFound(string resourceType, object resourceId) =>
        Make(404, "resource-not-found", "Could not find a resource for: {0}", new JsonObject { ["resourceType"] = resourceType, ["resourceId"] = resourceId.ToString() });

    /// <summary>The work is taken: come back later.</summary>
    public static ApiException TryAgainLater(string message) => Make(409, "try-again-later", "Please try again later.", message);

    /// <summary>The resource is in a state that forbids it.</summary>
    public static ApiException StateConflict(string message) => Make(409, "state-conflict", "State conflict", message);

    public static ApiException Unprocessable(string message) => Make(422, "unprocessable-entity", "Unable to process the request.", message);

    public static ApiException Unexpected(string message) => Make(500, "unexpected-problem", "An unexpected problem has occurred.", message);

    private static ApiException Make(int status, string title, string detail, string message) =>
        Make(status, title, detail, new JsonObject { ["message"] = message });

    private static ApiException Make(int status, string title, string detail, JsonObject data) => new(status, new()
    {
        ["status"] = status,
        ["type"] = $"{Reference}#{title}",
        ["title"] = title,
        ["detail"] = detail.Replace("{0}", data["resourceId"]?.ToString(), StringComparison.Ordinal),
        ["data"] = data,
    });
}
