using System.Text.Json;
using System.Text.Json.Nodes;

namespace AcodeOps.Adapters.Airbyte;

/// <summary>Asks for what the server's own version of a connector takes, by the Configuration API: the public one does not tell.</summary>
internal sealed class AirbyteSpecifications(AirbyteCalls calls, AirbyteWorkspace workspace)
{
    public async Task<string?> ReadAsync(ConfiguredKind kind, Guid definitionId, CancellationToken cancel)
    {
        string word = kind == ConfiguredKind.Source ? "source" : "destination";
        AirbyteCall call = new(HttpMethod.Post, $"/api/v1/{word}_definition_specifications/get")
        {
            Body = new JsonObject { [$"{word}DefinitionId"] = definitionId, ["workspaceId"] = await workspace.ReadAsync(cancel).ConfigureAwait(false) },
        };
        try
        {
            JsonElement answer = await calls.AskAsync(call, cancel).ConfigureAwait(false);
            return ((JsonElement?)answer).Member("connectionSpecification") is { ValueKind: JsonValueKind.Object } specification
                ? specification.GetRawText() : throw calls.Incomplete(call);
        }
        catch (AcodeException failure) when (failure.Id == "AirbyteNotFound")
        {
            return null;
        }
    }
}
