using System.Text.Json.Nodes;
using AcodeOps.Lab.Airbyte.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AcodeOps.Lab.Airbyte.Api;

/// <summary>Sources and destinations of the public API: the same shapes under two names.</summary>
internal static class ActorEndpoints
{
    public static void MapActors(this WebApplication app, AirbyteStore store, ActorKind kind, Action<Connection> deleteConnection)
    {
        string list = $"/api/public/v1/{kind.Wire()}s";
        app.MapGet(list, (HttpRequest request) =>
        {
            HashSet<Guid> workspaces = Answer.Ids(request, "workspaceIds");
            bool deleted = Answer.Flag(request, "includeDeleted");
            IEnumerable<Actor> all = store.Actors.All
                .Where(a => a.Kind == kind && (deleted || !a.Deleted) && (workspaces.Count == 0 || workspaces.Contains(a.WorkspaceId)))
                .OrderBy(a => a.CreatedAt);
            return Answer.Page(request, all, Read);
        });
        app.MapPost(list, async (HttpRequest request, CancellationToken cancel) =>
        {
            JsonObject body = await RequestBody.ReadAsync(request, cancel);
            JsonObject configuration = body.Object("configuration");
            string name = body.Text("name");
            Workspace workspace = WorkspaceEndpoints.Find(store, body.Id("workspaceId"));
            ConnectorSpecification connector = ConnectorSpecifications.Resolve(kind, body, configuration);
            return Save(store, new(Guid.NewGuid(), kind, name, workspace.Id, connector.DefinitionId, configuration, DateTimeOffset.UtcNow, Deleted: false));
        });
        app.MapGet(list + "/{id:guid}", (Guid id, HttpRequest request) =>
        {
            Actor actor = Find(store, kind, id);
            return !Answer.Flag(request, "includeSecretCoordinates") ? Answer.Json(Read(actor))
                : store.Settings.ShowsSecretCoordinates ? Answer.Json(Read(actor, SecretCoordinates.Shown(actor, ConnectorSpecifications.Of(actor).Schema())))
                : throw Problem.Forbidden("Secret coordinates are not part of this edition.");
        });
        app.MapPatch(list + "/{id:guid}", async (Guid id, HttpRequest request, CancellationToken cancel) =>
        {
            JsonObject body = await RequestBody.ReadAsync(request, cancel);
            Actor before = Find(store, kind, id);
            JsonObject patch = body["configuration"] as JsonObject ?? [];
            return Save(store, before with { Name = body.OptionalText("name") ?? before.Name, Configuration = ConfigurationSchema.Merged(before.Configuration, patch) });
        });
        app.MapPut(list + "/{id:guid}", async (Guid id, HttpRequest request, CancellationToken cancel) =>
        {
            JsonObject body = await RequestBody.ReadAsync(request, cancel);
            Actor before = Find(store, kind, id);
            JsonObject schema = ConnectorSpecifications.Of(before).Schema();
            JsonObject after = ConfigurationSchema.WithKeptSecrets(body.Object("configuration"), before.Configuration, schema);
            return Save(store, before with { Name = body.Text("name"), Configuration = after });
        });
        app.MapDelete(list + "/{id:guid}", (Guid id) =>
        {
            Find(store, kind, id);
            foreach (Connection orphan in store.Connections.All.Where(c => (c.SourceId == id || c.DestinationId == id) && c.Status != Connection.Deprecated))
            {
                deleteConnection(orphan);
            }

            store.Actors.Update(id.ToString(), a => a with { Deleted = true });
            return Results.NoContent();
        });
    }

    /// <exception cref="ApiException">404: there is none, or it was deleted.</exception>
    public static Actor Find(AirbyteStore store, ActorKind kind, Guid id) =>
        store.Actors.Find(id.ToString()) is { Deleted: false } found && found.Kind == kind ? found : throw Problem.NotFound(kind.ToString(), id);

    private static IResult Save(AirbyteStore store, Actor actor)
    {
        JsonObject configuration = actor.Configuration.DeepClone().AsObject();
        configuration.Remove(TypeName(actor.Kind));
        JsonObject schema = ConnectorSpecifications.Of(actor).Schema();
        if (ConfigurationSchema.FindFault(configuration, schema) is string fault)
        {
            throw Problem.Unprocessable($"The provided configuration does not fulfill the specification. Errors: {fault}");
        }

        Actor saved = SecretCoordinates.Counted(actor with { Configuration = configuration }, store.Actors.Find(actor.Id.ToString()), schema);
        store.Actors.Put(saved);
        return Answer.Json(Read(saved));
    }

    private static string TypeName(ActorKind kind) => kind.Wire() + "Type";

    private static JsonObject Read(Actor actor) => Read(actor, ConfigurationSchema.Masked(actor.Configuration, ConnectorSpecifications.Of(actor).Schema()));

    private static JsonObject Read(Actor actor, JsonObject configuration)
    {
        ConnectorSpecification connector = ConnectorSpecifications.Of(actor);
        return new()
        {
            [actor.Kind.Wire() + "Id"] = actor.Id,
            ["name"] = actor.Name,
            [TypeName(actor.Kind)] = connector.TypeName,
            ["definitionId"] = actor.DefinitionId,
            ["workspaceId"] = actor.WorkspaceId,
            ["configuration"] = configuration,
            ["createdAt"] = actor.CreatedAt.ToUnixTimeSeconds(),
        };
    }
}
