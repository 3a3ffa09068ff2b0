using System.Text.Json.Nodes;
using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Audit;
using AcodeOps.Environments;
using AcodeOps.Lab;
using AcodeOps.Lab.Airbyte;
using AcodeOps.Lab.Faults;
using AcodeOps.Lab.Sales;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Lab.Servers.Storage;
using AcodeOps.Routing;
using AcodeOps.Runbooks;

namespace AcodeOps.Adapters.Tests.Failover;

/// <summary>A whole lab on which switches are made, and what a sceptic looks at afterwards: Airbyte's history and the lake itself.</summary>
internal sealed class FailoverSite : IAsyncDisposable
{
    private int _begin;
    private bool _isShared;
    private JsonObject? _settingsBefore;

    private FailoverSite(LabSite lab, string environment, Installation installation) => (Lab, EnvironmentName, Installation) = (lab, environment, installation);

    public LabSite Lab { get; }

    public string EnvironmentName { get; }

    public Installation Installation { get; }

    public static AuditOrigin Origin { get; } = new("ana", "ops-1", Environment.ProcessId, "0.1.0", "7.6.9", "c0ffee");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A lab of the test's own, with the environment's preferred route active and synced.</summary>
    public static async Task<FailoverSite> StartAsync(LabFixture labs, DatabaseFlavor flavor, string environment = "lab", int rows = 2_000)
    {
        FailoverSite site = Open(await labs.NewSiteAsync(new LabOptions { Flavor = flavor, Rows = rows, Days = 10, WithIndexes = true }), environment);
        await site.BeginAsync();
        return site;
    }

    /// <summary>The lab of a test's class, brought back to where a new one begins: no fault, no running sync, the preferred route active and synced.</summary>
    public static async Task<FailoverSite> ShareAsync(LabFixture labs, Type tests, DatabaseFlavor flavor, string environment = "lab", int rows = 2_000)
    {
        FailoverSite site = Open(await labs.SiteOfAsync(tests, new LabOptions { Flavor = flavor, Rows = rows, Days = 10, WithIndexes = true }), environment);
        site._isShared = true;
        await site.BringBackAsync();
        await site.BeginAsync();
        return site;
    }

    /// <summary>A running lab.</summary>
    public static FailoverSite Open(LabSite lab, string environment)
    {
        AcodeEnvironment definition = EnvironmentFileReader.Read(new AdapterDoor().Documents, Path.Combine(lab.Folder, LabEnvironmentFile.FileName)).Choose(environment);
        return new FailoverSite(lab, environment, new Installation(definition, session: null, TimeProvider.System));
    }

    private async Task BringBackAsync()
    {
        await ClearAsync();
        await ClearAirbyteFaultsAsync();
        await Lab.Databases.WaitUntilInSyncAsync(TimeSpan.FromMinutes(1), Cancel);
        await foreach (Connection connection in Installation.Airbyte.ListConnectionsAsync(Cancel))
        {
            if (connection.Status == ConnectionStatus.Active)
            {
                await Installation.Airbyte.SetStatusAsync(connection.ConnectionId, ConnectionStatus.Inactive, Cancel);
            }

            if (await Installation.Airbyte.ListSyncsAsync(connection.ConnectionId, Cancel).FirstOrDefaultAsync(Cancel) is { IsTerminal: false } running)
            {
                await UntilEndedAsync(await Installation.Airbyte.CancelSyncAsync(running.JobId, Cancel));
            }

            await UntilApartAsync(connection.ConnectionId);
        }
    }

    /// <summary>From here on the history counts.</summary>
    public async Task BeginAsync()
    {
        Guid preferred = await ConnectionAsync(Installation.Environment.Routes[0].Connection);
        await Installation.Airbyte.SetStatusAsync(preferred, ConnectionStatus.Active, Cancel);
        if (EnvironmentName != "lab")
        {
            await SyncAsync(preferred);
        }

        _begin = History().Length;
    }

    /// <summary>
    /// Runs a sync to its end, once the one before has ended so long ago that their objects can be told apart: S3 tells times to the second, and what
    /// follows sooner is rightly not seen whole.
    /// </summary>
    public async Task SyncApartAsync(Guid connection)
    {
        await UntilApartAsync(connection);
        await SyncAsync(connection);
    }

    /// <summary>The same of another connection that writes into the same folder.</summary>
    public async Task SyncApartAsync(Guid from, Guid connection)
    {
        await UntilApartAsync(from);
        await SyncAsync(connection);
    }

    /// <summary>Waits until objects of a sync that begins now can be told apart from those of the newest one.</summary>
    public async Task UntilApartAsync(Guid connection)
    {
        Sync? last = await Installation.Airbyte.ListSyncsAsync(connection, Cancel).FirstOrDefaultAsync(Cancel);
        if (last?.UpdatedAt + TimeSpan.FromSeconds(3.5) - DateTimeOffset.UtcNow is { Ticks: > 0 } rest)
        {
            await Task.Delay(rest, Cancel);
        }
    }

    /// <summary>Runs a sync to its end.</summary>
    public async Task<Sync> SyncAsync(Guid connection) => await UntilEndedAsync(await Installation.Airbyte.StartSyncAsync(connection, Cancel));

    // Airbyte tells of an end only to those who ask.
    private async Task<Sync> UntilEndedAsync(Sync sync)
    {
        while (!sync.IsTerminal)
        {
            await Task.Delay(50, Cancel);
            sync = (await Installation.Airbyte.ReadSyncAsync(sync.JobId, Cancel))!;
        }

        return sync;
    }

    /// <summary>Fails when the history tells of two writers since the begin.</summary>
    public async Task AssertSingleWriterAsync()
    {
        List<Guid> routes = [];
        foreach (RouteDefinition route in Installation.Environment.Routes)
        {
            routes.Add(await ConnectionAsync(route.Connection));
        }

        Assert.Empty(WriterHistory.Violations(History(), _begin, routes));
    }

    /// <summary>Fails when another route than this one is active, or a second one.</summary>
    public async Task AssertActiveAsync(string route)
    {
        List<string> active = [];
        foreach (RouteDefinition definition in Installation.Environment.Routes)
        {
            Connection? connection = await Installation.Airbyte.ReadConnectionAsync(await ConnectionAsync(definition.Connection), Cancel);
            if (connection!.Status == ConnectionStatus.Active)
            {
                active.Add(definition.Name);
            }
        }

        Assert.Equal([route], active);
    }

    /// <summary>Fails, and shows every step, when a run has another status.</summary>
    public static void AssertStatus(RunbookStatus expected, RunbookRun run) => Assert.True(
        run.Status == expected,
        $"{run.Status}: {run.ErrorId} {run.Error}\n{string.Join('\n', run.Steps.Select(s => $"{s} {s.Error} {string.Join("; ", s.Evidence)}"))}");

    public AirbyteStandIn.Lake PrimaryLake => new(Lab, StorageBuckets.Primary);

    public AirbyteStandIn.Lake BackupLake => new(Lab, StorageBuckets.Backup);

    public Task<FailoverPlan> PlanAsync(string to, FailoverRequest? request = null) =>
        new FailoverPlanner(Installation).PlanAsync((request ?? new FailoverRequest()) with { Candidates = [to], TimeoutSeconds = 20 }, Cancel);

    /// <summary>Plans a switch, and makes it.</summary>
    public async Task<RunbookRun> SwitchAsync(string to, FailoverRequest? request = null, RunOptions? options = null)
    {
        FailoverPlan plan = await PlanAsync(to, request);
        return plan.IsAllowed ? await RunAsync(plan, options) : throw new FailoverConsent(plan).Refusal();
    }

    /// <summary>Makes a planned switch.</summary>
    public Task<RunbookRun> RunAsync(FailoverPlan plan, RunOptions? options = null) =>
        new RunbookEngine(Installation, Origin).StartAsync(new FailoverRunbook(plan), options ?? new RunOptions(), progress: null, Cancel);

    public Task FaultAsync(string name, params string[] arguments) => LabFaults.ApplyAsync(Lab, name, arguments, Cancel);

    public Task ClearAsync(string? name = null) => LabFaults.ClearAsync(Lab, name, Cancel);

    /// <summary>A fault of the stand-in.</summary>
    public Task AirbyteFaultAsync(JsonObject fault) => TellAirbyteAsync(HttpMethod.Post, "/lab/faults", fault);

    /// <summary>Waits until a job is in the hands of a fault, a minute at most.</summary>
    public async Task UntilFaultStrikesAsync()
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        while (!HistorySinceBegin().Any(line => (string?)line["event"] == "fault" && (string?)line["what"] == "struck"))
        {
            await Task.Delay(20, patience.Token);
        }
    }

    public Task ClearAirbyteFaultsAsync() => TellAirbyteAsync(HttpMethod.Delete, "/lab/faults", null);

    /// <summary>Turns some of the stand-in's settings.</summary>
    public async Task AirbyteSettingsAsync(JsonObject changes)
    {
        using AirbyteClient airbyte = AirbyteClient.Anonymous(new Uri(Lab.Airbyte.Endpoint));
        JsonObject settings = (await airbyte.SendAsync(HttpMethod.Get, "/lab/settings", null, Cancel)).AsObject();
        _settingsBefore ??= settings.DeepClone().AsObject();
        foreach ((string name, JsonNode? value) in changes)
        {
            settings[name] = value?.DeepClone();
        }

        await airbyte.SendAsync(HttpMethod.Put, "/lab/settings", settings, Cancel);
    }

    private async Task TellAirbyteAsync(HttpMethod method, string path, JsonNode? body)
    {
        using AirbyteClient airbyte = AirbyteClient.Anonymous(new Uri(Lab.Airbyte.Endpoint));
        await airbyte.SendAsync(method, path, body, Cancel);
    }

    /// <summary>What happened at Airbyte since the test began.</summary>
    public JsonNode[] HistorySinceBegin() => [.. History().Skip(_begin)];

    public JsonNode[] History() => [.. File.ReadAllLines(Path.Combine(Lab.Airbyte.Folder, "history.jsonl")).Select(line => JsonNode.Parse(line)!)];

    public async Task<Guid> ConnectionAsync(string name)
    {
        await foreach (Connection connection in Installation.Airbyte.ListConnectionsAsync(Cancel))
        {
            if (connection.Name == name)
            {
                return connection.ConnectionId;
            }
        }

        throw new ArgumentException(name);
    }

    /// <summary>The keys of all daily sales that a source holds.</summary>
    public static async Task<HashSet<long>> SourceIdsAsync(DatabaseServer server)
    {
        HashSet<long> ids = [];
        await using MySqlConnector.MySqlConnection connection = await server.OpenAsync(Cancel, database: server.Database);
        await using MySqlConnector.MySqlCommand command = new($"SELECT idpk FROM {SalesTables.Daily}", connection);
        await using MySqlConnector.MySqlDataReader reader = await command.ExecuteReaderAsync(Cancel);
        while (await reader.ReadAsync(Cancel))
        {
            ids.Add(reader.GetInt64(0));
        }

        return ids;
    }

    /// <summary>Ends the lab too, where this process has started it for this test alone.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isShared && _settingsBefore is { } settings)
        {
            await AirbyteSettingsAsync(settings);
        }

        await Installation.DisposeAsync();
        if (!_isShared)
        {
            await Lab.DisposeAsync();
        }
    }
}
