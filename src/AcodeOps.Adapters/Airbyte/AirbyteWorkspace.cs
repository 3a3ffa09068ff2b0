using System.Text.Json;

namespace AcodeOps.Adapters.Airbyte;

/// <summary>The workspace that the environment is about: the one that it names, or else the only one that Airbyte has.</summary>
internal sealed class AirbyteWorkspace(AirbyteCalls calls, AirbyteDefinition definition)
{
    public async Task<Guid> ReadAsync(CancellationToken cancel)
    {
        if (definition.Workspace is { } named)
        {
            return named;
        }

        AirbyteCall call = new(HttpMethod.Get, $"{AirbyteServer.Public}/workspaces?limit=2&offset=0");
        JsonElement answer = await calls.AskAsync(call, cancel).ConfigureAwait(false);
        Guid[] all = [.. ((JsonElement?)answer).Items("data").Select(workspace => workspace.Id("workspaceId")).OfType<Guid>()];
        return all.Length switch
        {
            0 => throw calls.Incomplete(call),
            1 => all[0],
            _ => throw new AcodeException("WorkspaceAmbiguous", FailureClass.InvalidInput, $"Airbyte at {definition} has several workspaces, and the environment names none.")
            {
                Advice = "Name it in the environment file: airbyte: { workspace: … }.",
                Subject = definition,
            },
        };
    }
}
