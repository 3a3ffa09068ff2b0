using System.Text.Json;

namespace AcodeOps.Adapters.Airbyte;

/// <summary>The workspace that the environment is about: the one that it names, or else the first that Airbyte has.</summary>
internal sealed class AirbyteWorkspace(AirbyteCalls calls, AirbyteDefinition definition)
{
    public async Task<Guid> ReadAsync(CancellationToken cancel)
    {
        if (definition.Workspace is { } named)
        {
            return named;
        }

        AirbyteCall call = new(HttpMethod.Get, $"{AirbyteServer.Public}/workspaces?limit=1&offset=0");
        JsonElement answer = await calls.AskAsync(call, cancel).ConfigureAwait(false);
        return ((JsonElement?)answer).Items("data").Select(workspace => workspace.Id("workspaceId")).FirstOrDefault() ?? throw calls.Incomplete(call);
    }
}
