using System.Text.Json.Nodes;
using AcodeOps.Lab.Airbyte.Store;
using AcodeOps.Lab.Airbyte.Sync;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AcodeOps.Lab.Airbyte.Api;

/// <summary>Streams of the public API: discovery of a source, as a destination can take them.</summary>
internal static class StreamEndpoints
{
    /// <summary>What MySQL and S3 can do together (S3 knows no deduplication).</summary>
    public static IReadOnlyList<string> SyncModes { get; } =
        [ConfiguredStream.FullRefreshOverwrite, ConfiguredStream.FullRefreshAppend, ConfiguredStream.IncrementalAppend];

    public static void MapStreams(this WebApplication app, AirbyteStore store, Catalogs catalogs)
    {
        app.MapGet("/api/public/v1/streams", async (HttpRequest request, CancellationToken cancel) =>
        {
            Guid sourceId = Guid.TryParse(request.Query["sourceId"], out Guid id) ? id : throw Problem.BadRequest("sourceId is required");
            Actor source = ActorEndpoints.Find(store, ActorKind.Source, sourceId);
            if (Guid.TryParse(request.Query["destinationId"], out Guid destinationId))
            {
                ActorEndpoints.Find(store, ActorKind.Destination, destinationId);
            }

            IReadOnlyList<SourceStream> streams = await DiscoverAsync(catalogs, source, Answer.Flag(request, "ignoreCache"), cancel);
            return Answer.List(new JsonArray([.. streams.Select(Read)]));
        });
    }

    /// <exception cref="ApiException">500 unexpected-problem: as real servers answer a failed discovery.</exception>
    public static async Task<IReadOnlyList<SourceStream>> DiscoverAsync(Catalogs catalogs, Actor source, bool ignoreCache, CancellationToken cancel)
    {
        try
        {
            return await catalogs.DiscoverAsync(source, ignoreCache, cancel);
        }
        catch (SyncFailure failure)
        {
            throw Problem.Unexpected($"Something went wrong in the connector. logs: {failure.Message}");
        }
    }

    private static JsonObject Read(SourceStream stream) => new()
    {
        ["streamName"] = stream.Name,
        ["streamnamespace"] = stream.Namespace,
        ["syncModes"] = new JsonArray([.. SyncModes.Select(m => (JsonNode)m)]),
        ["defaultCursorField"] = new JsonArray(),
        ["sourceDefinedCursorField"] = false,
        ["sourceDefinedPrimaryKey"] = new JsonArray([.. stream.PrimaryKey.Select(k => new JsonArray(k))]),
        ["propertyFields"] = new JsonArray([.. stream.Columns.Select(c => new JsonArray(c.Name))]),
    };
}
