using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using AcodeOps.Adapters.Airbyte;
using AcodeOps.Configuration;

namespace AcodeOps.Adapters.Tests.Airbyte;

/// <summary>What may be sent twice, what must not, and what a lock is called.</summary>
public sealed class AirbyteRepetitionTests
{
    private static readonly Guid Id = new(1, 2, 3, new byte[8]);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("start", true)]
    [InlineData("set", false)]
    [InlineData("cancel", false)]
    [InlineData("read state", false)]
    [InlineData("write state", false)]
    [InlineData("read", false)]
    [InlineData("create", true)]
    [InlineData("create source", true)]
    [InlineData("replace", false)]
    [InlineData("change", false)]
    [InlineData("change streams", false)]
    [InlineData("delete", false)]
    [InlineData("check", false)]
    public async Task After_a_broken_connection_only_what_makes_something_is_not_sent_again(string call, bool once)
    {
        using RawServer server = new(_ => "");
        await using AirbyteServer airbyte = Open(server);
        AcodeException failure = await Assert.ThrowsAsync<AcodeException>(() => CallAsync(airbyte, call));
        Assert.Equal(FailureClass.Unreachable, failure.Cause);
        Assert.Equal(once, server.Requests.Count == 1);
        Assert.Equal(once, failure.Message.Contains("not known", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_start_and_what_asks_the_source_first_have_more_time_than_other_calls()
    {
        LimitsOf clock = new();
        using RawServer server = new(_ => RawServer.Http(500, "{}"));
        await using AirbyteServer airbyte = new(new AirbyteDefinition { Url = server.Url }, new HeldCredential(), clock);
        foreach (string call in new[] { "read", "set", "change", "replace" })
        {
            await Assert.ThrowsAsync<AcodeException>(() => CallAsync(airbyte, call));
        }

        Assert.True(clock.Limits.Max() < TimeSpan.FromSeconds(60), $"{clock.Limits.Max()}");
        foreach (string call in new[] { "start", "create", "change streams", "check" })
        {
            clock.Limits.Clear();
            await Assert.ThrowsAsync<AcodeException>(() => CallAsync(airbyte, call));
            Assert.True(clock.Limits.Max() >= TimeSpan.FromSeconds(120), $"{call}: {clock.Limits.Max()}");
        }
    }

    [Theory]
    [InlineData("set", "locked", "ConnectionLocked")]
    [InlineData("set", "active", "AirbyteConflict")]
    [InlineData("change streams", "locked", "ConnectionLocked")]
    [InlineData("change streams", "active", "AirbyteConflict")]
    public async Task A_change_that_is_refused_is_called_by_its_reason(string call, string status, string id)
    {
        using RawServer server = new(request => request.Line.StartsWith("PATCH", StringComparison.Ordinal)
            ? RawServer.Http(409, """{"title":"conflict"}""")
            : RawServer.Http(200, $$"""{"connectionId":"{{Id}}","name":"main","status":"{{status}}","sourceId":"{{Id}}","destinationId":"{{Id}}"}"""));
        await using AirbyteServer airbyte = Open(server);
        Assert.Equal(id, (await Assert.ThrowsAsync<AcodeException>(() => CallAsync(airbyte, call))).Id);
    }

    [Fact]
    public async Task A_sync_that_is_said_to_run_and_is_not_listed_is_told_so()
    {
        using RawServer server = new(request => request.Line.StartsWith("POST", StringComparison.Ordinal) ? RawServer.Http(409, """{"title":"try-again-later"}""")
            : request.Line.Contains("/jobs", StringComparison.Ordinal) ? RawServer.Http(200, $$"""{"data":[{"jobId":3,"connectionId":"{{Id}}","status":"succeeded","jobType":"sync"}]}""")
            : RawServer.Http(200, $$"""{"connectionId":"{{Id}}","name":"main","status":"active","sourceId":"{{Id}}","destinationId":"{{Id}}"}"""));
        await using AirbyteServer airbyte = Open(server);
        AcodeException failure = await Assert.ThrowsAsync<AcodeException>(() => CallAsync(airbyte, "start"));
        Assert.Equal("SyncRunning", failure.Id);
        Assert.Contains("lists none", failure.Message, StringComparison.Ordinal);
    }

    private static AirbyteServer Open(RawServer server) => new(new AirbyteDefinition { Url = server.Url, Workspace = Id }, new HeldCredential(), TimeProvider.System);

    private static Task CallAsync(AirbyteServer airbyte, string call) => call switch
    {
        "start" => airbyte.StartSyncAsync(Id, Cancel),
        "set" => airbyte.SetStatusAsync(Id, ConnectionStatus.Inactive, Cancel),
        "cancel" => airbyte.CancelSyncAsync(3, Cancel),
        "read state" => airbyte.ReadStateAsync(Id, Cancel),
        "write state" => airbyte.WriteStateAsync(Id, new SyncState(SyncStateKind.Stream), Cancel),
        "create" => airbyte.Resources.CreateAsync(
            new AirbyteResource { Kind = ConfiguredKind.Connection, Id = Id, Name = "main", SourceId = Id, DestinationId = Id, Settings = [] }, Cancel),
        "create source" => airbyte.Resources.CreateAsync(ResourceExamples.Source("shop", "s"), Cancel),
        "replace" => airbyte.Resources.ReplaceAsync(ConfiguredKind.Source, Id, "shop", [], Cancel),
        "change" => airbyte.Resources.ChangeConnectionAsync(Id, new JsonObject { ["prefix"] = "p_" }, Cancel),
        "change streams" => airbyte.Resources.ChangeConnectionAsync(Id, new JsonObject { ["configurations"] = new JsonObject { ["streams"] = new JsonArray() } }, Cancel),
        "delete" => airbyte.Resources.DeleteAsync(ConfiguredKind.Connection, Id, Cancel),
        "check" => airbyte.Resources.CheckAsync(ConfiguredKind.Destination, Id, Cancel),
        _ => airbyte.ReadSyncAsync(3, Cancel),
    };

    /// <summary>A clock that remembers the time limits that were set on it.</summary>
    private sealed class LimitsOf : TimeProvider
    {
        public ConcurrentBag<TimeSpan> Limits { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Limits.Add(dueTime);
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
