using System.Text.Json.Nodes;

namespace AcodeOps.Lab.Airbyte.Api;

/// <summary>Ends a request with an error body of one of the two APIs.</summary>
internal sealed class ApiException(int status, JsonObject body) : Exception($"{status} {body["message"] ?? body["title"]}")
{
    public int Status { get; } = status;

    public JsonObject Body { get; } = body;
}
