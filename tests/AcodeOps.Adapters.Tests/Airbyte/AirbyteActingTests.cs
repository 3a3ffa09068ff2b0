using System.Text.Json.Nodes;
using AcodeOps.Adapters.Tests.AirbyteStandIn;
using AcodeOps.Lab.Airbyte;
using AcodeOps.Lab.Sales;
using Client = AcodeOps.Adapters.Airbyte.AirbyteServer;

namespace AcodeOps.Adapters.Tests.Airbyte;

/// <summary>What changes something at Airbyte: done, refused, interrupted, and its answer lost.</summary>
public sealed class AirbyteActingTests(StandInFixture fixture)
{
    private const string Jobs = "/api/public/v1/jobs";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_connection_is_switched_and_nothing_else_of_it_changes_and_its_sync_goes_on()
    {
        await using StandIn standIn = await StartAsync();
        await using Client airbyte = standIn.OpenClient();
        Guid id = standIn.Installation.Connections[AirbyteProvisioning.PrimaryConnection];
        Connection before = (await airbyte.ReadConnectionAsync(id, Cancel))!;
        Sync sync = await StartHangingAsync(standIn, airbyte, id);

        Connection off = await airbyte.SetStatusAsync(id, ConnectionStatus.Inactive, Cancel);

        Assert.Equal(ConnectionStatus.Inactive, off.Status);
        Connection after = (await airbyte.ReadConnectionAsync(id, Cancel))!;
        Assert.Equal(Comparable(before) with { Status = ConnectionStatus.Inactive }, Comparable(after));
        Assert.Equal(before.Streams.Select(s => $"{s}"), after.Streams.Select(s => $"{s}"));
        Assert.False((await airbyte.ReadSyncAsync(sync.JobId, Cancel))!.IsTerminal);
        Assert.Equal(ConnectionStatus.Active, (await airbyte.SetStatusAsync(id, ConnectionStatus.Active, Cancel)).Status);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => airbyte.SetStatusAsync(id, ConnectionStatus.Deprecated, Cancel));

        static Connection Comparable(Connection connection) => connection with { Streams = [] };
    }

    [Fact]
    public async Task A_sync_starts_once_and_each_refusal_says_why()
    {
        await using StandIn standIn = await StartAsync();
        await using Client airbyte = standIn.OpenClient();
        Guid id = standIn.Installation.Connections[AirbyteProvisioning.PrimaryConnection];

        Sync sync = await StartHangingAsync(standIn, airbyte, id);

        Assert.Equal((id, "sync", false), (sync.ConnectionId, sync.JobType, sync.IsTerminal));
        AcodeException running = await RefusalAsync(airbyte, id, "SyncRunning");
        Assert.Contains($"job {sync.JobId} (", running.Message, StringComparison.Ordinal);
        await airbyte.SetStatusAsync(id, ConnectionStatus.Inactive, Cancel);
        await RefusalAsync(airbyte, id, "ConnectionInactive");
        await standIn.PatchConnectionAsync(AirbyteProvisioning.PrimaryConnection, new() { ["status"] = "locked" }, Cancel);
        await RefusalAsync(airbyte, id, "ConnectionLocked");
        Assert.Equal("AirbyteNotFound", (await Assert.ThrowsAsync<AcodeException>(() => airbyte.StartSyncAsync(Guid.NewGuid(), Cancel))).Id);
        Assert.Single(await JobsAsync(airbyte, id));
    }

    [Fact]
    public async Task A_running_sync_is_cancelled_and_one_that_has_ended_is_given_as_it_is()
    {
        await using StandIn standIn = await StartAsync();
        await using Client airbyte = standIn.OpenClient();
        Sync sync = await StartHangingAsync(standIn, airbyte, standIn.Installation.Connections[AirbyteProvisioning.PrimaryConnection]);

        Assert.Equal(sync.JobId, (await airbyte.CancelSyncAsync(sync.JobId, Cancel)).JobId);
        await standIn.WaitAsync(sync.JobId, "cancelled", Cancel);
        Assert.Equal(SyncStatus.Cancelled, (await airbyte.CancelSyncAsync(sync.JobId, Cancel)).Status);
        Assert.Null(await airbyte.ReadSyncAsync(987654321, Cancel));
        Assert.Equal("AirbyteNotFound", (await Assert.ThrowsAsync<AcodeException>(() => airbyte.CancelSyncAsync(987654321, Cancel))).Id);
    }

    [Fact]
    public async Task A_token_that_dies_in_the_middle_costs_nothing_and_no_second_job()
    {
        await using StandIn standIn = await StartAsync();
        await using Client airbyte = standIn.OpenClient();
        Guid id = standIn.Installation.Connections[AirbyteProvisioning.PrimaryConnection];
        await airbyte.ReadConnectionAsync(id, Cancel);
        await standIn.FaultAsync(Fault(401, "PATCH", "/api/public/v1/connections"), Cancel);
        await airbyte.SetStatusAsync(id, ConnectionStatus.Active, Cancel);
        await standIn.FaultAsync(Fault(401, "POST", Jobs), Cancel);
        Sync sync = await StartHangingAsync(standIn, airbyte, id);
        await standIn.FaultAsync(Fault(401, "DELETE", Jobs), Cancel);
        await airbyte.CancelSyncAsync(sync.JobId, Cancel);
        await standIn.WaitAsync(sync.JobId, "cancelled", Cancel);
        await standIn.FaultAsync(Fault(401, "POST", "/api/v1/state"), Cancel);
        await airbyte.ReadStateAsync(id, Cancel);
        Assert.Single(await JobsAsync(airbyte, id));
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task After_a_server_fault_it_is_not_known_whether_a_sync_was_started_and_it_is_not_tried_again(bool afterTheWork, int started)
    {
        await using StandIn standIn = await StartAsync();
        await using Client airbyte = standIn.OpenClient();
        Guid id = standIn.Installation.Connections[AirbyteProvisioning.PrimaryConnection];
        await standIn.FaultAsync(Fault(504, "POST", Jobs, afterTheWork), Cancel);

        AcodeException failure = await Assert.ThrowsAsync<AcodeException>(() => airbyte.StartSyncAsync(id, Cancel));

        Assert.Equal(("AirbyteServerFault", FailureClass.ServerFault), (failure.Id, failure.Cause));
        Assert.Contains("not known", failure.Message, StringComparison.Ordinal);
        Assert.Equal(started, (await JobsAsync(airbyte, id)).Count);
    }

    [Fact]
    public async Task A_switch_and_a_cancellation_whose_answers_were_lost_are_done_and_can_be_repeated()
    {
        await using StandIn standIn = await StartAsync();
        await using Client airbyte = standIn.OpenClient();
        Guid id = standIn.Installation.Connections[AirbyteProvisioning.PrimaryConnection];
        Sync sync = await StartHangingAsync(standIn, airbyte, id);
        await standIn.FaultAsync(Fault(502, "PATCH", "/api/public/v1/connections", afterTheWork: true), Cancel);
        await standIn.FaultAsync(Fault(502, "DELETE", Jobs, afterTheWork: true), Cancel);

        Assert.Equal("AirbyteServerFault", (await Assert.ThrowsAsync<AcodeException>(() => airbyte.SetStatusAsync(id, ConnectionStatus.Inactive, Cancel))).Id);
        Assert.Equal("AirbyteServerFault", (await Assert.ThrowsAsync<AcodeException>(() => airbyte.CancelSyncAsync(sync.JobId, Cancel))).Id);

        Assert.Equal(ConnectionStatus.Inactive, (await airbyte.ReadConnectionAsync(id, Cancel))!.Status);
        Assert.Equal(ConnectionStatus.Inactive, (await airbyte.SetStatusAsync(id, ConnectionStatus.Inactive, Cancel)).Status);
        await standIn.WaitAsync(sync.JobId, "cancelled", Cancel);
        Assert.Equal(SyncStatus.Cancelled, (await airbyte.CancelSyncAsync(sync.JobId, Cancel)).Status);
    }

    [Theory]
    [InlineData(AirbyteProvisioning.BackupConnection, "backup_")]
    [InlineData(AirbyteProvisioning.IncrementalBackupConnection, "backup_incremental_")]
    public async Task A_copy_is_as_its_model_but_for_its_name_and_prefix_and_begins_without_a_state(string name, string prefix)
    {
        await using StandIn standIn = await StartAsync();
        await using Client airbyte = standIn.OpenClient();
        Guid id = standIn.Installation.Connections[name];
        Connection model = (await airbyte.ReadConnectionAsync(id, Cancel))!;

        Connection copy = await airbyte.CopyConnectionAsync(id, "a drill", "mark_" + prefix, Cancel);

        Assert.NotEqual(id, copy.ConnectionId);
        Assert.Equal(
            Comparable(model) with { ConnectionId = copy.ConnectionId, Name = "a drill", Prefix = "mark_" + prefix, Status = ConnectionStatus.Active, Schedule = "manual" },
            Comparable((await airbyte.ReadConnectionAsync(copy.ConnectionId, Cancel))!));
        Assert.Equal(model.Streams.Select(Shape), copy.Streams.Select(Shape));
        Assert.Empty((await airbyte.ReadStateAsync(copy.ConnectionId, Cancel)).Streams);
        Assert.Equal(Comparable(model), Comparable((await airbyte.ReadConnectionAsync(id, Cancel))!));

        static Connection Comparable(Connection connection) => connection with { Streams = [] };

        static string Shape(ConnectionStream stream) => $"{stream.Namespace} {stream} {string.Join('.', stream.CursorField)}";
    }

    [Fact]
    public async Task What_a_model_selects_of_a_stream_its_copy_selects_too()
    {
        await using StandIn standIn = await StartAsync();
        await using Client airbyte = standIn.OpenClient();
        JsonArray streams = [new JsonObject
        {
            ["name"] = SalesTables.Products,
            ["syncMode"] = "full_refresh_append",
            ["selectedFields"] = new JsonArray(new JsonObject { ["fieldPath"] = new JsonArray("EAN") }),
        }];
        await standIn.PatchConnectionAsync(AirbyteProvisioning.PrimaryConnection, new() { ["configurations"] = new JsonObject { ["streams"] = streams } }, Cancel);

        Connection copy = await airbyte.CopyConnectionAsync(standIn.Installation.Connections[AirbyteProvisioning.PrimaryConnection], "a drill", "mark_", Cancel);

        JsonNode read = await standIn.GetAsync($"/api/public/v1/connections/{copy.ConnectionId}", Cancel);
        Assert.Equal("EAN", (string?)read["configurations"]!["streams"]![0]!["selectedFields"]![0]!["fieldPath"]![0]);
    }

    [Fact]
    public async Task A_deleted_connection_is_gone_and_to_delete_it_again_is_no_error()
    {
        await using StandIn standIn = await StartAsync();
        await using Client airbyte = standIn.OpenClient();
        Connection copy = await airbyte.CopyConnectionAsync(standIn.Installation.Connections[AirbyteProvisioning.PrimaryConnection], "a drill", "mark_", Cancel);
        await standIn.FaultAsync(Fault(502, "DELETE", "/api/public/v1/connections", afterTheWork: true), Cancel);

        Assert.Equal("AirbyteServerFault", (await Assert.ThrowsAsync<AcodeException>(() => airbyte.DeleteConnectionAsync(copy.ConnectionId, Cancel))).Id);
        await airbyte.DeleteConnectionAsync(copy.ConnectionId, Cancel);
        await airbyte.DeleteConnectionAsync(Guid.NewGuid(), Cancel);

        Assert.DoesNotContain(copy.ConnectionId, await airbyte.ListConnectionsAsync(Cancel).Select(connection => connection.ConnectionId).ToListAsync(Cancel));
    }

    [Fact]
    public async Task A_copy_whose_answer_is_lost_is_not_made_twice()
    {
        await using StandIn standIn = await StartAsync();
        await using Client airbyte = standIn.OpenClient();
        await standIn.FaultAsync(Fault(504, "POST", "/api/public/v1/connections", afterTheWork: true), Cancel);

        AcodeException lost = await Assert.ThrowsAsync<AcodeException>(
            () => airbyte.CopyConnectionAsync(standIn.Installation.Connections[AirbyteProvisioning.PrimaryConnection], "a drill", "mark_", Cancel));

        Assert.True(lost.Cause.IsOutage());
        Assert.Single(await airbyte.ListConnectionsAsync(Cancel).Where(connection => connection.Name == "a drill").ToListAsync(Cancel));
    }

    private static JsonObject Fault(int status, string method, string path, bool afterTheWork = false) => new()
    {
        ["kind"] = "http",
        ["status"] = status,
        ["method"] = method,
        ["pathPrefix"] = path,
        ["body"] = "html",
        ["afterTheWork"] = afterTheWork,
    };

    private static async Task<Sync> StartHangingAsync(StandIn standIn, Client airbyte, Guid connection)
    {
        await standIn.FaultAsync(new() { ["kind"] = "job_hang" }, Cancel);
        return await airbyte.StartSyncAsync(connection, Cancel);
    }

    private static async Task<AcodeException> RefusalAsync(Client airbyte, Guid connection, string id)
    {
        AcodeException refusal = await Assert.ThrowsAsync<AcodeException>(() => airbyte.StartSyncAsync(connection, Cancel));
        Assert.Equal((id, FailureClass.Conflict, false), (refusal.Id, refusal.Cause, refusal.IsFatal));
        return refusal;
    }

    private static async Task<List<Sync>> JobsAsync(Client airbyte, Guid connection)
    {
        List<Sync> jobs = [];
        await foreach (Sync sync in airbyte.ListSyncsAsync(connection, Cancel))
        {
            jobs.Add(sync);
        }

        return jobs;
    }

    private Task<StandIn> StartAsync() => fixture.StartProvisionedAsync();
}
