using System.Text.Json.Nodes;
using AcodeOps.Lab.Airbyte.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AcodeOps.Lab.Airbyte.Api;

/// <summary>What is answered to anybody: health, version, and a token for the right client.</summary>
internal static class InstanceEndpoints
{
    public static void MapInstance(this WebApplication app, AirbyteOptions options, AirbyteStore store, AccessTokens tokens)
    {
        app.MapGet("/api/public/v1/health", () => Results.Text("Successful operation"));
        app.MapGet("/api/v1/health", () => Answer.Json(new() { ["available"] = true }));
        app.MapGet("/api/v1/instance_configuration", (HttpRequest request) => Answer.Json(new()
        {
            ["version"] = options.Version,
            ["edition"] = "community",
            ["licenseStatus"] = "pro",
            ["auth"] = new JsonObject { ["mode"] = options.Auth == AuthMode.ClientCredentials ? "simple" : "none" },
            ["airbyteUrl"] = $"{request.Scheme}://{request.Host}",
            ["initialSetupComplete"] = true,
            ["defaultUserId"] = store.Instance.UserId,
            ["defaultOrganizationId"] = store.Instance.OrganizationId,
            ["defaultOrganizationEmail"] = "lab@example.com",
            ["defaultWorkspaceId"] = store.Instance.WorkspaceId, // required by the document; a real server never sets it
            ["trackingStrategy"] = "logging",
        }));
        app.MapPost("/api/public/v1/applications/token", async (HttpRequest request, CancellationToken cancel) =>
        {
            (string id, string secret) = await ReadClientAsync(request, cancel);
            (string token, long lifeSeconds) = tokens.Issue(id, secret) ?? throw KnownException.BadRequest("Invalid client id or token");
            return Answer.Json(new() { ["access_token"] = token, ["token_type"] = "Bearer", ["expires_in"] = lifeSeconds });
        });
        app.MapPost("/api/v1/applications/token", async (HttpRequest request, CancellationToken cancel) =>
        {
            (string id, string secret) = await ReadClientAsync(request, cancel);
            (string token, _) = tokens.Issue(id, secret) ?? throw KnownException.BadRequest("Invalid client id or token");
            return Answer.Json(new() { ["access_token"] = token });
        });
    }

    private static async Task<(string Id, string Secret)> ReadClientAsync(HttpRequest request, CancellationToken cancel)
    {
        if (request.HasFormContentType)
        {
            IFormCollection form = await request.ReadFormAsync(cancel);
            return (form["client_id"].ToString(), form["client_secret"].ToString());
        }

        JsonObject body = await RequestBody.ReadAsync(request, cancel);
        return (body.OptionalText("client_id") ?? "", body.OptionalText("client_secret") ?? "");
    }
}
