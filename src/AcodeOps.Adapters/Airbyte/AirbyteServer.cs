using AcodeOps.Configuration;
using AcodeOps.Secrets;

namespace AcodeOps.Adapters.Airbyte;

/// <summary>Airbyte by its public API; by the Configuration API only for version, checks, sync states and specifications, which the public one does not tell.</summary>
internal sealed class AirbyteServer : IAirbyteServer
{
    /// <summary>Where the public API's paths begin.</summary>
    public const string Public = "/api/public/v1";

    // Of syncs, mostly the last few are wanted: the first page is small.
    private const int FirstSyncs = 20;

    private readonly AirbyteDefinition _definition;
    private readonly AirbyteWire _wire;
    private readonly AirbyteAccess _access;
    private readonly AirbyteCalls _calls;
    private readonly AirbyteLists _lists;
    private readonly AirbyteActions _actions;
    private readonly AirbyteCopies _copies;
    private readonly AirbyteStates _states;
    private readonly AirbyteSpecifications _specifications;

    public AirbyteServer(AirbyteDefinition definition, ICredentialStore credentials, TimeProvider clock)
    {
        _definition = definition;
        _wire = new AirbyteWire(definition.Url, clock);
        _access = new AirbyteAccess(definition, credentials, _wire, clock);
        _calls = new AirbyteCalls(_wire, _access);
        _lists = new AirbyteLists(_calls);
        _actions = new AirbyteActions(this, _calls);
        _copies = new AirbyteCopies(_calls);
        _states = new AirbyteStates(_calls);
        AirbyteWorkspace workspace = new(_calls, definition);
        _specifications = new AirbyteSpecifications(_calls, workspace);
        Resources = new AirbyteResources(_calls, _lists, workspace, _actions, _copies);
    }

    public IAirbyteResources Resources { get; }

    public async Task<AirbyteInstance> ReadInstanceAsync(CancellationToken cancel)
    {
        const string Path = "/api/v1/instance_configuration";
        AirbyteAnswer answer = await _wire.AskAsync(() => _wire.Request(HttpMethod.Get, Path), cancel).ConfigureAwait(false);
        if (answer.IsSuccess && answer.Json() is { } json && json.Text("version") is { } version)
        {
            return new AirbyteInstance(Shown(version), Shown(json.Text("edition")), Shown(json.Member("auth").Text("mode")));
        }

        if ((int)answer.Status is >= 500 or 429)
        {
            throw _wire.Errors.NoSuccess(answer, $"GET {Path}");
        }

        // Not every installation shows the Configuration API: the public one's health is promised.
        await AskHealthAsync(cancel).ConfigureAwait(false);
        return new AirbyteInstance(null, null, null);
    }

    public async Task AuthenticateAsync(CancellationToken cancel)
    {
        string path = _definition.Workspace is { } workspace ? $"{Public}/workspaces/{workspace}" : $"{Public}/workspaces?limit=1&offset=0";
        await _calls.AskAsync(new AirbyteCall(HttpMethod.Get, path), cancel).ConfigureAwait(false);
    }

    public IAsyncEnumerable<Connection> ListConnectionsAsync(CancellationToken cancel = default) => _lists.ReadAsync(
        $"{Public}/connections?{(_definition.Workspace is { } workspace ? $"workspaceIds={workspace}&" : "")}",
        AirbyteLists.Page, AirbyteRecords.Connection, connection => connection.ConnectionId, cancel);

    public Task<Connection?> ReadConnectionAsync(Guid connectionId, CancellationToken cancel) =>
        _calls.FindAsync($"{Public}/connections/{connectionId}", AirbyteRecords.Connection, cancel);

    public Task<AirbyteDestination?> ReadDestinationAsync(Guid destinationId, CancellationToken cancel) =>
        _calls.FindAsync($"{Public}/destinations/{destinationId}", AirbyteRecords.Destination, cancel);

    public Task<AirbyteSource?> ReadSourceAsync(Guid sourceId, CancellationToken cancel) =>
        _calls.FindAsync($"{Public}/sources/{sourceId}", AirbyteRecords.Source, cancel);

    public Task<string?> ReadSpecificationAsync(ConfiguredKind kind, Guid definitionId, CancellationToken cancel) => _specifications.ReadAsync(kind, definitionId, cancel);

    // Airbyte lists jobs oldest first unless told otherwise.
    public IAsyncEnumerable<Sync> ListSyncsAsync(Guid connectionId, CancellationToken cancel = default) => _lists.ReadAsync(
        $"{Public}/jobs?connectionId={connectionId}&orderBy=createdAt%7CDESC&", FirstSyncs, AirbyteRecords.Sync, sync => sync.JobId, cancel);

    public Task<Sync?> ReadSyncAsync(long jobId, CancellationToken cancel) => _calls.FindAsync($"{Public}/jobs/{jobId}", AirbyteRecords.Sync, cancel);

    public Task<Connection> SetStatusAsync(Guid connectionId, ConnectionStatus status, CancellationToken cancel) =>
        _actions.SetStatusAsync(connectionId, status, cancel);

    public Task<Connection> CopyConnectionAsync(Guid connectionId, string name, string prefix, CancellationToken cancel) =>
        _copies.CopyAsync(connectionId, name, prefix, cancel);

    public Task DeleteConnectionAsync(Guid connectionId, CancellationToken cancel) => _copies.DeleteAsync(connectionId, cancel);

    public Task<Sync> StartSyncAsync(Guid connectionId, CancellationToken cancel) => _actions.StartSyncAsync(connectionId, cancel);

    public Task<Sync> CancelSyncAsync(long jobId, CancellationToken cancel) => _actions.CancelSyncAsync(jobId, cancel);

    public Task<SyncState> ReadStateAsync(Guid connectionId, CancellationToken cancel) => _states.ReadAsync(connectionId, cancel);

    public Task WriteStateAsync(Guid connectionId, SyncState state, CancellationToken cancel) => _states.WriteAsync(connectionId, state, cancel);

    public ValueTask DisposeAsync()
    {
        _access.Dispose();
        _wire.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task AskHealthAsync(CancellationToken cancel)
    {
        const string Path = $"{Public}/health";
        AirbyteAnswer answer = await _wire.AskAsync(() => _wire.Request(HttpMethod.Get, Path), cancel).ConfigureAwait(false);
        if ((int)answer.Status == 404)
        {
            throw _wire.Errors.SomethingElse($"it has no {Path}");
        }

        if (!answer.IsSuccess)
        {
            throw _wire.Errors.NoSuccess(answer, $"GET {Path}");
        }

        if (answer.IsHtml)
        {
            throw _wire.Errors.SomethingElse($"{Path} answers with a web page");
        }
    }

    private static string? Shown(string? text) => text is null ? null : ServerText.Shown(text, 64);
}
