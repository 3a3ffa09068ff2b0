using System.Text.Json;
using System.Text.Json.Nodes;
using AcodeOps.Configuration;

namespace AcodeOps.Adapters.Airbyte;

/// <summary>Sources, destinations and connections as the public API writes them.</summary>
internal static class ResourceJson
{
    // Of a connection: all that a request may say of it, but for what it is by itself.
    private static readonly string[] SettingsOfConnection =
        ["status", "schedule", "namespaceDefinition", "namespaceFormat", "prefix", "nonBreakingSchemaUpdatesBehavior", "configurations"];

    /// <summary>How paths and members name the kind: <c>source</c>.</summary>
    public static string Word(this ConfiguredKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>The record of an answer; null where a member is missing that makes the thing what it is.</summary>
    public static AirbyteResource? Read(ConfiguredKind kind, JsonElement json) => kind == ConfiguredKind.Connection ? ReadConnection(json) : ReadActor(kind, json);

    /// <summary>The request for a new source or destination.</summary>
    public static JsonObject NewActor(AirbyteResource resource, Guid workspace) => new()
    {
        ["name"] = resource.Name,
        ["workspaceId"] = workspace,
        ["definitionId"] = resource.DefinitionId,
        ["configuration"] = resource.Settings.DeepClone(),
    };

    /// <summary>The request for a new connection.</summary>
    public static JsonObject NewConnection(AirbyteResource resource)
    {
        JsonObject body = SentStreams.In(resource.Settings);
        body["name"] = resource.Name;
        body["sourceId"] = resource.SourceId;
        body["destinationId"] = resource.DestinationId;
        return body;
    }

    /// <summary>True for a connection that was deleted: Airbyte goes on telling it by its id.</summary>
    public static bool IsDeleted(AirbyteResource resource) => resource is { Kind: ConfiguredKind.Connection }
        && resource.Settings["status"] is JsonValue status && status.TryGetValue(out string? word) && word == "deprecated";

    private static AirbyteResource? ReadActor(ConfiguredKind kind, JsonElement json)
    {
        if (json.Id($"{kind.Word()}Id") is not { } id || json.Text("name") is not { } name || json.Member("configuration") is not { ValueKind: JsonValueKind.Object } configuration)
        {
            return null;
        }

        JsonObject settings = JsonObject.Create(configuration.Clone())!;
        settings.Remove("sourceType");
        settings.Remove("destinationType");
        return new AirbyteResource { Kind = kind, Id = id, Name = name, DefinitionId = json.Id("definitionId"), Settings = settings };
    }

    private static AirbyteResource? ReadConnection(JsonElement json)
    {
        if (json.Id("connectionId") is not { } id || json.Text("name") is not { } name
            || json.Id("sourceId") is not { } source || json.Id("destinationId") is not { } destination)
        {
            return null;
        }

        JsonObject settings = [];
        foreach (string member in SettingsOfConnection)
        {
            if (json.Member(member) is { } value)
            {
                settings[member] = JsonNode.Parse(value.GetRawText());
            }
        }

        return new AirbyteResource { Kind = ConfiguredKind.Connection, Id = id, Name = name, SourceId = source, DestinationId = destination, Settings = settings };
    }
}
