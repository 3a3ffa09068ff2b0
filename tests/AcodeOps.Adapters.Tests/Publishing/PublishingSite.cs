using System.Text.Json.Nodes;
using AcodeOps.Adapters.Tests.Failover;
using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Configuration;
using AcodeOps.Configuration.Publishing;
using AcodeOps.Environments;
using AcodeOps.Lab;
using AcodeOps.Lab.Airbyte;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Lab.Servers.Storage;
using AcodeOps.Runbooks;

namespace AcodeOps.Adapters.Tests.Publishing;

/// <summary>A workspace of its own at the lab's Airbyte, whose connectors reach real servers, a folder of files, and whoever changes things there by hand.</summary>
internal sealed class PublishingSite : IAsyncDisposable
{
    private const string Api = "/api/public/v1/";
    private readonly bool _isGuest;

    private PublishingSite(LabSite lab, AirbyteClient airbyte, AcodeEnvironment environment, bool remembers, string? folder = null)
    {
        (Lab, Airbyte, Environment, _isGuest) = (lab, airbyte, environment, folder is not null);
        Folder = folder ?? Directory.CreateTempSubdirectory("acode-publishing-").FullName;
        Installation real = new(environment, session: null, TimeProvider.System);
        Installation = remembers ? new RememberingInstallation(real) : real;
    }

    public LabSite Lab { get; }

    /// <summary>Whoever changes something by hand.</summary>
    public AirbyteClient Airbyte { get; }

    public AcodeEnvironment Environment { get; }

    public IInstallation Installation { get; }

    public string Folder { get; }

    public Guid Workspace => Environment.Airbyte.Workspace!.Value;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static IProjectFiles Projects { get; } = new AdapterDoor().Projects;

    /// <summary>Starts one.</summary>
    /// <param name="labs">The lab.</param>
    /// <param name="lakeRoute">The connection that is the environment's only route; null for none.</param>
    /// <param name="remembers">Keep audit, journals and records in memory: for tests of many rounds, which are not about them.</param>
    public static async Task<PublishingSite> StartAsync(LabFixture labs, string? lakeRoute = null, bool remembers = false)
    {
        LabSite lab = await labs.SiteAsync(DatabaseFlavor.MySql);
        AirbyteClient airbyte = await AirbyteClient.OpenAsync(new Uri(lab.Airbyte.Endpoint), lab.Airbyte.Folder, Cancel);
        string name = "publishing-" + Path.GetRandomFileName().Replace('.', '-');
        Guid workspace = (Guid)(await airbyte.SendAsync(HttpMethod.Post, Api + "workspaces", new JsonObject { ["name"] = name }, Cancel))["workspaceId"]!;
        return new PublishingSite(lab, airbyte, Definition(lab, name, workspace, lakeRoute), remembers);
    }

    /// <summary>What another process needs to work on the same: words and paths, no secret.</summary>
    public string Orders => $"{Lab.Folder}#{Environment.Name}#{Workspace}#{Folder}";

    /// <summary>Works on what another process has made.</summary>
    public static async Task<PublishingSite> JoinAsync(string[] orders, CancellationToken cancel)
    {
        LabSite lab = LabSite.Attach(orders[0]);
        AirbyteClient airbyte = await AirbyteClient.OpenAsync(new Uri(lab.Airbyte.Endpoint), lab.Airbyte.Folder, cancel);
        return new PublishingSite(lab, airbyte, Definition(lab, orders[1], Guid.Parse(orders[2]), lakeRoute: null), remembers: false, orders[3]);
    }

    private static AcodeEnvironment Definition(LabSite lab, string name, Guid workspace, string? lakeRoute)
    {
        AcodeEnvironment known = EnvironmentFileReader.Read(new AdapterDoor().Documents, Path.Combine(lab.Folder, LabEnvironmentFile.FileName)).Choose("lab");
        return known with
        {
            Name = name,
            // Its own lease, journals and records.
            Storages = [.. known.Storages.Select(storage => storage.Role is StorageRole.Audit or StorageRole.Emergency ? storage with { Prefix = $"{storage.Prefix}{name}/" } : storage)],
            Airbyte = known.Airbyte with { Workspace = workspace },
            Routes = lakeRoute is null ? [] : [known.Routes[0] with { Connection = lakeRoute }],
        };
    }

    public JsonObject SourceSettings(JsonObject? more = null)
    {
        DatabaseServer server = Lab.Databases.Primary;
        return With(new JsonObject
        {
            ["host"] = "127.0.0.1",
            ["port"] = server.Port,
            ["database"] = server.Database,
            ["username"] = server.Reader.User,
            ["password"] = server.Reader.Password,
            ["replication_method"] = new JsonObject { ["method"] = "STANDARD" },
        }, more);
    }

    public JsonObject DestinationSettings(JsonObject? more = null) => With(new JsonObject
    {
        ["s3_bucket_name"] = StorageBuckets.Primary,
        ["s3_bucket_path"] = "published",
        ["s3_bucket_region"] = "us-east-2",
        ["s3_endpoint"] = Lab.Storage.Endpoint,
        ["access_key_id"] = Lab.Coordinates.UserKey.AccessKey,
        ["secret_access_key"] = Lab.Coordinates.UserKey.SecretKey,
        ["format"] = new JsonObject { ["format_type"] = "Parquet", ["compression_codec"] = "SNAPPY" },
    }, more);

    /// <summary>Makes something by hand.</summary>
    public async Task<Guid> MakeAsync(string kind, string name, JsonObject configuration)
    {
        configuration[$"{kind}Type"] = kind == "source" ? "mysql" : "s3";
        return (Guid)(await Airbyte.SendAsync(
            HttpMethod.Post, $"{Api}{kind}s", new JsonObject { ["name"] = name, ["workspaceId"] = Workspace, ["configuration"] = configuration }, Cancel))[$"{kind}Id"]!;
    }

    /// <summary>Makes a connection by hand.</summary>
    public async Task<Guid> ConnectAsync(string name, Guid source, Guid destination, JsonObject? more = null) => (Guid)(await Airbyte.SendAsync(
        HttpMethod.Post, Api + "connections", With(new JsonObject { ["name"] = name, ["sourceId"] = source, ["destinationId"] = destination }, more), Cancel))["connectionId"]!;

    /// <summary>Reads or changes something by hand.</summary>
    public Task<JsonNode> ByHandAsync(HttpMethod method, string path, JsonObject? body = null) => Airbyte.SendAsync(method, Api + path, body, Cancel);

    /// <summary>One source, one destination, and a connection by cursor, published from files that were imported.</summary>
    public async Task<(Guid Source, Guid Destination, Guid Connection)> BeginAsync()
    {
        Guid source = await MakeAsync("source", "shop", SourceSettings());
        Guid destination = await MakeAsync("destination", "lake", DestinationSettings());
        Guid connection = await ConnectAsync("shop to lake", source, destination, new JsonObject
        {
            ["status"] = "inactive",
            ["schedule"] = new JsonObject { ["scheduleType"] = "cron", ["cronExpression"] = "0 0 2 * * ?" },
            ["configurations"] = new JsonObject
            {
                ["streams"] = new JsonArray(
                    Stream(AcodeOps.Lab.Sales.SalesTables.Daily, "incremental_append", "Data_Processamento"), Stream(AcodeOps.Lab.Sales.SalesTables.Products, "full_refresh_append")),
            },
        });
        await ImportAsync();
        Refer("sources/shop", "password", "secretsmanager:acode/mysql/primary");
        FailoverSite.AssertStatus(RunbookStatus.Completed, (await PublishAsync())!);
        Assert.Empty(await CompareAsync(secrets: true));
        return (source, destination, connection);
    }

    public static JsonObject Stream(string name, string mode, string? cursor = null)
    {
        JsonObject stream = new() { ["name"] = name, ["syncMode"] = mode };
        if (cursor is not null)
        {
            stream["cursorField"] = new JsonArray(cursor);
        }

        return stream;
    }

    public string File(string place) => Path.Combine(Folder, place, "configuration.yaml");

    /// <summary>Puts a reference, or anything else, in the place of a setting's value.</summary>
    public void Refer(string place, string key, string value) => Edit(place, $@"(?m)^(\s+{key}:).*$", $"$1 {value}");

    /// <summary>Changes a file; fails where nothing fits.</summary>
    public void Edit(string place, string pattern, string replacement)
    {
        string before = System.IO.File.ReadAllText(File(place));
        string after = System.Text.RegularExpressions.Regex.Replace(before, pattern, replacement);
        Assert.NotEqual(before, after);
        System.IO.File.WriteAllText(File(place), after);
    }

    public async Task ImportAsync()
    {
        ConfigurationImporter importer = new(Installation, Projects, System.Environment.GetEnvironmentVariable);
        importer.Write(await importer.ReadAsync(Cancel), Folder);
    }

    /// <summary>The files of the folder, by their paths in it.</summary>
    public Dictionary<string, string> Files() => Directory.EnumerateFiles(Folder, "*.yaml", SearchOption.AllDirectories).ToDictionary(file => Path.GetRelativePath(Folder, file), System.IO.File.ReadAllText);

    /// <summary>Makes the folder hold these files, and no others.</summary>
    public void Write(IReadOnlyDictionary<string, string> files)
    {
        Directory.Delete(Folder, recursive: true);
        foreach ((string path, string text) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Folder, path))!);
            System.IO.File.WriteAllText(Path.Combine(Folder, path), text);
        }
    }

    public Task<ConfigurationProject> ReadAsync() =>
        new ConfigurationChecker(Projects, System.Environment.GetEnvironmentVariable).CheckAsync(Environment, Folder, null, Cancel);

    public async Task<IReadOnlyList<ConfigurationChange>> CompareAsync(bool secrets = false, bool prune = false)
    {
        ConfigurationComparison comparison = await new ConfigurationComparer(Installation).CompareAsync(
            await ReadAsync(), new ComparisonOptions { IncludeSecrets = secrets, Prune = prune }, Cancel);
        Assert.Empty(comparison.Failures);
        return comparison.Changes;
    }

    public async Task<PublicationPlan> PlanAsync(PublicationOptions? options = null) =>
        await new PublicationPlanner(Installation).PlanAsync(await ReadAsync(), options ?? new PublicationOptions(), Cancel);

    /// <summary>Publishes; null where there was nothing to do.</summary>
    public async Task<RunbookRun?> PublishAsync(PublicationOptions? options = null) => await RunAsync(await PlanAsync(options));

    /// <summary>Makes a planned publication; null where there was nothing to do.</summary>
    public async Task<RunbookRun?> RunAsync(PublicationPlan plan) => plan.IsEmpty
        ? null : await new RunbookEngine(Installation, FailoverSite.Origin).StartAsync(new PublicationRunbook(plan), new RunOptions(), progress: null, Cancel);

    /// <summary>Restores a backup; null where there was nothing to do.</summary>
    public async Task<RunbookRun?> RestoreAsync(string? id = null, PublicationOptions? options = null, bool includeState = false)
    {
        ConfigurationSnapshot snapshot = await new ConfigurationBackups(Installation).FindAsync(id, StorageRole.Audit, Cancel);
        return await RunAsync(await new RestorationPlanner(Installation).PlanAsync(snapshot, options ?? new PublicationOptions(), includeState, Cancel));
    }

    /// <summary>All that Airbyte has of the workspace, as it tells it.</summary>
    public async Task<string> WorldAsync()
    {
        List<string> world = [];
        foreach (ConfiguredKind kind in Enum.GetValues<ConfiguredKind>())
        {
            await foreach (AirbyteResource resource in Installation.Airbyte.Resources.ListAsync(kind, Cancel))
            {
                AirbyteResource whole = (await Installation.Airbyte.Resources.ReadAsync(kind, resource.Id, Cancel))!;
                world.Add($"{whole}: {whole.Settings.ToJsonString()}");
            }
        }

        return string.Join('\n', world.Order(StringComparer.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        await Installation.DisposeAsync();
        Airbyte.Dispose();
        if (!_isGuest)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private static JsonObject With(JsonObject settings, JsonObject? more)
    {
        foreach ((string key, JsonNode? value) in more ?? [])
        {
            settings[key] = value?.DeepClone();
        }

        return settings;
    }
}
