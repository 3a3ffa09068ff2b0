using System.Globalization;
using System.Text.Json.Nodes;
using AcodeOps.Adapters.Tests.Airbyte;
using AcodeOps.Lab;
using AcodeOps.Lab.Airbyte;
using AcodeOps.Lab.Airbyte.Api;
using AcodeOps.Lab.Servers;
using AcodeOps.Lab.Servers.Databases;
using Client = AcodeOps.Adapters.Airbyte.AirbyteServer;

namespace AcodeOps.Adapters.Tests.AirbyteStandIn;

/// <summary>One stand-in process and its callers.</summary>
internal sealed class StandIn : IAsyncDisposable
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly LabFolder _folder;
    private readonly AuthMode _auth;
    private readonly ServerProcess _process;
    private AirbyteClient? _client;

    private StandIn(LabFolder folder, AuthMode auth)
    {
        (_folder, _auth) = (folder, auth);
        Folder = Path.Combine(folder.Path, "airbyte");
        _process = new(folder.Run, "airbyte");
    }

    public string Folder { get; }

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public AirbyteClient Client => _client ?? throw new InvalidOperationException("The stand-in was not started.");

    public AirbyteInstallation Installation { get; private set; } = null!;

    public Lake PrimaryLake { get; private set; } = null!;

    public Lake BackupLake { get; private set; } = null!;

    public JsonNode[] History => [.. File.ReadAllLines(Path.Combine(Folder, "history.jsonl")).Select(l => JsonNode.Parse(l)!)];

    public static async Task<StandIn> StartAsync(LabFolder folder, AuthMode auth, CancellationToken cancel)
    {
        StandIn standIn = new(folder, auth);
        await standIn.StartAsync(cancel);
        return standIn;
    }

    /// <summary>Starts it on what is in its folder; at the second time on the port that it had.</summary>
    public async Task StartAsync(CancellationToken cancel)
    {
        string portFile = Path.Combine(Folder, AirbyteServer.PortFileName);
        string port = File.Exists(portFile) ? await File.ReadAllTextAsync(portFile, cancel) : "0";
        string auth = _auth switch { AuthMode.None => "none", AuthMode.Basic => "basic", _ => "client-credentials" };
        _process.Start(LabProgram.Command("airbyte", "--folder", Folder, "--port", port, "--auth", auth), LabProgram.Environment);
        await _process.WaitUntilAsync(async c => await AnswersAsync(portFile, c), TimeSpan.FromSeconds(60), cancel);
        _client?.Dispose();
        _client = _auth switch
        {
            AuthMode.None => AirbyteClient.Anonymous(Address),
            AuthMode.Basic => AirbyteClient.Basic(Address, Folder),
            _ => await AirbyteClient.OpenAsync(Address, Folder, cancel),
        };
    }

    /// <summary>The product's own client, let in with the application that the stand-in made.</summary>
    public Client OpenClient(Guid? workspace = null)
    {
        Credentials credentials = Credentials.Load(Folder);
        return new(
            new AirbyteDefinition { Url = Address, Authentication = AirbyteAuthentication.ClientCredentials, Credential = HeldCredential.Reference, Workspace = workspace },
            new HeldCredential(credentials.ClientSecret) { UserName = credentials.ClientId }, TimeProvider.System);
    }

    public Task KillAsync() => _process.KillAsync();

    public async Task ProvisionAsync(DatabasePair pair, LabSite site, string primaryBucket, string backupBucket, CancellationToken cancel)
    {
        static MySqlEndpoint Endpoint(DatabaseServer server) => new("127.0.0.1", server.Port, server.Database, server.Reader.User, server.Reader.Password);
        S3Endpoint storage = new(new Uri(site.Storage.Endpoint), "us-east-2", site.Coordinates.UserKey.AccessKey, site.Coordinates.UserKey.SecretKey);
        Installation = await new AirbyteProvisioning(Client).ProvisionAsync(Endpoint(pair.Primary), Endpoint(pair.Replica), storage, primaryBucket, backupBucket, cancel);
        (PrimaryLake, BackupLake) = (new Lake(site, primaryBucket), new Lake(site, backupBucket));
    }

    public Task<JsonNode> GetAsync(string path, CancellationToken cancel) => Client.SendAsync(HttpMethod.Get, path, null, cancel);

    public Task<JsonNode> PostAsync(string path, JsonNode body, CancellationToken cancel) => Client.SendAsync(HttpMethod.Post, path, body, cancel);

    public Task<JsonNode> PatchConnectionAsync(string name, JsonObject body, CancellationToken cancel) =>
        Client.SendAsync(HttpMethod.Patch, $"/api/public/v1/connections/{Installation.Connections[name]}", body, cancel);

    public Task ConfigureAsync(JsonObject settings, CancellationToken cancel) => Client.SendAsync(HttpMethod.Put, "/lab/settings", settings, cancel);

    public Task FaultAsync(JsonObject fault, CancellationToken cancel) => PostAsync("/lab/faults", fault, cancel);

    /// <summary>Makes a connection the active one.</summary>
    public Task ActivateAsync(string name, CancellationToken cancel) => PatchConnectionAsync(name, new() { ["status"] = "active" }, cancel);

    public JsonObject SyncRequest(string name) => new() { ["connectionId"] = Installation.Connections[name], ["jobType"] = "sync" };

    /// <summary>Starts a sync and gives its job's id.</summary>
    public async Task<long> StartSyncAsync(string name, CancellationToken cancel) =>
        (long)(await PostAsync("/api/public/v1/jobs", SyncRequest(name), cancel))["jobId"]!;

    /// <summary>Syncs to the end; it must be the given one.</summary>
    public async Task<JsonNode> SyncAsync(string name, CancellationToken cancel, string end = "succeeded") =>
        await WaitAsync(await StartSyncAsync(name, cancel), end, cancel);

    /// <summary>Waits until a job has a status; any other end fails the test.</summary>
    public async Task<JsonNode> WaitAsync(long job, string status, CancellationToken cancel, Func<JsonNode, bool>? also = null)
    {
        while (true)
        {
            JsonNode read = await GetAsync($"/api/public/v1/jobs/{job.ToString(CultureInfo.InvariantCulture)}", cancel);
            string now = (string)read["status"]!;
            if (now == status && (also is null || also(read)))
            {
                return read;
            }

            if (now is "succeeded" or "failed" or "cancelled")
            {
                JsonNode detail = await PostAsync("/api/v1/jobs/get_without_logs", new JsonObject { ["id"] = job }, cancel);
                Assert.Fail($"job {job} ended {now}, not {status}: {detail}");
            }

            await Task.Delay(20, cancel);
        }
    }

    /// <summary>The cursor that Airbyte keeps for the first stream of a connection.</summary>
    public async Task<JsonNode> StateAsync(string name, CancellationToken cancel) =>
        await PostAsync("/api/v1/state/get", new JsonObject { ["connectionId"] = Installation.Connections[name] }, cancel);

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        await _process.StopAsync(TimeSpan.FromSeconds(5));
    }

    private async Task<bool> AnswersAsync(string portFile, CancellationToken cancel)
    {
        if (!File.Exists(portFile))
        {
            return false;
        }

        Address = new($"http://127.0.0.1:{await File.ReadAllTextAsync(portFile, cancel)}");
        try
        {
            using HttpResponseMessage answer = await Http.GetAsync(new Uri(Address, "/api/public/v1/health"), cancel);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
