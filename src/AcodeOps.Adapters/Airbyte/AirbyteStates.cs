using System.Text.Json.Nodes;

namespace AcodeOps.Adapters.Airbyte;

/// <summary>Reads and writes sync states by the Configuration API: the public one does not show them.</summary>
internal sealed class AirbyteStates(AirbyteCalls calls)
{
    private const string Path = "/api/v1/state";

    public async Task<SyncState> ReadAsync(Guid connectionId, CancellationToken cancel)
    {
        AirbyteCall call = new(HttpMethod.Post, $"{Path}/get") { Body = new JsonObject { ["connectionId"] = connectionId } };
        try
        {
            return await calls.AskAsync(call, AirbyteStateJson.Read, cancel).ConfigureAwait(false);
        }
        catch (AcodeException failure) when (IsClosed(failure))
        {
            throw Unavailable(connectionId, failure);
        }
    }

    public async Task WriteAsync(Guid connectionId, SyncState state, CancellationToken cancel)
    {
        if (state.Kind == SyncStateKind.NotSet)
        {
            // It gives no stream, so no stream's state is replaced.
            return;
        }

        // The "safe" one refuses while a sync runs; the other is not for users.
        AirbyteCall call = new(HttpMethod.Post, $"{Path}/create_or_update_safe")
        {
            Body = new JsonObject { ["connectionId"] = connectionId, ["connectionState"] = AirbyteStateJson.Write(connectionId, state) },
        };
        try
        {
            await calls.AskAsync(call, cancel).ConfigureAwait(false);
        }
        catch (AcodeException conflict) when (conflict.Id == "AirbyteConflict")
        {
            throw new AcodeException(
                "SyncRunning", FailureClass.Conflict, $"The state of the connection {connectionId} cannot be written while a sync of it runs. {conflict.Message}")
            {
                Advice = $"Wait for the sync or stop it: `Get-AcodeSync {connectionId} -Newest 1` shows it.",
                Subject = connectionId,
                IsFatal = false,
            };
        }
        catch (AcodeException failure) when (IsClosed(failure))
        {
            throw Unavailable(connectionId, failure);
        }
    }

    // Not served, not let through by what stands in front of Airbyte, or not for this user.
    private static bool IsClosed(AcodeException failure) => failure.Cause is FailureClass.Permission or FailureClass.Protocol;

    private static AcodeException Unavailable(Guid connectionId, AcodeException failure) => new(
        "SyncStateUnavailable", failure.Cause == FailureClass.Permission ? FailureClass.Permission : FailureClass.NotFound,
        $"The sync state of the connection {connectionId} cannot be reached. {failure.Message}", failure)
    {
        Advice = "Give the application's user the editor role in the workspace and let /api/v1/state through to Airbyte, "
            + "or leave the state where it is: -StatePolicy Keep or Fresh.",
        Subject = connectionId,
    };
}
