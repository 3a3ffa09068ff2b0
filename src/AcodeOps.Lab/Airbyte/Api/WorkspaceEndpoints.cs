using System.Text.Json.Nodes;
using AcodeOps.Lab.Airbyte.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AcodeOps.Lab.Airbyte.Api;

/// <summary>Workspaces of the public API.</summary>
internal static class WorkspaceEndpoints
{
    private const string Base = "/api/public/v1/workspaces";

    public static void MapWorkspaces(this WebApplication app, AirbyteStore store)
    {
        app.MapGet(Base, (HttpRequest request) =>
        {
            HashSet<Guid> only = Answer.Ids(request, "workspaceIds");
            bool deleted = Answer.Flag(request, "includeDeleted");
            IEnumerable<Workspace> all = store.Workspaces.All.Where(w => (deleted || !w.Deleted) && (only.Count == 0 || only.Contains(w.Id))).OrderBy(w => w.CreatedAt);
            return Answer.Page(request, all, Read);
        });
        app.MapPost(Base, async (HttpRequest request, CancellationToken cancel) =>
        {
            JsonObject body = await RequestBody.ReadAsync(request, cancel);
            Workspace made = new(Guid.NewGuid(), body.Text("name"), DateTimeOffset.UtcNow, Deleted: false);
            store.Workspaces.Put(made);
            return Answer.Json(Read(made));
        });
        app.MapGet(Base + "/{id:guid}", (Guid id) => Answer.Json(Read(Find(store, id))));
        app.MapPatch(Base + "/{id:guid}", async (Guid id, HttpRequest request, CancellationToken cancel) =>
        {
            JsonObject body = await RequestBody.ReadAsync(request, cancel);
            Find(store, id);
            return Answer.Json(Read(store.Workspaces.Update(id.ToString(), w => w with { Name = body.OptionalText("name") ?? w.Name })));
        });
        app.MapDelete(Base + "/{id:guid}", (Guid id) =>
        {
            Find(store, id);
            store.Workspaces.Update(id.ToString(), w => w with { Deleted = true });
            return Results.NoContent();
        });
    }

    /// <exception cref="ApiException">404: there is none, or it was deleted.</exception>
    public static Workspace Find(AirbyteStore store, Guid id) =>
        store.Workspaces.Find(id.ToString()) is { Deleted: false } found ? found : throw Problem.NotFound("Workspace", id);

    private static JsonObject Read(Workspace workspace) => new()
    {
        ["workspaceId"] = workspace.Id,
        ["name"] = workspace.Name,
        ["dataResidency"] = "auto",
        ["notifications"] = new JsonObject(),
    };
}
