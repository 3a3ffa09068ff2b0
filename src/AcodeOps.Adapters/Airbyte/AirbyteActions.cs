using System.Text.Json;
using System.Text.Json.Nodes;

namespace AcodeOps.Adapters.Airbyte;

/// <summary>What changes something at Airbyte: a connection's status and whatever else is said of it, a sync's begin, a sync's end.</summary>
internal sealed class AirbyteActions(IAirbyteServer airbyte, AirbyteCalls calls)
{
    private const string Jobs = $"{AirbyteServer.Public}/jobs";

    // Some versions answer only when the workflow runs. One that gives up early and asks again starts a second sync, or is refused by its own first.
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);

    public Task<Connection> SetStatusAsync(Guid connectionId, ConnectionStatus status, CancellationToken cancel)
    {
        if (status is not (ConnectionStatus.Active or ConnectionStatus.Inactive))
        {
            throw new ArgumentOutOfRangeException(nameof(status), status, "A connection can be set active or inactive.");
        }

        // Nothing but the status: a PATCH that lists streams replaces the whole list.
        JsonObject change = new() { ["status"] = status == ConnectionStatus.Active ? "active" : "inactive" };
        return ChangeAsync(connectionId, change, within: null, AirbyteRecords.Connection, cancel);
    }

    /// <summary>Changes what is given of a connection, and tells it apart when it is locked.</summary>
    public async Task<T> ChangeAsync<T>(Guid connectionId, JsonObject change, TimeSpan? within, Func<JsonElement, T?> toRecord, CancellationToken cancel) where T : class
    {
        AirbyteCall call = new(HttpMethod.Patch, $"{AirbyteServer.Public}/connections/{connectionId}") { Body = change, Within = within, Secrets = SentSecrets.OfConnection(change) };
        try
        {
            return await calls.AskAsync(call, toRecord, cancel).ConfigureAwait(false);
        }
        catch (AcodeException conflict) when (conflict.Id == "AirbyteConflict")
        {
            throw await airbyte.ReadConnectionAsync(connectionId, cancel).ConfigureAwait(false) is { Status: ConnectionStatus.Locked } locked
                ? ConnectionRefusals.Locked(locked) : conflict;
        }
    }

    public async Task<Sync> StartSyncAsync(Guid connectionId, CancellationToken cancel)
    {
        AirbyteCall call = new(HttpMethod.Post, Jobs)
        {
            Body = new JsonObject { ["connectionId"] = connectionId, ["jobType"] = "sync" },
            OnceWithin = StartLimit,
        };
        try
        {
            return await calls.AskAsync(call, AirbyteRecords.Sync, cancel).ConfigureAwait(false);
        }
        catch (AcodeException conflict) when (conflict.Id == "AirbyteConflict")
        {
            throw await WhyNotStartedAsync(connectionId, conflict, cancel).ConfigureAwait(false);
        }
        catch (AcodeException failure) when (failure.Cause.IsOutage() && failure.Cause != FailureClass.ConnectionRefused)
        {
            throw new AcodeException(failure.Id, failure.Cause, $"{failure.Message} Whether the sync was started is not known.", failure.InnerException)
            {
                Advice = $"Look before you start another one: `Get-AcodeSync {connectionId} -Newest 1`.",
                Subject = failure.Subject,
            };
        }
    }

    public async Task<Sync> CancelSyncAsync(long jobId, CancellationToken cancel)
    {
        try
        {
            return await calls.AskAsync(new AirbyteCall(HttpMethod.Delete, $"{Jobs}/{jobId}"), AirbyteRecords.Sync, cancel).ConfigureAwait(false);
        }
        catch (AcodeException conflict) when (conflict.Id == "AirbyteConflict")
        {
            // Not running any more: how it ended is the answer.
            if (await airbyte.ReadSyncAsync(jobId, cancel).ConfigureAwait(false) is { } ended)
            {
                return ended;
            }

            throw;
        }
    }

    // Airbyte refuses an inactive connection and a running sync alike; its words differ from version to version.
    private async Task<AcodeException> WhyNotStartedAsync(Guid connectionId, AcodeException conflict, CancellationToken cancel)
    {
        Connection? connection = await airbyte.ReadConnectionAsync(connectionId, cancel).ConfigureAwait(false);
        switch (connection?.Status)
        {
            case ConnectionStatus.Locked:
                return ConnectionRefusals.Locked(connection);
            case ConnectionStatus.Inactive or ConnectionStatus.Deprecated:
                return ConnectionRefusals.Inactive(connection);
            case ConnectionStatus.Active:
                Sync? running = null;
                await foreach (Sync sync in airbyte.ListSyncsAsync(connectionId, cancel).ConfigureAwait(false))
                {
                    running = sync.IsTerminal ? null : sync;
                    break;
                }

                return ConnectionRefusals.Running(connection, running);
            default:
                return conflict;
        }
    }
}
