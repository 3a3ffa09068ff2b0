using AcodeOps.Adapters.Airbyte;

namespace AcodeOps.Adapters.Tests.Airbyte;

/// <summary>What the client makes of answers of other versions of Airbyte, and how it turns pages.</summary>
public sealed class AirbyteReadingTests
{
    private static readonly Guid Id = Guid.Parse("11111111-2222-4333-8444-555555555555");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_are_turned_by_our_own_offset()
    {
        using RawServer elsewhere = new(_ => "");
        using RawServer server = new(request =>
        {
            int offset = int.Parse(request.Line.Split("offset=")[1], null);
            IEnumerable<string> items = Enumerable.Range(offset, Math.Max(0, Math.Min(100, 230 - offset))).Select(ConnectionJson);
            return RawServer.Http(200, $$"""{"data":[{{string.Join(',', items)}}],"next":"{{elsewhere.Url}}api/public/v1/connections?offset=7"}""");
        });
        List<Connection> connections = [];
        await foreach (Connection connection in Open(server).ListConnectionsAsync(Cancel))
        {
            connections.Add(connection);
        }

        Assert.Equal(230, connections.Select(c => c.ConnectionId).Distinct().Count());
        Assert.Equal(3, server.Requests.Count);
        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task A_server_that_gives_the_same_page_for_ever_is_not_asked_for_ever()
    {
        string page = string.Join(',', Enumerable.Range(0, 100).Select(ConnectionJson));
        using RawServer server = new(_ => RawServer.Http(200, $$"""{"data":[{{page}}]}"""));
        int count = 0;
        await foreach (Connection _ in Open(server).ListConnectionsAsync(Cancel))
        {
            count++;
        }

        Assert.Equal((100, 2), (count, server.Requests.Count));
    }

    [Fact]
    public async Task Unknown_fields_and_words_are_tolerated()
    {
        using RawServer server = new(_ => RawServer.Http(200, $$"""
            {"connectionId":"{{Id}}","name":"a\u001b[2Jb","sourceId":"{{Id}}","destinationId":"{{Id}}","workspaceId":"{{Id}}","status":"paused_by_moon",
             "novelty":{"a":[1]},"schedule":{"scheduleType":"cron","cronExpression":"0 0 2 * * ? UTC"},"prefix":null,"namespaceDefinition":"custom_format",
             "configurations":{"streams":[{"name":"s","syncMode":"incremental_update","cursorField":["a","b"],"namespace":"db","mappers":[]},{"name":"t"} ] } }
            """));
        Connection connection = (await Open(server).ReadConnectionAsync(Id, Cancel))!;
        Assert.Equal((ConnectionStatus.Unknown, "a [2Jb", "", "0 0 2 * * ? UTC"), (connection.Status, connection.Name, connection.Prefix, connection.Schedule));
        Assert.True(connection.Streams[0].IsIncremental);
        Assert.Equal(["a", "b"], connection.Streams[0].CursorField);
        Assert.Equal(("unknown", null), (connection.Streams[1].SyncMode, connection.Streams[1].Namespace));
    }

    [Fact]
    public async Task Syncs_come_newest_first_with_times_durations_and_rows()
    {
        using RawServer server = new(_ => RawServer.Http(200, $$"""
            {"data":[{"jobId":9,"status":"succeeded","jobType":"sync","startTime":"2026-01-01T00:00Z","connectionId":"{{Id}}",
              "lastUpdatedAt":"2026-01-01T00:47:03Z","duration":"PT47M3S","bytesSynced":5000000000,"rowsSynced":50000001},
              {"jobId":8,"status":"new_state","jobType":"sync","startTime":"","connectionId":"{{Id}}","duration":"soon"}]}
            """));
        List<Sync> syncs = [];
        await foreach (Sync sync in Open(server).ListSyncsAsync(Id, Cancel))
        {
            syncs.Add(sync);
        }

        Assert.Contains("orderBy=createdAt%7CDESC", server.Requests.Single().Line);
        Assert.Equal((SyncStatus.Succeeded, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), 2823.0, 50000001L, 5000000000L),
            (syncs[0].Status, syncs[0].StartedAt, syncs[0].DurationSeconds, syncs[0].RowsSynced, syncs[0].BytesSynced));
        Assert.Equal((SyncStatus.Unknown, null, null, null), (syncs[1].Status, syncs[1].StartedAt, syncs[1].DurationSeconds, syncs[1].RowsSynced));
    }

    [Fact]
    public async Task What_Airbyte_does_not_have_is_null()
    {
        using RawServer server = new(_ => RawServer.Http(404, "{\"title\":\"resource-not-found\"}"));
        Assert.Null(await Open(server).ReadConnectionAsync(Id, Cancel));
        Assert.Null(await Open(server).ReadSourceAsync(Id, Cancel));
        Assert.Null(await Open(server).ReadDestinationAsync(Id, Cancel));
    }

    [Fact]
    public async Task Without_the_Configuration_API_its_health_tells_that_it_is_Airbyte()
    {
        using RawServer server = new(request => request.Line.EndsWith("/health", StringComparison.Ordinal)
            ? RawServer.Http(200, "Successful operation", "text/plain") : RawServer.Http(403, "{}"));
        Assert.Equal(new AirbyteInstance(null, null, null), await Open(server).ReadInstanceAsync(Cancel));
    }

    [Fact]
    public async Task The_instance_tells_version_edition_and_way_of_authentication()
    {
        using RawServer server = new(_ => RawServer.Http(200, """{"version":"2.0.0","edition":"community","auth":{"mode":"simple"},"airbyteUrl":"http://x"}"""));
        Assert.Equal(new AirbyteInstance("2.0.0", "community", "simple"), await Open(server).ReadInstanceAsync(Cancel));
    }

    private static string ConnectionJson(int number) =>
        $$"""{"connectionId":"{{new Guid(number + 1, 0, 0, new byte[8])}}","name":"c{{number}}","status":"active","sourceId":"{{Id}}","destinationId":"{{Id}}"}""";

    private static AirbyteServer Open(RawServer server) => new(new AirbyteDefinition { Url = server.Url }, new HeldCredential(), TimeProvider.System);
}
