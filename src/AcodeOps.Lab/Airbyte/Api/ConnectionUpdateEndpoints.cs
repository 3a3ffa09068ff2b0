using System.Text.Json.Nodes;
using AcodeOps.Lab.Airbyte.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AcodeOps.Lab.Airbyte.Api;

/// <summary>The Configuration API's change of a connection: the only way to a schedule of every so many hours, or in another time zone.</summary>
internal static class ConnectionUpdateEndpoints
{
    private static readonly string[] Units = ["minutes", "hours", "days", "weeks", "months"];

    public static void MapConnectionUpdates(this WebApplication app, AirbyteStore store)
    {
        app.MapPost("/api/v1/connections/update", async (HttpRequest request, CancellationToken cancel) =>
        {
            JsonObject body = await RequestBody.ReadAsync(request, cancel);
            Connection before = StateEndpoints.ConnectionOf(store, body);
            string status = body.OptionalText("status") ?? before.Status;
            Connection after = before with
            {
                Name = body.OptionalText("name") ?? before.Name,
                Status = status is Connection.Active or Connection.Inactive || status == before.Status ? status : throw KnownException.BadRequest($"status: {status} is not taken here"),
            };
            return Answer.Json(Read(store.Save(Scheduled(after, body))));
        });
    }

    private static Connection Scheduled(Connection connection, JsonObject body)
    {
        JsonObject data = body["scheduleData"] as JsonObject ?? [];
        switch (body.OptionalText("scheduleType"))
        {
            case null:
                return connection;
            case "manual":
                return connection with { ScheduleType = "manual", CronExpression = null, Basic = null };
            case "cron" when data["cron"] is JsonObject cron:
                return connection with { ScheduleType = "cron", CronExpression = Needed(cron, "cronExpression"), CronTimeZone = Needed(cron, "cronTimeZone"), Basic = null };
            case "basic" when data["basicSchedule"] is JsonObject basic:
                string unit = Needed(basic, "timeUnit");
                return Units.Contains(unit) && basic["units"] is JsonValue value && value.TryGetValue(out long units) && units > 0
                    ? connection with { ScheduleType = "basic", CronExpression = null, Basic = new(unit, units) }
                    : throw KnownException.BadRequest("basicSchedule is none");
            case string type:
                throw KnownException.BadRequest($"scheduleData does not fit scheduleType {type}");
        }
    }

    private static string Needed(JsonObject part, string name) => part.OptionalText(name) ?? throw KnownException.BadRequest($"{name} is required");

    private static JsonObject Read(Connection connection)
    {
        JsonObject read = new()
        {
            ["connectionId"] = connection.Id,
            ["name"] = connection.Name,
            ["sourceId"] = connection.SourceId,
            ["destinationId"] = connection.DestinationId,
            ["workspaceId"] = connection.WorkspaceId,
            ["status"] = connection.Status,
            ["scheduleType"] = connection.ScheduleType,
            ["namespaceDefinition"] = connection.NamespaceDefinition.Replace("_", "", StringComparison.Ordinal),
            ["prefix"] = connection.Prefix,
            ["syncCatalog"] = new JsonObject { ["streams"] = new JsonArray([.. connection.Streams.Select(Stream)]) },
            ["breakingChange"] = false,
        };
        if (connection.Basic is { } basic)
        {
            read["scheduleData"] = new JsonObject { ["basicSchedule"] = new JsonObject { ["timeUnit"] = basic.TimeUnit, ["units"] = basic.Units } };
        }
        else if (connection.CronExpression is { } expression)
        {
            read["scheduleData"] = new JsonObject { ["cron"] = new JsonObject { ["cronExpression"] = expression, ["cronTimeZone"] = connection.CronTimeZone } };
        }

        return read;
    }

    private static JsonObject Stream(ConfiguredStream stream) => new()
    {
        ["stream"] = new JsonObject
        {
            ["name"] = stream.Name,
            ["namespace"] = stream.Namespace,
            ["jsonSchema"] = new JsonObject { ["type"] = "object" },
            ["supportedSyncModes"] = new JsonArray("full_refresh", "incremental"),
        },
        ["config"] = new JsonObject
        {
            ["syncMode"] = stream.IsIncremental ? "incremental" : "full_refresh",
            ["destinationSyncMode"] = stream.IsOverwrite ? "overwrite" : "append",
            ["cursorField"] = new JsonArray([.. stream.CursorField.Select(f => (JsonNode)f)]),
            ["primaryKey"] = new JsonArray([.. stream.PrimaryKey.Select(k => new JsonArray([.. k.Select(f => (JsonNode)f)]))]),
            ["selected"] = true,
        },
    };
}
