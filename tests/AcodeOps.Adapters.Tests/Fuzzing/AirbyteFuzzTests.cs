using AcodeOps.Adapters.Airbyte;
using AcodeOps.Adapters.Tests.Airbyte;

namespace AcodeOps.Adapters.Tests.Fuzzing;

/// <summary>Answers of Airbyte that are damaged: what can be read is read, all else is refused with an id; never another exception, never a hang.</summary>
public sealed class AirbyteFuzzTests
{
    private const int Rounds = 150;
    private static readonly Guid Id = Guid.Parse("11111111-2222-4333-8444-555555555555");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static readonly (string Name, string Answer, Func<IAirbyteServer, Task> Ask)[] Questions =
    [
        ("connections", $$$"""
            {"data":[{"connectionId":"{{{Id}}}","name":"main","sourceId":"{{{Id}}}","destinationId":"{{{Id}}}","workspaceId":"{{{Id}}}","status":"active",
            "schedule":{"scheduleType":"cron","cronExpression":"0 0 2 * * ? UTC"},"prefix":"p_","namespaceDefinition":"destination",
            "configurations":{"streams":[{"name":"sales","syncMode":"incremental_append","cursorField":["Data"],"primaryKey":[["idpk"]],"namespace":"db"}]} }],"next":""}
            """, async airbyte => await airbyte.ListConnectionsAsync(Cancel).ToListAsync(Cancel)),
        ("syncs", $$$"""
            {"data":[{"jobId":9,"status":"succeeded","jobType":"sync","startTime":"2026-01-01T00:00Z","connectionId":"{{{Id}}}","lastUpdatedAt":"2026-01-01T00:47:03Z",
            "duration":"PT47M3S","bytesSynced":5000000000,"rowsSynced":50000001},{"jobId":8,"status":"running","jobType":"sync","connectionId":"{{{Id}}}"}]}
            """, async airbyte => await airbyte.ListSyncsAsync(Id, Cancel).ToListAsync(Cancel)),
        ("sync", $$$"""
            {"jobId":9,"status":"running","jobType":"sync","startTime":"2026-01-01T00:00:00Z","connectionId":"{{{Id}}}","lastUpdatedAt":"2026-01-01T00:47:03Z","duration":"PT3S"}
            """, airbyte => airbyte.ReadSyncAsync(9, Cancel)),
        ("state", $$$"""
            {"stateType":"stream","connectionId":"{{{Id}}}","streamState":[{"streamDescriptor":{"name":"sales","namespace":"db"},
            "streamState":{"version":2,"state_type":"cursor_based","stream_name":"sales","cursor_field":["Data"],"stream_namespace":"db","cursor":"2026-11-24T10:00:00","cursor_record_count":1} }]}
            """, airbyte => airbyte.ReadStateAsync(Id, Cancel)),
        ("source", $$$"""
            {"sourceId":"{{{Id}}}","name":"shop","sourceType":"mysql","definitionId":"{{{Id}}}","workspaceId":"{{{Id}}}","configuration":{"host":"db","port":3306,"database":"shop","username":"reader"} }
            """, airbyte => airbyte.ReadSourceAsync(Id, Cancel)),
        ("destination", $$$"""
            {"destinationId":"{{{Id}}}","name":"lake","destinationType":"s3","definitionId":"{{{Id}}}","workspaceId":"{{{Id}}}","configuration":{"s3_bucket_name":"lake","s3_bucket_path":"p","format":{"format_type":"Parquet"} } }
            """, airbyte => airbyte.ReadDestinationAsync(Id, Cancel)),
    ];

    public static TheoryData<string> Names => [.. Questions.Select(question => question.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_damaged_answer_is_read_or_refused(string name)
    {
        (_, string answer, Func<IAirbyteServer, Task> ask) = Questions.Single(question => question.Name == name);
        Damaging damaging = new();
        string now = answer;
        using RawServer server = new(_ => RawServer.Http(200, now));
        AirbyteServer airbyte = new(new AirbyteDefinition { Url = server.Url }, new HeldCredential(), TimeProvider.System);
        await ask(airbyte);
        int refused = 0;
        for (int round = 0; round < Rounds; round++)
        {
            now = damaging.Json(answer);
            try
            {
                await ask(airbyte).WaitAsync(TimeSpan.FromSeconds(60), Cancel);
            }
            catch (AcodeException refusal)
            {
                refused++;
                Assert.False(string.IsNullOrEmpty(refusal.Id));
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Assert.Fail($"seed {damaging.Seed}, round {round}: {e.GetType().Name} {e.Message}\n{now}");
            }
        }

        Assert.InRange(refused, 1, Rounds);
    }
}
