using System.Text.Json;
using System.Text.Json.Nodes;

namespace AcodeOps.Adapters.Airbyte;

/// <summary>Makes a connection after the model of another, and deletes it.</summary>
internal sealed class AirbyteCopies(AirbyteCalls calls)
{
    private const string Connections = $"{AirbyteServer.Public}/connections";

    // Airbyte discovers the source's tables first, which may start a pod. One that asks again makes a second connection.
    private static readonly TimeSpan CopyLimit = TimeSpan.FromMinutes(3);

    // Of a connection: all but what it is by itself. Of a stream: all that the request may say of it.
    private static readonly string[] Copied = ["sourceId", "destinationId", "namespaceDefinition", "namespaceFormat"];
    private static readonly string[] CopiedOfStream = ["name", "namespace", "syncMode", "cursorField", "primaryKey", "includeFiles", "destinationObjectName", "selectedFields", "mappers"];

    public async Task<Connection> CopyAsync(Guid connectionId, string name, string prefix, CancellationToken cancel)
    {
        JsonElement model = await calls.AskAsync(new AirbyteCall(HttpMethod.Get, $"{Connections}/{connectionId}"), cancel).ConfigureAwait(false);
        JsonObject body = Members(model, Copied);
        body["name"] = name;
        body["prefix"] = prefix;
        body["status"] = "active";
        body["schedule"] = new JsonObject { ["scheduleType"] = "manual" };
        body["nonBreakingSchemaUpdatesBehavior"] = "ignore";
        body["configurations"] = new JsonObject { ["streams"] = new JsonArray([.. model.Member("configurations").Items("streams").Select(stream => Members(stream, CopiedOfStream))]) };
        return await calls.AskAsync(new AirbyteCall(HttpMethod.Post, Connections) { Body = body, OnceWithin = CopyLimit }, AirbyteRecords.Connection, cancel).ConfigureAwait(false);
    }

    public async Task DeleteAsync(Guid connectionId, CancellationToken cancel)
    {
        try
        {
            await calls.TellAsync(new AirbyteCall(HttpMethod.Delete, $"{Connections}/{connectionId}"), cancel).ConfigureAwait(false);
        }
        catch (AcodeException gone) when (gone.Id == "AirbyteNotFound")
        {
            // Deleted by an earlier request, whose answer was lost.
        }
    }

    // Empty lists are told, and refused when they are sent back: an empty list of selected fields selects none.
    private static JsonObject Members(JsonElement json, string[] names) => new(
        from name in names
        let member = ((JsonElement?)json).Member(name)
        where member is { ValueKind: not JsonValueKind.Null } && !(name is "selectedFields" or "mappers" && member is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() == 0)
        select KeyValuePair.Create(name, (JsonNode?)JsonNode.Parse(member!.Value.GetRawText())));
}
