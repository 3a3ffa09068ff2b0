namespace AcodeOps.Core.Tests.Routing;

/// <summary>Planned routes as tests need them.</summary>
internal static class Routes
{
    public const string Sales = "sales";

    public static PlannedRoute Of(SourceRole source, StorageRole storage, string mode = "incremental_append", params string[] streams) => new()
    {
        Route = new Route
        {
            Name = RouteDefinition.NameOf(source, storage),
            Source = source,
            Storage = storage,
            Preference = 1,
            ConnectionName = $"{source}-{storage}",
            Status = ConnectionStatus.Inactive,
            Location = $"s3://{storage}/bronze",
        },
        Connection = new Connection
        {
            ConnectionId = Guid.NewGuid(),
            Name = $"{source}-{storage}",
            Status = ConnectionStatus.Inactive,
            SourceId = Guid.NewGuid(),
            DestinationId = Guid.NewGuid(),
            Streams = [.. (streams.Length == 0 ? [Sales] : streams).Select(name => new ConnectionStream(name, null, mode, mode.StartsWith("incremental", StringComparison.Ordinal) ? ["at"] : []))],
        },
        Destination = new AirbyteDestination(Guid.NewGuid(), "lake", $"{storage}", "bronze") { PathFormat = "${STREAM_NAME}/dt=${YEAR}-${MONTH}-${DAY}/${EPOCH}_" },
        Database = source == SourceRole.Primary ? "shop" : "shop_replica",
    };

    /// <summary>The state of the one stream, at a cursor.</summary>
    public static SyncState At(string? cursor, string database = "shop") => new(SyncStateKind.Stream)
    {
        Streams = cursor is null ? [] :
        [
            new StreamState(Sales, database, $$"""{"version":3,"state_type":"cursor_based","stream_name":"sales","stream_namespace":"{{database}}","cursor_field":["at"],"cursor":"{{cursor}}","cursor_record_count":7}"""),
        ],
    };
}
