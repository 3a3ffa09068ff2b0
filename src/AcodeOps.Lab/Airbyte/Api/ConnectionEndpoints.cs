using System.Text.Json.Nodes;
using AcodeOps.Lab.Airbyte.Store;
using AcodeOps.Lab.Airbyte.Sync;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AcodeOps.Lab.Airbyte.Api;

/// <summary>Connections of the public API, with the habits of the real PATCH.</summary>
internal static class ConnectionEndpoints
{
    private const string Base = "/api/public/v1/connections";

    public static void MapConnections(this WebApplication app, AirbyteStore store, Catalogs catalogs, Action<Connection> deleteConnection)
    {
        app.MapGet(Base, (HttpRequest request) =>
        {
            HashSet<Guid> workspaces = Answer.Ids(request, "workspaceIds");
            bool deleted = Answer.Flag(request, "includeDeleted");
            IEnumerable<Connection> all = store.Connections.All
                .Where(c => (deleted || c.Status != Connection.Deprecated) && (workspaces.Count == 0 || workspaces.Contains(c.WorkspaceId)))
                .OrderBy(c => c.CreatedAt);
            return Answer.Page(request, all, Read);
        });
        app.MapPost(Base, async (HttpRequest request, CancellationToken cancel) =>
        {
            JsonObject body = await RequestBody.ReadAsync(request, cancel);
            Actor source = ActorEndpoints.Find(store, ActorKind.Source, body.Id("sourceId"));
            Actor destination = ActorEndpoints.Find(store, ActorKind.Destination, body.Id("destinationId"));
            IReadOnlyList<SourceStream> discovered = await StreamEndpoints.DiscoverAsync(catalogs, source, ignoreCache: false, cancel);
            Connection made = new()
            {
                Id = Guid.NewGuid(),
                Name = $"{source.Name} → {destination.Name}",
                SourceId = source.Id,
                DestinationId = destination.Id,
                WorkspaceId = source.WorkspaceId,
                Status = Connection.Active,
                ScheduleType = "manual",
                Streams = StreamConfigurations.Parse(body["configurations"]?["streams"] as JsonArray, discovered),
                NamespaceDefinition = "destination",
                Prefix = "",
                NonBreakingSchemaUpdatesBehavior = "ignore",
                Tags = [],
                CreatedAt = DateTimeOffset.UtcNow,
            };
            return Answer.Json(Read(store.Save(Changed(made, body))));
        });
        app.MapGet(Base + "/{id:guid}", (Guid id) => Answer.Json(Read(Find(store, id))));
        app.MapPatch(Base + "/{id:guid}", async (Guid id, HttpRequest request, CancellationToken cancel) =>
        {
            JsonObject body = await RequestBody.ReadAsync(request, cancel);
            Connection after = Changed(Find(store, id), body);

            // The list given becomes the whole list; an empty one counts as not given. sourceId and destinationId are unknown here and ignored.
            if (body["configurations"]?["streams"] is JsonArray { Count: > 0 } streams)
            {
                Actor source = ActorEndpoints.Find(store, ActorKind.Source, after.SourceId);
                IReadOnlyList<SourceStream> discovered = await StreamEndpoints.DiscoverAsync(catalogs, source, ignoreCache: true, cancel);
                after = after with { Streams = StreamConfigurations.Parse(streams, discovered) };
                ForgetChangedModes(store, Find(store, id), after);
            }

            if (after.Status == Connection.Deprecated)
            {
                deleteConnection(after);
            }

            return Answer.Json(Read(store.Save(after)));
        });
        app.MapDelete(Base + "/{id:guid}", (Guid id) =>
        {
            deleteConnection(Find(store, id));
            return Results.NoContent();
        });
    }

    /// <summary>A connection by its id; a deleted one is still found, with status deprecated.</summary>
    /// <exception cref="ApiException">404: there never was one.</exception>
    public static Connection Find(AirbyteStore store, Guid id) => store.Connections.Find(id.ToString()) ?? throw Problem.NotFound("Connection", id);

    private static Connection Changed(Connection given, JsonObject body)
    {
        Connection before = Scheduled(given, body["schedule"] as JsonObject);
        return before with
        {
            Name = body.OptionalText("name") ?? before.Name,
            Status = OneOf(body.OptionalText("status") ?? before.Status, "status", Connection.Active, Connection.Inactive, Connection.Deprecated, "locked"),
            NamespaceDefinition = OneOf(
                body.OptionalText("namespaceDefinition") ?? before.NamespaceDefinition, "namespaceDefinition", "source", "destination", "custom_format"),
            NamespaceFormat = body.OptionalText("namespaceFormat") ?? before.NamespaceFormat,
            Prefix = body.OptionalText("prefix") ?? before.Prefix,
            NonBreakingSchemaUpdatesBehavior = body.OptionalText("nonBreakingSchemaUpdatesBehavior") ?? before.NonBreakingSchemaUpdatesBehavior,
            Tags = body["tags"] is JsonArray tags ? tags.DeepClone().AsArray() : before.Tags,
        };
    }

    /// <summary>A cron expression is always meant in UTC here, whether it says so or not.</summary>
    private static Connection Scheduled(Connection connection, JsonObject? schedule)
    {
        if (schedule is null)
        {
            return connection;
        }

        string type = OneOf(schedule.Text("scheduleType"), "scheduleType", "manual", "cron");
        string? cron = schedule.OptionalText("cronExpression")?.Replace("UTC", "", StringComparison.Ordinal).Trim();
        return type == "manual" ? connection with { ScheduleType = type, CronExpression = null, Basic = null }
            : connection with { ScheduleType = type, CronExpression = cron ?? throw Problem.BadRequest("Missing cron expression in the schedule."), CronTimeZone = "UTC", Basic = null };
    }

    /// <summary>A stream that goes from full refresh to incremental, or back, loses its state; one that is only deselected keeps it.</summary>
    private static void ForgetChangedModes(AirbyteStore store, Connection before, Connection after)
    {
        ConnectionSyncState state = store.SyncStateOf(after.Id);
        ConnectionSyncState kept = after.Streams
            .Where(now => before.Streams.Any(then => then.Key == now.Key && then.IsIncremental != now.IsIncremental))
            .Aggregate(state, (s, stream) => s.With(stream.Namespace, stream.Name, null));
        if (!ReferenceEquals(kept, state))
        {
            store.SyncStates.Put(kept);
        }
    }

    private static string OneOf(string value, string name, params ReadOnlySpan<string> allowed)
    {
        foreach (string candidate in allowed)
        {
            if (candidate == value)
            {
                return value;
            }
        }

        throw Problem.BadRequest($"{name}: {value} is not allowed");
    }

    private static JsonObject Read(Connection connection)
    {
        JsonObject schedule = new() { ["scheduleType"] = connection.ScheduleType };
        if (connection.CronExpression is not null)
        {
            schedule["cronExpression"] = $"{connection.CronExpression} {connection.CronTimeZone}";
        }

        if (connection.Basic is { } basic)
        {
            schedule["basicTiming"] = $"Every {basic.Units} {basic.TimeUnit.ToUpperInvariant()}";
        }

        JsonObject read = new()
        {
            ["connectionId"] = connection.Id,
            ["name"] = connection.Name,
            ["sourceId"] = connection.SourceId,
            ["destinationId"] = connection.DestinationId,
            ["workspaceId"] = connection.WorkspaceId,
            ["status"] = connection.Status,
            ["schedule"] = schedule,
            ["configurations"] = StreamConfigurations.Read(connection.Streams),
            ["namespaceDefinition"] = connection.NamespaceDefinition,
            ["prefix"] = connection.Prefix,
            ["nonBreakingSchemaUpdatesBehavior"] = connection.NonBreakingSchemaUpdatesBehavior,
            ["createdAt"] = connection.CreatedAt.ToUnixTimeSeconds(),
            ["tags"] = connection.Tags.DeepClone(),
        };
        if (connection.NamespaceFormat is not null)
        {
            read["namespaceFormat"] = connection.NamespaceFormat;
        }

        return read;
    }
}
