using System.Text.Json;
using System.Text.Json.Nodes;

namespace AcodeOps.Lab.Airbyte.Store;

/// <summary>All that the stand-in knows. Everything is on disk before a caller hears of it, so that it survives its own SIGKILL.</summary>
internal sealed class AirbyteStore
{
    private readonly string _settingsPath;
    private AirbyteSettings _settings;

    public AirbyteStore(string folder)
    {
        Folder = folder;
        string state = Path.Combine(folder, "state");
        Workspaces = new(Path.Combine(state, "workspaces"), w => w.Id.ToString());
        Actors = new(Path.Combine(state, "actors"), a => a.Id.ToString());
        Connections = new(Path.Combine(state, "connections"), c => c.Id.ToString());
        Jobs = new(Path.Combine(state, "jobs"), j => JobKey(j.Id));
        SyncStates = new(Path.Combine(state, "sync-states"), s => s.ConnectionId.ToString());
        Faults = new(Path.Combine(state, "faults"), f => f.Id.ToString());
        History = new(Path.Combine(folder, "history.jsonl"));
        _settingsPath = Path.Combine(state, "settings.json");
        _settings = File.Exists(_settingsPath) ? JsonSerializer.Deserialize<AirbyteSettings>(File.ReadAllBytes(_settingsPath), StoreJson.Options)! : new();
        Instance = LoadInstance(Path.Combine(state, "instance.json"));
    }

    public string Folder { get; }

    public EntityFolder<Workspace> Workspaces { get; }

    public EntityFolder<Actor> Actors { get; }

    public EntityFolder<Connection> Connections { get; }

    public EntityFolder<Job> Jobs { get; }

    public EntityFolder<ConnectionSyncState> SyncStates { get; }

    public EntityFolder<Fault> Faults { get; }

    public History History { get; }

    /// <summary>The ids that an installation gets when it is set up.</summary>
    public InstanceIds Instance { get; }

    public AirbyteSettings Settings
    {
        get => _settings;
        set
        {
            AtomicFile.Write(_settingsPath, JsonSerializer.SerializeToUtf8Bytes(value, StoreJson.Options));
            _settings = value;
        }
    }

    public static string JobKey(long id) => id.ToString("D12", System.Globalization.CultureInfo.InvariantCulture);

    public ConnectionSyncState SyncStateOf(Guid connectionId) => SyncStates.Find(connectionId.ToString()) ?? new(connectionId);

    /// <summary>Saves a connection and, when its status changes, says so in the history.</summary>
    public Connection Save(Connection connection)
    {
        string? before = Connections.Find(connection.Id.ToString())?.Status;
        if (before != connection.Status)
        {
            History.Write("connection_status", new()
            {
                ["connectionId"] = connection.Id,
                ["name"] = connection.Name,
                ["sourceId"] = connection.SourceId,
                ["destinationId"] = connection.DestinationId,
                ["from"] = before,
                ["to"] = connection.Status,
            });
        }

        Connections.Put(connection);
        return connection;
    }

    /// <summary>Writes down what is so at a start: a change that a SIGKILL cut off is thereby seen as not made.</summary>
    public void RecordStart()
    {
        JsonArray connections = [.. Connections.All.Select(c => (JsonNode)new JsonObject { ["connectionId"] = c.Id, ["status"] = c.Status })];
        JsonArray jobs = [.. Jobs.All.Where(j => !j.IsTerminal).Select(j => (JsonNode)new JsonObject { ["jobId"] = j.Id, ["status"] = j.Status.Wire() })];
        History.Write("server_started", new() { ["processId"] = Environment.ProcessId, ["connections"] = connections, ["unfinishedJobs"] = jobs });
    }

    private InstanceIds LoadInstance(string path)
    {
        if (!File.Exists(path))
        {
            InstanceIds made = new(Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
            AtomicFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(made, StoreJson.Options));
        }

        InstanceIds ids = JsonSerializer.Deserialize<InstanceIds>(File.ReadAllBytes(path), StoreJson.Options)!;
        if (Workspaces.Find(ids.WorkspaceId.ToString()) is null)
        {
            Workspaces.Put(new(ids.WorkspaceId, "Default Workspace", DateTimeOffset.UtcNow, Deleted: false));
        }

        return ids;
    }
}
