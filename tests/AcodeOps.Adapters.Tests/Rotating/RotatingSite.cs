using System.Text.Json.Nodes;
using AcodeOps.Adapters.Tests.Failover;
using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Environments;
using AcodeOps.Lab;
using AcodeOps.Lab.Airbyte;
using AcodeOps.Lab.Sales;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Lab.Servers.Storage;
using AcodeOps.Runbooks;
using AcodeOps.Secrets;
using AcodeOps.Secrets.Rotating;
using MySqlConnector;

namespace AcodeOps.Adapters.Tests.Rotating;

/// <summary>
/// An account of its own at one of the lab's real servers, its secret, and a workspace of its own at the lab's Airbyte whose only
/// connection is active and logs in as that account. And what a sceptic looks at: the server itself, and Airbyte's own files.
/// </summary>
internal sealed class RotatingSite : IAsyncDisposable
{
    private const string Api = "/api/public/v1/";
    private const string FirstPassword = "First-of-all.9";

    private RotatingSite(LabSite lab, AirbyteClient airbyte, AcodeEnvironment environment, string[] orders)
    {
        (Lab, Airbyte, Environment, _orders) = (lab, airbyte, environment, orders);
        Installation = new Installation(environment, session: null, TimeProvider.System);
    }

    private readonly string[] _orders;

    public LabSite Lab { get; }

    public AirbyteClient Airbyte { get; }

    public AcodeEnvironment Environment { get; }

    public Installation Installation { get; }

    /// <summary>The account's first user.</summary>
    public string User => _orders[1];

    public Guid SourceId => Guid.Parse(_orders[3]);

    public Guid ConnectionId => Guid.Parse(_orders[4]);

    public SourceRole Role => Enum.Parse<SourceRole>(_orders[5]);

    public DatabaseServer Server => ServerOf(Lab, Role);

    public CredentialReference Reference => Environment.Sources[0].Credential;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Starts one.</summary>
    /// <param name="labs">The lab.</param>
    /// <param name="flavor">The server's make.</param>
    /// <param name="role">Which server: the primary, taken for an own one, or the replica.</param>
    /// <param name="change">Changes the source's definition.</param>
    /// <param name="more">What else the account may do or must do, as statements with <c>{0}</c> in its place.</param>
    public static async Task<RotatingSite> StartAsync(
        LabFixture labs, DatabaseFlavor flavor, SourceRole role, Func<SourceDefinition, SourceDefinition>? change = null, params string[] more)
    {
        LabSite lab = await labs.SiteAsync(flavor);
        DatabaseServer server = ServerOf(lab, role);
        string name = $"rot_{Path.GetRandomFileName()[..8]}";
        await ForThisServerAsync(server, lifts: flavor == DatabaseFlavor.MySql && role == SourceRole.Backup, [
            $"CREATE USER '{name}'@'127.0.0.1' IDENTIFIED BY '{FirstPassword}'", $"GRANT SELECT ON {server.Database}.* TO '{name}'@'127.0.0.1'",
            .. more.Select(statement => string.Format(System.Globalization.CultureInfo.InvariantCulture, statement, $"'{name}'@'127.0.0.1'")),
        ]);
        await lab.Cloud.PutSecretAsync(
            $"acode/rotating/{name}", new JsonObject { ["username"] = name, ["password"] = FirstPassword, ["host"] = "127.0.0.1", ["port"] = server.Port, ["database"] = server.Database, ["engine"] = "kept" }, Cancel);
        AirbyteClient airbyte = await AirbyteClient.OpenAsync(new Uri(lab.Airbyte.Endpoint), lab.Airbyte.Folder, Cancel);
        Guid workspace = (Guid)(await airbyte.SendAsync(HttpMethod.Post, Api + "workspaces", new JsonObject { ["name"] = name }, Cancel))["workspaceId"]!;
        Guid source = await MakeAsync("source", new JsonObject
        {
            ["sourceType"] = "mysql",
            ["host"] = "127.0.0.1",
            ["port"] = server.Port,
            ["database"] = server.Database,
            ["username"] = name,
            ["password"] = FirstPassword,
            ["replication_method"] = new JsonObject { ["method"] = "STANDARD" },
        });
        Guid destination = await MakeAsync("destination", new JsonObject
        {
            ["destinationType"] = "s3",
            ["s3_bucket_name"] = StorageBuckets.Primary,
            ["s3_bucket_path"] = $"rotating/{name}",
            ["s3_bucket_region"] = "us-east-2",
            ["s3_endpoint"] = lab.Storage.Endpoint,
            ["access_key_id"] = lab.Coordinates.UserKey.AccessKey,
            ["secret_access_key"] = lab.Coordinates.UserKey.SecretKey,
            ["format"] = new JsonObject { ["format_type"] = "Parquet", ["compression_codec"] = "SNAPPY" },
        });
        Guid connection = (Guid)(await airbyte.SendAsync(HttpMethod.Post, Api + "connections", new JsonObject
        {
            ["name"] = $"connection {name}",
            ["sourceId"] = source,
            ["destinationId"] = destination,
            ["status"] = "active",
            ["configurations"] = new JsonObject
            {
                ["streams"] = new JsonArray([.. new[] { SalesTables.Products, SalesTables.Invoices }.Select(table => (JsonNode)new JsonObject { ["name"] = table, ["syncMode"] = "full_refresh_overwrite" })]),
            },
        }, Cancel))["connectionId"]!;
        string[] orders = [lab.Folder, name, workspace.ToString(), source.ToString(), connection.ToString(), role.ToString()];
        return new RotatingSite(lab, airbyte, Definition(lab, orders, change), orders);

        async Task<Guid> MakeAsync(string kind, JsonObject configuration) => (Guid)(await airbyte.SendAsync(
            HttpMethod.Post, $"{Api}{kind}s", new JsonObject { ["name"] = $"{kind} {name}", ["workspaceId"] = workspace, ["configuration"] = configuration }, Cancel))[$"{kind}Id"]!;
    }

    /// <summary>What another process needs to work on the same: words and paths, no secret.</summary>
    public string Orders => string.Join('#', _orders);

    /// <summary>Works on what another process has made.</summary>
    public static async Task<RotatingSite> JoinAsync(string[] orders, CancellationToken cancel)
    {
        LabSite lab = LabSite.Attach(orders[0]);
        return new RotatingSite(lab, await AirbyteClient.OpenAsync(new Uri(lab.Airbyte.Endpoint), lab.Airbyte.Folder, cancel), Definition(lab, orders, null), orders);
    }

    public Task<RotationPlan> PlanAsync(RotationRequest? request = null, IInstallation? installation = null) =>
        new RotationPlanner(installation ?? Installation).PlanAsync((request ?? new RotationRequest { Source = Role }) with { LiftSuperReadOnly = true }, TestContext.Current.CancellationToken);

    public async Task<RunbookRun> RotateAsync(RotationRequest? request = null, IInstallation? installation = null, IProgress<RunProgress>? progress = null)
    {
        RotationPlan plan = await PlanAsync(request, installation);
        return await new RunbookEngine(installation ?? Installation, FailoverSite.Origin).StartAsync(
            new RotationRunbook(plan, request?.HandedOver(plan)), new RunOptions(), progress, TestContext.Current.CancellationToken);
    }

    public Task<SecretDescription> DescribeAsync() => Installation.SecretVersions.DescribeAsync(Reference, Cancel);

    /// <summary>A version of the secret; the current one without an id.</summary>
    public async Task<Credential> SecretAsync(string? version = null) =>
        (await Installation.SecretVersions.ReadAsync(Reference, version ?? (await DescribeAsync()).CurrentVersionId!, Cancel))!;

    /// <summary>Whether the server lets a login in.</summary>
    public async Task<bool> IsLetInAsync(Credential login)
    {
        try
        {
            await using MySqlConnection connection = await Server.OpenAsync(Cancel, new DatabaseLogin(login.UserName!, login.Password.Reveal()), Server.Database);
            return true;
        }
        catch (MySqlException e) when (e.Number is 1045 or 3118 or 4151)
        {
            return false;
        }
    }

    /// <summary>
    /// The one state that is allowed at an end: what is current logs in, Airbyte's copy is the same, nothing is pending, and of all
    /// versions that the secret ever had no other logs in.
    /// </summary>
    public async Task AssertSettledAsync(string where, params string[] formerVersions)
    {
        SecretDescription secret = await DescribeAsync();
        Assert.True(secret.PendingVersionId is null, $"{where}: {secret.PendingVersionId} is pending");
        Credential current = await SecretAsync();
        JsonNode held = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Lab.Airbyte.Folder, "state", "actors", $"{SourceId}.json"), Cancel))!;
        JsonNode configuration = held["Configuration"] ?? held["configuration"]!;
        Assert.True((string?)configuration["username"] == current.UserName, $"{where}: Airbyte logs in as another user");
        Assert.True((string?)configuration["password"] == current.Password.Reveal(), $"{where}: Airbyte holds another password");
        Assert.True(await IsLetInAsync(current), $"{where}: the current password is refused");
        foreach (string former in formerVersions.Where(version => version != secret.CurrentVersionId))
        {
            Assert.False(await Installation.SecretVersions.ReadAsync(Reference, former, Cancel) is { } old && await IsLetInAsync(old), $"{where}: version {former} is still let in");
        }

        if (Server == Lab.Databases.Replica)
        {
            Assert.Equal("1", Convert.ToString(await Server.ScalarAsync($"SELECT @@global.{(Lab.Databases.Flavor == DatabaseFlavor.MySql ? "super_read_only" : "read_only")}", Cancel), System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    /// <summary>A fault of the stand-in.</summary>
    public async Task FaultAsync(JsonObject fault)
    {
        using AirbyteClient anybody = AirbyteClient.Anonymous(new Uri(Lab.Airbyte.Endpoint));
        await anybody.SendAsync(HttpMethod.Post, "/lab/faults", fault, Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await Installation.DisposeAsync();
        Airbyte.Dispose();
    }

    private static DatabaseServer ServerOf(LabSite lab, SourceRole role) => role == SourceRole.Primary ? lab.Databases.Primary : lab.Databases.Replica;

    // As whoever runs the server makes an account: on the replica past its being read-only, and in no binary log.
    private static Task ForThisServerAsync(DatabaseServer server, bool lifts, IEnumerable<string> statements) => server.ExecuteAsync(string.Join("; ", [
        "SET SESSION sql_log_bin=0", .. lifts ? ["SET GLOBAL super_read_only=OFF"] : Array.Empty<string>(), .. statements, .. lifts ? ["SET GLOBAL super_read_only=ON"] : Array.Empty<string>(),
    ]), Cancel);

    private static AcodeEnvironment Definition(LabSite lab, string[] orders, Func<SourceDefinition, SourceDefinition>? change)
    {
        AcodeEnvironment known = EnvironmentFileReader.Read(new AdapterDoor().Documents, Path.Combine(lab.Folder, LabEnvironmentFile.FileName)).Choose("lab");
        SourceRole role = Enum.Parse<SourceRole>(orders[5]);
        SourceDefinition source = known.FindSource(role)! with
        {
            Credential = new CredentialReference(CredentialHolder.SecretsManager, $"acode/rotating/{orders[1]}"),
            Administrator = new CredentialReference(CredentialHolder.SecretsManager, role == SourceRole.Primary ? LabSecrets.PrimaryAdministrator : LabSecrets.BackupAdministrator),
            IsPartners = false,
            // The secret tells where the server is.
            Host = null,
            Port = null,
        };
        return known with
        {
            Name = orders[1],
            Sources = [change?.Invoke(source) ?? source],
            // Its own lease, journals and records.
            Storages = [.. known.Storages.Select(storage => storage.Role is StorageRole.Audit or StorageRole.Emergency ? storage with { Prefix = $"{storage.Prefix}{orders[1]}/" } : storage)],
            Airbyte = known.Airbyte with { Workspace = Guid.Parse(orders[2]) },
            Routes = [new RouteDefinition { Name = "only", Source = role, Storage = StorageRole.Primary, Connection = $"connection {orders[1]}" }],
        };
    }
}
