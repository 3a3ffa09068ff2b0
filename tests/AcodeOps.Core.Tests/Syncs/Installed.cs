using AcodeOps.Syncs;

namespace AcodeOps.Core.Tests.Syncs;

/// <summary>The two routes of a usual installation as Airbyte tells them, and jobs to put under them.</summary>
internal static class Installed
{
    public static DateTimeOffset Now { get; } = new(2026, 3, 10, 3, 0, 0, TimeSpan.Zero);

    public static Connection PrimaryConnection { get; } = new()
    {
        ConnectionId = new Guid(1, 0, 0, new byte[8]),
        Name = "connection_mysql_s3_acode",
        Status = ConnectionStatus.Active,
        SourceId = Guid.Empty,
        DestinationId = new Guid(11, 0, 0, new byte[8]),
        NamespaceDefinition = "source",
        Streams = [Stream("diario"), Stream("produtos"), Stream("complemento")],
    };

    public static Connection BackupConnection { get; } = PrimaryConnection with
    {
        ConnectionId = new Guid(2, 0, 0, new byte[8]),
        Name = "connection_mysql_s3_acode_backup",
        Status = ConnectionStatus.Inactive,
        DestinationId = new Guid(12, 0, 0, new byte[8]),
        Prefix = "backup_",
        Streams = [Stream("diario", "acode_farmarcas_replica", "full_refresh_overwrite"), Stream("produtos", "acode_farmarcas_replica", "full_refresh_overwrite")],
    };

    public static AirbyteDestination Lake { get; } = new(PrimaryConnection.DestinationId, "lake", "lake", "origin=airbyte/database=bronze_acode")
    {
        Format = "Parquet",
        Compression = "SNAPPY",
        PathFormat = "${STREAM_NAME}/cog_dt_ingestion=${YEAR}-${MONTH}-${DAY}/file_${STREAM_NAME}_${EPOCH}_",
    };

    public static AirbyteDestination BackupLake { get; } = Lake with
    {
        DestinationId = BackupConnection.DestinationId,
        Bucket = "backup-lake",
        BucketPath = "origin=backup",
        Compression = "GZIP",
        PathFormat = "${STREAM_NAME}/backup_dt=${YEAR}-${MONTH}-${DAY}/backup_file_${EPOCH}_",
    };

    public static AcodeEnvironment Environment { get; } = TestInstallation.Definition with
    {
        Storages = [new() { Role = StorageRole.Primary, Bucket = "lake" }, new() { Role = StorageRole.Backup, Bucket = "backup-lake" }],
        Routes = [Definition("primary", StorageRole.Primary, PrimaryConnection), Definition("backup_mysql+backup_s3", StorageRole.Backup, BackupConnection)],
    };

    public static ConnectionStream Stream(string name, string database = "acode_farmarcas", string mode = "full_refresh_append") => new(name, database, mode, []);

    public static RouteReading Primary(params Sync[] syncs) => Reading(0, PrimaryConnection, Lake, syncs);

    public static RouteReading Backup(params Sync[] syncs) => Reading(1, BackupConnection, BackupLake, syncs);

    public static RouteReading With(this RouteReading reading, ConnectionStatus status) => reading with
    {
        Connection = reading.Connection! with { Status = status },
        Route = reading.Route with { Status = status },
    };

    public static RouteReading Missing(this RouteReading reading) => reading with
    {
        Connection = null,
        Destination = null,
        Route = reading.Route with { ConnectionId = null, Status = ConnectionStatus.Unknown, LastSync = null, Location = null },
    };

    /// <summary>A job that started so many hours ago, and ended an hour later if it has.</summary>
    public static Sync Job(long id, SyncStatus status, double hoursAgo, long? rows = 1000)
    {
        Sync job = new()
        {
            JobId = id,
            ConnectionId = PrimaryConnection.ConnectionId,
            Status = status,
            JobType = "sync",
            StartedAt = Now.AddHours(-hoursAgo),
            RowsSynced = rows,
        };
        return job.IsTerminal ? job with { UpdatedAt = job.StartedAt!.Value.AddHours(1), DurationSeconds = 3600 } : job;
    }

    private static RouteReading Reading(int index, Connection connection, AirbyteDestination destination, Sync[] syncs) => new()
    {
        Definition = Environment.Routes[index],
        Connection = connection,
        Destination = destination,
        Syncs = syncs,
        Route = new Route
        {
            Name = Environment.Routes[index].Name,
            Source = Environment.Routes[index].Source,
            Storage = Environment.Routes[index].Storage,
            Preference = index + 1,
            ConnectionName = connection.Name,
            ConnectionId = connection.ConnectionId,
            Status = connection.Status,
            LastSync = syncs.FirstOrDefault(),
            Location = $"s3://{destination.Bucket}/{destination.BucketPath}",
        },
    };

    private static RouteDefinition Definition(string name, StorageRole storage, Connection connection) => new()
    {
        Name = name,
        Source = storage == StorageRole.Primary ? SourceRole.Primary : SourceRole.Backup,
        Storage = storage,
        Connection = connection.Name,
    };
}
