using System.Text.Json.Nodes;
using AcodeOps.Adapters.MySql;
using AcodeOps.Adapters.Tests.AirbyteStandIn;
using AcodeOps.Lab.Airbyte;
using AcodeOps.Lab.Sales;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Syncs;
using Client = AcodeOps.Adapters.Airbyte.AirbyteServer;

namespace AcodeOps.Adapters.Tests.Airbyte;

/// <summary>Sync states, read and written where a real sync has left them.</summary>
public sealed class AirbyteStateTests(StandInFixture fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task The_state_of_one_connection_is_carried_to_another_and_set_back_to_none(DatabaseFlavor flavor)
    {
        await using StandIn standIn = await fixture.StartProvisionedAsync(flavor);
        await using Client airbyte = standIn.OpenClient();
        Guid from = standIn.Installation.Connections[AirbyteProvisioning.IncrementalConnection];
        Guid to = standIn.Installation.Connections[AirbyteProvisioning.IncrementalBackupConnection];
        Assert.Equal((SyncStateKind.NotSet, 0), await KindAsync(airbyte, from));
        await standIn.ActivateAsync(AirbyteProvisioning.IncrementalConnection, Cancel);
        await standIn.SyncAsync(AirbyteProvisioning.IncrementalConnection, Cancel);

        SyncState state = await airbyte.ReadStateAsync(from, Cancel);

        Assert.Equal(SyncStateKind.Stream, state.Kind);
        StreamState sales = state.Find(SalesTables.Daily)!;
        StreamCursor cursor = StreamCursor.Read(sales)!;
        Assert.False(StreamCursor.IsChangeDataCapture(state, null));
        // What is read from the source itself is written in the same words.
        object? newest = await (await fixture.PairAsync(flavor)).Primary.ScalarAsync(
            $"SELECT MAX({cursor.Field}) FROM {DatabaseAccounts.PrimaryDatabase}.{SalesTables.Daily}", Cancel);
        Assert.Equal(cursor.Value, CursorText.Of(newest, "datetime"));
        StreamState carried = cursor.ToState(sales.Name, "acode_farmarcas_replica");
        StreamState other = new("other", null, """{"cursor":"1"}""");
        await airbyte.WriteStateAsync(to, new SyncState(SyncStateKind.Stream) { Streams = [carried, other] }, Cancel);
        SyncState written = await airbyte.ReadStateAsync(to, Cancel);
        Assert.Equal("acode_farmarcas_replica", written.Find(sales.Name)!.Namespace);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(carried.Json!), JsonNode.Parse(written.Find(sales.Name)!.Json!)));
        Assert.Null(written.Find("other")!.Namespace);

        await airbyte.WriteStateAsync(to, new SyncState(SyncStateKind.Stream) { Streams = [carried with { Json = null }] }, Cancel);
        Assert.Equal("other", Assert.Single((await airbyte.ReadStateAsync(to, Cancel)).Streams).Name);
    }

    [Fact]
    public async Task A_state_of_all_streams_comes_back_as_it_was()
    {
        await using StandIn standIn = await fixture.StartProvisionedAsync();
        await using Client airbyte = standIn.OpenClient();
        Guid id = standIn.Installation.Connections[AirbyteProvisioning.IncrementalConnection];
        const string Whole = """{"shared_state":{"state":{"mysql_cdc_offset":{"k":"v"}}},"streamStates":[{"streamDescriptor":{"name":"s"},"streamState":{}}]}""";
        await airbyte.WriteStateAsync(id, new SyncState(SyncStateKind.Global) { WholeJson = Whole }, Cancel);

        SyncState state = await airbyte.ReadStateAsync(id, Cancel);

        Assert.Equal(SyncStateKind.Global, state.Kind);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Whole), JsonNode.Parse(state.WholeJson!)));
        Assert.True(StreamCursor.IsChangeDataCapture(state, null));
        Assert.Equal("SyncStateUnavailable", (await Assert.ThrowsAsync<AcodeException>(() => airbyte.WriteStateAsync(id, new SyncState(SyncStateKind.Unknown), Cancel))).Id);
    }

    [Fact]
    public async Task While_a_sync_runs_no_state_is_written()
    {
        await using StandIn standIn = await fixture.StartProvisionedAsync();
        await using Client airbyte = standIn.OpenClient();
        Guid id = standIn.Installation.Connections[AirbyteProvisioning.PrimaryConnection];
        await standIn.FaultAsync(new() { ["kind"] = "job_hang" }, Cancel);
        await airbyte.StartSyncAsync(id, Cancel);
        SyncState state = new(SyncStateKind.Stream) { Streams = [new StreamState("s", null, "{}")] };

        AcodeException refusal = await Assert.ThrowsAsync<AcodeException>(() => airbyte.WriteStateAsync(id, state, Cancel));

        Assert.Equal(("SyncRunning", FailureClass.Conflict), (refusal.Id, refusal.Cause));
        Assert.Equal((SyncStateKind.NotSet, 0), await KindAsync(airbyte, id));
    }

    [Theory]
    [InlineData(403, """{"errorId":"e"}""", "application/json", FailureClass.Permission)]
    [InlineData(404, "<html>nginx</html>", "text/html", FailureClass.NotFound)]
    [InlineData(404, """{"message":"Not Found","_links":{"self":{"href":"/api/v1/state/get"}}}""", "application/json", FailureClass.NotFound)]
    [InlineData(200, "<html>log in</html>", "text/html", FailureClass.NotFound)]
    [InlineData(200, """{"stateType":"stream","streamState":[{}]}""", "application/json", FailureClass.NotFound)]
    public async Task Where_states_are_not_shown_it_says_what_can_be_done(int status, string body, string type, FailureClass cause)
    {
        using RawServer server = new(_ => RawServer.Http(status, body, type));
        await using Client airbyte = Open(server);
        AcodeException failure = await Assert.ThrowsAsync<AcodeException>(() => airbyte.ReadStateAsync(Guid.NewGuid(), Cancel));
        Assert.Equal(("SyncStateUnavailable", cause), (failure.Id, failure.Cause));
        Assert.Contains("-StatePolicy", failure.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404, """{"message":"Could not find configuration for STANDARD_SYNC","exceptionClassName":"x"}""", "AirbyteNotFound")]
    [InlineData(500, """{"errorId":"e"}""", "AirbyteServerFault")]
    [InlineData(401, "{}", "AirbyteAuthenticationFailed")]
    public async Task Other_failures_stay_what_they_are(int status, string body, string id)
    {
        using RawServer server = new(_ => RawServer.Http(status, body));
        await using Client airbyte = Open(server);
        Assert.Equal(id, (await Assert.ThrowsAsync<AcodeException>(() => airbyte.ReadStateAsync(Guid.NewGuid(), Cancel))).Id);
        Assert.Equal(id, (await Assert.ThrowsAsync<AcodeException>(() => airbyte.WriteStateAsync(Guid.NewGuid(), new SyncState(SyncStateKind.Stream), Cancel))).Id);
    }

    private static Client Open(RawServer server) => new(new AirbyteDefinition { Url = server.Url }, new HeldCredential(), TimeProvider.System);

    private static async Task<(SyncStateKind Kind, int Streams)> KindAsync(Client airbyte, Guid connection)
    {
        SyncState state = await airbyte.ReadStateAsync(connection, Cancel);
        return (state.Kind, state.Streams.Count);
    }
}
