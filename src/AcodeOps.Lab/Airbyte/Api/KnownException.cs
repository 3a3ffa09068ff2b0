using System.Text.Json.Nodes;

namespace AcodeOps.Lab.Airbyte.Api;

/// <summary>The errors of the Configuration API.</summary>
internal static class KnownException
{
    private const string Package = "io.airbyte.commons.server.errors.";

    public static ApiException NotFound(string what, object id)
    {
        ApiException error = Make(404, "IdNotFoundKnownException", $"Could not find configuration for {what}: {id}.");
        error.Body["id"] = id.ToString();
        return error;
    }

    public static ApiException BadRequest(string message) => Make(400, "BadRequestException", message);

    /// <summary>A state was to be written while a sync runs.</summary>
    public static ApiException Locked(string message) => Make(423, "SyncIsRunningException", message);

    /// <summary>What the generic handlers say: only an id, the details are in the server's log.</summary>
    public static ApiException Anonymous(int status) => new(status, new() { ["errorId"] = Guid.NewGuid() });

    private static ApiException Make(int status, string exceptionName, string message) => new(status, new()
    {
        ["message"] = message,
        ["exceptionClassName"] = Package + exceptionName,
        ["exceptionStack"] = new JsonArray(),
        ["rootCauseExceptionStack"] = new JsonArray(),
    });
}
