using System.Text.Json;
using System.Text.Json.Nodes;

namespace AcodeOps.Adapters.Airbyte;

/// <summary>Makes a connection after the model of another, and deletes it.</summary>
internal sealed class AirbyteCopies(AirbyteCalls calls)
{
    /// <summary>Airbyte discovers the source's tables before it sets streams, which may start a pod. One that asks for a connection again makes a second one.</summary>
    public static readonly TimeSpan DiscoveryLimit = TimeSpan.FromMinutes(3);

    private const string Connections = $"{AirbyteServer.Public}/connections";

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
        body["configurations"] = new JsonObject { ["streams"] = new JsonArray([.. model.Member("configurations").Items("streams").Select(stream => SentStreams.WithoutEmpty(Members(stream, CopiedOfStream)))]) };
        return await calls.AskAsync(new AirbyteCall(HttpMethod.Post, Connections) { Body = body, OnceWithin = DiscoveryLimit }, AirbyteRecords.Connection, cancel).ConfigureAwait(false);
    }

    public Task DeleteAsync(Guid connectionId, CancellationToken cancel) => DeleteAsync($"{Connections}/{connectionId}", within: null, cancel);

    /// <summary>Deletes what is at a path; what is not there is no error.</summary>
    public async Task DeleteAsync(string path, TimeSpan? within, CancellationToken cancel)
    {
        try
        {
            await calls.TellAsync(new AirbyteCall(HttpMethod.Delete, path) { Within = within }, cancel).ConfigureAwait(false);
        }
        catch (AcodeException gone) when (gone.Id == "AirbyteNotFound")
        {
            // Deleted by an earlier request, whose answer was lost.
        }
    }

    private static JsonObject Members(JsonElement json, string[] names) => new(
        from name in names
        let member = json.Member(name)
        where member is not null
        select KeyValuePair.Create(name, (JsonNode?)JsonNode.Parse(member!.Value.GetRawText())));
}
