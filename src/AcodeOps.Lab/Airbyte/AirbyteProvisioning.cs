using System.Text.Json.Nodes;
using AcodeOps.Lab.Sales;

namespace AcodeOps.Lab.Airbyte;

/// <summary>
/// Sets the installation up in an Airbyte, through the public API: the two connections as they are installed, three more routes that match the first, and a pair
/// that syncs by cursor. Every schedule is manual and only <see cref="PrimaryConnection"/> is active. Run again, it brings the addresses and
/// passwords of sources and destinations up to date and leaves the connections as they are.
/// </summary>
public sealed class AirbyteProvisioning(AirbyteClient airbyte)
{
    public const string PrimarySource = "source_mysql_acode";
    public const string BackupSource = "source_mysql_acode_backup";
    public const string PrimaryDestination = "destination_s3_acode";
    public const string BackupDestination = "destination_s3_acode_backup";

    /// <summary>The backup bucket laid out like the primary one, for the crossed route.</summary>
    public const string BackupStorageDestination = "destination_s3_acode_backup_s3";

    /// <summary>Primary source to primary bucket: three streams, whole snapshots appended. The active route.</summary>
    public const string PrimaryConnection = "connection_mysql_s3_acode";

    /// <summary>Replica to backup bucket as installed: two of the three streams, overwritten.</summary>
    public const string BackupConnection = "connection_mysql_s3_acode_backup";

    /// <summary>Crossed: primary source to backup bucket.</summary>
    public const string BackupStorageConnection = "connection_mysql_s3_acode_backup_s3";

    /// <summary>Crossed: replica to primary bucket.</summary>
    public const string BackupSourceConnection = "connection_mysql_s3_acode_backup_mysql";

    /// <summary>Replica to backup bucket, laid out like the primary one.</summary>
    public const string BackupBothConnection = "connection_mysql_s3_acode_backup_mysql_s3";

    /// <summary>By cursor: primary source to primary bucket.</summary>
    public const string IncrementalConnection = "connection_acode_incremental";

    /// <summary>By cursor: replica to backup bucket.</summary>
    public const string IncrementalBackupConnection = "connection_acode_incremental_backup";

    private const string Api = "/api/public/v1/";
    private static readonly string[] AllStreams = [SalesTables.Daily, SalesTables.Products, SalesTables.Invoices];

    public async Task<AirbyteInstallation> ProvisionAsync(
        MySqlEndpoint primary, MySqlEndpoint replica, S3Endpoint storage, string primaryBucket, string backupBucket, CancellationToken cancel)
    {
        Guid workspace = await WorkspaceAsync(cancel);
        Dictionary<string, Guid> sources = new()
        {
            [PrimarySource] = await PutActorAsync("sources", PrimarySource, workspace, SourceConfiguration(primary), cancel),
            [BackupSource] = await PutActorAsync("sources", BackupSource, workspace, SourceConfiguration(replica), cancel),
        };
        JsonObject LikePrimary(string bucket) => DestinationConfiguration(
            storage, bucket, "origin=airbyte/database=bronze_acode", "${STREAM_NAME}/cog_dt_ingestion=${YEAR}-${MONTH}-${DAY}/file_${STREAM_NAME}_${EPOCH}_", "SNAPPY");
        JsonObject toBackup = DestinationConfiguration(
            storage, backupBucket, "origin=backup/database=bronze_acode_backup", "${STREAM_NAME}/backup_dt=${YEAR}-${MONTH}-${DAY}/backup_file_${STREAM_NAME}_${EPOCH}_", "GZIP");
        Dictionary<string, Guid> destinations = new()
        {
            [PrimaryDestination] = await PutActorAsync("destinations", PrimaryDestination, workspace, LikePrimary(primaryBucket), cancel),
            [BackupDestination] = await PutActorAsync("destinations", BackupDestination, workspace, toBackup, cancel),
            [BackupStorageDestination] = await PutActorAsync("destinations", BackupStorageDestination, workspace, LikePrimary(backupBucket), cancel),
        };

        Dictionary<string, Guid> connections = [];
        foreach ((string name, string source, string destination, string prefix, JsonArray streams) in Routes())
        {
            connections[name] = await FindAsync("connections", name, workspace, cancel) ?? await CreateAsync("connections", new()
            {
                ["name"] = name,
                ["sourceId"] = sources[source],
                ["destinationId"] = destinations[destination],
                ["status"] = name == PrimaryConnection ? "active" : "inactive",
                ["schedule"] = new JsonObject { ["scheduleType"] = "manual" },
                ["namespaceDefinition"] = "source",
                ["prefix"] = prefix,
                ["nonBreakingSchemaUpdatesBehavior"] = "ignore",
                ["configurations"] = new JsonObject { ["streams"] = streams },
            }, cancel);
        }

        return new(workspace, sources, destinations, connections);
    }

    private static IEnumerable<(string Name, string Source, string Destination, string Prefix, JsonArray Streams)> Routes()
    {
        yield return (PrimaryConnection, PrimarySource, PrimaryDestination, "", FullRefresh("full_refresh_append", AllStreams));
        yield return (BackupConnection, BackupSource, BackupDestination, "backup_", FullRefresh("full_refresh_overwrite", AllStreams[..2]));
        yield return (BackupStorageConnection, PrimarySource, BackupStorageDestination, "", FullRefresh("full_refresh_append", AllStreams));
        yield return (BackupSourceConnection, BackupSource, PrimaryDestination, "", FullRefresh("full_refresh_append", AllStreams));
        yield return (BackupBothConnection, BackupSource, BackupStorageDestination, "", FullRefresh("full_refresh_append", AllStreams));
        yield return (IncrementalConnection, PrimarySource, PrimaryDestination, "incremental_", Incremental());
        yield return (IncrementalBackupConnection, BackupSource, BackupDestination, "backup_incremental_", Incremental());
    }

    private static JsonArray FullRefresh(string mode, IEnumerable<string> streams) => [.. streams.Select(name => Stream(name, mode, []))];

    private static JsonArray Incremental() => [Stream(SalesTables.Daily, "incremental_append", ["Data_Processamento"])];

    private static JsonObject Stream(string name, string mode, JsonArray cursor) => new()
    {
        ["name"] = name,
        ["syncMode"] = mode,
        ["cursorField"] = cursor,
        ["primaryKey"] = new JsonArray(new JsonArray("idpk")),
    };

    private static JsonObject SourceConfiguration(MySqlEndpoint source) => new()
    {
        ["sourceType"] = "mysql",
        ["host"] = source.Host,
        ["port"] = source.Port,
        ["database"] = source.Database,
        ["username"] = source.UserName,
        ["password"] = source.Password,
        ["ssl_mode"] = new JsonObject { ["mode"] = "preferred" },
        ["replication_method"] = new JsonObject { ["method"] = "STANDARD" },
        ["tunnel_method"] = new JsonObject { ["tunnel_method"] = "NO_TUNNEL" },
    };

    private static JsonObject DestinationConfiguration(S3Endpoint storage, string bucket, string path, string pathFormat, string codec) => new()
    {
        ["destinationType"] = "s3",
        ["s3_bucket_name"] = bucket,
        ["s3_bucket_path"] = path,
        ["s3_bucket_region"] = storage.Region,
        ["s3_endpoint"] = storage.Endpoint.ToString(),
        ["access_key_id"] = storage.AccessKeyId,
        ["secret_access_key"] = storage.SecretAccessKey,
        ["s3_path_format"] = pathFormat,
        ["format"] = new JsonObject { ["format_type"] = "Parquet", ["compression_codec"] = codec },
    };

    // The one that every installation has from the start.
    private async Task<Guid> WorkspaceAsync(CancellationToken cancel) =>
        (Guid)(await airbyte.SendAsync(HttpMethod.Get, $"{Api}workspaces?limit=1&offset=0", null, cancel))["data"]![0]!["workspaceId"]!;

    private async Task<Guid> PutActorAsync(string kind, string name, Guid workspace, JsonObject configuration, CancellationToken cancel)
    {
        if (await FindAsync(kind, name, workspace, cancel) is Guid id)
        {
            await airbyte.SendAsync(HttpMethod.Put, $"{Api}{kind}/{id}", new JsonObject { ["name"] = name, ["configuration"] = configuration }, cancel);
            return id;
        }

        return await CreateAsync(kind, new() { ["name"] = name, ["workspaceId"] = workspace, ["configuration"] = configuration }, cancel);
    }

    /// <summary>The id of the one thing with this name; null when there is none.</summary>
    /// <exception cref="LabException">There are several: names are not unique in Airbyte.</exception>
    private async Task<Guid?> FindAsync(string kind, string name, Guid workspace, CancellationToken cancel)
    {
        const int Page = 100;
        List<JsonNode> all = [];
        int got;
        do
        {
            JsonNode answer = await airbyte.SendAsync(HttpMethod.Get, $"{Api}{kind}?limit={Page}&offset={all.Count}&workspaceIds={workspace}", null, cancel);
            JsonArray data = answer["data"]!.AsArray();
            got = data.Count;
            all.AddRange(data.Select(d => d!));
        }
        while (got == Page);

        List<JsonNode> named = [.. all.Where(d => (string?)d["name"] == name)];
        return named.Count switch
        {
            0 => null,
            1 => (Guid)named[0][kind[..^1] + "Id"]!,
            _ => throw new LabException($"Airbyte has {named.Count} {kind} called {name}: delete all but one."),
        };
    }

    private async Task<Guid> CreateAsync(string kind, JsonObject body, CancellationToken cancel) =>
        (Guid)(await airbyte.SendAsync(HttpMethod.Post, Api + kind, body, cancel))[kind[..^1] + "Id"]!;
}
