using System.Text.Json.Nodes;
using AcodeOps.Lab.Airbyte.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AcodeOps.Lab.Airbyte.Api;

/// <summary>Which connectors are installed, in which versions, and their specifications.</summary>
internal static class DefinitionEndpoints
{
    public static void MapDefinitions(this WebApplication app, AirbyteStore store)
    {
        app.MapGet("/api/public/v1/connector_definitions", (HttpRequest request) => Answer.Json(new()
        {
            ["data"] = new JsonArray([.. ConnectorSpecifications.All.Where(c => c.Kind.Wire() == request.Query["type"]).Select(c => new JsonObject
            {
                ["id"] = c.DefinitionId,
                ["name"] = c.Name,
                ["connectorDefinitionType"] = c.Kind.Wire(),
                ["version"] = c.Version,
            })]),
        }));
        foreach (ActorKind kind in Enum.GetValues<ActorKind>())
        {
            app.MapGet($"/api/public/v1/workspaces/{{workspaceId:guid}}/definitions/{kind.Wire()}s", (Guid workspaceId) =>
            {
                WorkspaceEndpoints.Find(store, workspaceId);
                return Answer.Json(new()
                {
                    ["data"] = new JsonArray([.. ConnectorSpecifications.All.Where(c => c.Kind == kind).Select(c => new JsonObject
                    {
                        ["id"] = c.DefinitionId,
                        ["name"] = c.Name,
                        ["dockerRepository"] = c.Repository,
                        ["dockerImageTag"] = c.Version,
                    })]),
                });
            });
            app.MapPost($"/api/v1/{kind.Wire()}_definition_specifications/get", async (HttpRequest request, CancellationToken cancel) =>
            {
                JsonObject body = await RequestBody.ReadAsync(request, cancel);
                string wanted = body.OptionalText(kind.Wire() + "DefinitionId") ?? "";
                ConnectorSpecification found = ConnectorSpecifications.All.FirstOrDefault(c => c.Kind == kind && c.DefinitionId.ToString() == wanted)
                    ?? throw KnownException.NotFound($"STANDARD_{kind.ToString().ToUpperInvariant()}_DEFINITION", wanted);
                return Answer.Json(new()
                {
                    [kind.Wire() + "DefinitionId"] = found.DefinitionId,
                    ["connectionSpecification"] = found.Schema(),
                    ["jobInfo"] = SynchronousJob.Read("get_spec", found.DefinitionId, DateTimeOffset.UtcNow, failure: null),
                });
            });
        }
    }
}
