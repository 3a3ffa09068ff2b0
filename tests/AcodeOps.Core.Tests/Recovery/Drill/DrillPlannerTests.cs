using AcodeOps.Core.Tests.Syncs;
using AcodeOps.Recovery.Drill;

namespace AcodeOps.Core.Tests.Recovery.Drill;

/// <summary>Which route is rehearsed, and what is refused before anything is begun.</summary>
public sealed class DrillPlannerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_standby_is_rehearsed_and_the_operator_is_told_all_of_it()
    {
        DrillPlan plan = await PlanAsync(new ToldAirbyte(Installed.PrimaryConnection, Installed.BackupConnection) { Syncs = { [Installed.BackupConnection.ConnectionId] = [Job(SyncStatus.Succeeded)] } });

        Assert.Equal(("backup_mysql+backup_s3", "primary", 4711L), (plan.To.Route.Name, Assert.Single(plan.From).Route.Name, plan.RowsExpected));
        string told = new DrillConsent(plan).Description;
        Assert.Contains("Drill: rehearse route backup_mysql+backup_s3 in environment 'test'. Ingestion, the standby and the lake stay as they are.", told, StringComparison.Ordinal);
        Assert.Contains("about 4,711 rows by the standby's last sync", told, StringComparison.Ordinal);
        Assert.Contains("no switch and no recovery can begin", told, StringComparison.Ordinal);
        Assert.Equal(7, new DrillConsent(plan).Planned().Steps.Count);
    }

    [Fact]
    public async Task That_a_cursor_s_stream_is_read_from_the_beginning_is_told()
    {
        Connection incremental = Installed.BackupConnection with { Streams = [new ConnectionStream("diario", null, "incremental_append", ["at"])] };
        DrillPlan plan = await PlanAsync(new ToldAirbyte(Installed.PrimaryConnection, incremental) { Syncs = { [incremental.ConnectionId] = [Job(SyncStatus.Succeeded)] } });

        // A few rows of an incremental sync say nothing of a whole read.
        Assert.Null(plan.RowsExpected);
        Assert.Contains("diario: whole, from the beginning, although the standby reads on from a cursor", new DrillConsent(plan).Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("primary", "RouteActive")]
    [InlineData("nowhere", "RouteNotFound")]
    public async Task A_route_that_writes_or_is_none_is_refused(string to, string errorId) =>
        Assert.Equal(errorId, await RefusalAsync(new ToldAirbyte(Installed.PrimaryConnection, Installed.BackupConnection), to));

    [Fact]
    public async Task Without_a_standby_there_is_nothing_to_rehearse()
    {
        Assert.Equal("StandbyMissing", await RefusalAsync(new ToldAirbyte(Installed.PrimaryConnection, Installed.BackupConnection with { Status = ConnectionStatus.Active })));
        Assert.Equal("RouteMissing", await RefusalAsync(new ToldAirbyte(Installed.PrimaryConnection)));
    }

    [Fact]
    public async Task A_standby_that_syncs_now_is_left_alone() =>
        Assert.Equal("StandbyIsWriting", await RefusalAsync(new ToldAirbyte(Installed.PrimaryConnection, Installed.BackupConnection) { Syncs = { [Installed.BackupConnection.ConnectionId] = [Job(SyncStatus.Running)] } }));

    [Fact]
    public async Task What_could_not_be_told_from_the_lake_is_refused_with_why()
    {
        ToldAirbyte airbyte = new(Installed.PrimaryConnection, Installed.BackupConnection);
        airbyte.Destinations[1] = Installed.BackupLake with { PathFormat = "all/${YEAR}/${EPOCH}_" };
        Assert.Equal("DrillNotApart", await RefusalAsync(airbyte));

        airbyte.Destinations[1] = Installed.BackupLake with { Bucket = "of-somebody-else" };
        Assert.Equal("RouteElsewhere", await RefusalAsync(airbyte));
    }

    private static Sync Job(SyncStatus status) => new()
    {
        JobId = 9,
        ConnectionId = Installed.BackupConnection.ConnectionId,
        Status = status,
        JobType = "sync",
        RowsSynced = 4711,
    };

    private static async Task<string> RefusalAsync(ToldAirbyte airbyte, string? to = null) => (await Assert.ThrowsAsync<AcodeException>(() => PlanAsync(airbyte, to))).Id;

    private static Task<DrillPlan> PlanAsync(ToldAirbyte airbyte, string? to = null) =>
        new DrillPlanner(new TestInstallation { Environment = Installed.Environment, Clock = new ManualClock(Installed.Now), AirbyteServer = airbyte }).PlanAsync(to, Cancel);
}
