using System.Globalization;
using System.Text.Json;
using System.Xml;

namespace AcodeOps.Adapters.Airbyte;

/// <summary>Makes the product's records of Airbyte's JSON; null where a member is missing that makes the thing what it is.</summary>
internal static class AirbyteRecords
{
    public static Connection? Connection(JsonElement json) =>
        json.Id("connectionId") is { } id && json.Text("name") is { } name && json.Id("sourceId") is { } source && json.Id("destinationId") is { } destination
            ? new Connection
            {
                ConnectionId = id,
                Name = ServerText.Shown(name),
                Status = json.Word<ConnectionStatus>("status"),
                SourceId = source,
                DestinationId = destination,
                WorkspaceId = json.Id("workspaceId") ?? Guid.Empty,
                Streams = [.. json.Member("configurations").Items("streams").Select(Stream).OfType<ConnectionStream>()],
                Prefix = json.Text("prefix") ?? "",
                NamespaceDefinition = json.Text("namespaceDefinition"),
                NamespaceFormat = json.Text("namespaceFormat"),
                Schedule = Schedule(json.Member("schedule")),
            }
            : null;

    public static Sync? Sync(JsonElement json) =>
        json.Number("jobId") is { } id && json.Id("connectionId") is { } connection
            ? new Sync
            {
                JobId = id,
                ConnectionId = connection,
                Status = json.Word<SyncStatus>("status"),
                JobType = json.Text("jobType") ?? "unknown",
                StartedAt = Time(json.Text("startTime")),
                UpdatedAt = Time(json.Text("lastUpdatedAt")),
                DurationSeconds = Seconds(json.Text("duration")),
                RowsSynced = json.Number("rowsSynced"),
                BytesSynced = json.Number("bytesSynced"),
            }
            : null;

    public static AirbyteSource? Source(JsonElement json)
    {
        if (json.Id("sourceId") is not { } id || json.Text("name") is not { } name)
        {
            return null;
        }

        JsonElement? settings = json.Member("configuration");
        return new AirbyteSource(id, ServerText.Shown(name), settings.Text("host"), (int?)settings?.Number("port"), settings.Text("database"))
        {
            // A plain word before version 0.6.9 of the connector, an object since.
            ReplicationMethod = settings.Member("replication_method").Text("method") ?? settings.Text("replication_method"),
        };
    }

    public static AirbyteDestination? Destination(JsonElement json)
    {
        if (json.Id("destinationId") is not { } id || json.Text("name") is not { } name)
        {
            return null;
        }

        JsonElement? settings = json.Member("configuration");
        JsonElement? format = settings.Member("format");
        return new AirbyteDestination(id, ServerText.Shown(name), settings.Text("s3_bucket_name"), settings.Text("s3_bucket_path"))
        {
            PathFormat = settings.Text("s3_path_format"),
            Format = format.Text("format_type"),
            Compression = format.Text("compression_codec") ?? format.Member("compression").Text("compression_type"),
        };
    }

    private static ConnectionStream? Stream(JsonElement json) => json.Text("name") is { } name
        ? new ConnectionStream(name, json.Text("namespace"), json.Text("syncMode") ?? "unknown", [.. Words(json, "cursorField")])
        : null;

    private static IEnumerable<string> Words(JsonElement json, string name) => ((JsonElement?)json).Items(name)
        .Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!);

    private static string Schedule(JsonElement? schedule) =>
        ServerText.Shown(schedule.Text("cronExpression") ?? schedule.Text("basicTiming") ?? schedule.Text("scheduleType") ?? "unknown");

    // Airbyte leaves out seconds that are zero: 2026-01-01T00:00Z.
    private static DateTimeOffset? Time(string? text) => DateTimeOffset.TryParse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time) ? time : null;

    private static double? Seconds(string? duration)
    {
        try
        {
            return duration is null ? null : XmlConvert.ToTimeSpan(duration).TotalSeconds;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return null;
        }
    }
}
