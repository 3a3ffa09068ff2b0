using AcodeOps.Health;
using AcodeOps.Health.Probes;
using AcodeOps.Syncs;

namespace AcodeOps.Core.Tests.Syncs;

public sealed class RouteReaderTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Routes_come_in_order_with_connection_last_sync_and_location()
    {
        ToldAirbyte airbyte = new(Installed.BackupConnection, Installed.PrimaryConnection)
        {
            Syncs = { [Installed.PrimaryConnection.ConnectionId] = [Installed.Job(9, SyncStatus.Succeeded, 3) with { JobType = "reset" }, Installed.Job(8, SyncStatus.Failed, 9)] },
        };
        IReadOnlyList<RouteReading> routes = await ReadAsync(airbyte);
        Assert.Equal([("primary", 1, true), ("backup_mysql+backup_s3", 2, false)], routes.Select(r => (r.Route.Name, r.Route.Preference, r.Route.IsActive)));
        Assert.Equal("s3://lake/origin=airbyte/database=bronze_acode", routes[0].Route.Location);
        // A reset moves no rows and is no sync.
        Assert.Equal(8, routes[0].Route.LastSync!.JobId);
        Assert.Null(routes[1].Route.LastSync);
    }

    [Fact]
    public async Task A_route_without_a_connection_says_what_to_do()
    {
        RouteReading backup = (await ReadAsync(new ToldAirbyte(Installed.PrimaryConnection)))[1];
        Assert.Equal((null, ConnectionStatus.Unknown, null), (backup.Route.ConnectionId, backup.Route.Status, backup.Problem));
        Assert.Contains("Get-AcodeConnection", backup.Route.Remedy);
    }

    [Fact]
    public async Task A_deleted_connection_is_none()
    {
        RouteReading primary = (await ReadAsync(new ToldAirbyte(Installed.PrimaryConnection with { Status = ConnectionStatus.Deprecated })))[0];
        Assert.Null(primary.Connection);
    }

    [Fact]
    public async Task Two_connections_of_one_name_are_an_error_that_names_both_and_hides_no_other_route()
    {
        Connection twin = Installed.PrimaryConnection with { ConnectionId = new Guid(7, 0, 0, new byte[8]) };
        IReadOnlyList<RouteReading> routes = await ReadAsync(new ToldAirbyte(Installed.PrimaryConnection, twin, Installed.BackupConnection));
        Assert.Equal("RouteAmbiguous", routes[0].Problem!.Id);
        Assert.Contains(twin.ConnectionId.ToString(), routes[0].Problem!.Message);
        Assert.Null(routes[1].Problem);
    }

    [Fact]
    public void An_id_settles_what_a_name_cannot()
    {
        Connection twin = Installed.PrimaryConnection with { ConnectionId = new Guid(7, 0, 0, new byte[8]) };
        RouteDefinition byId = Installed.Environment.Routes[0] with { Connection = twin.ConnectionId.ToString().ToUpperInvariant() };
        Assert.Same(twin, RouteMatch.Find(byId, [Installed.PrimaryConnection, twin]));
    }

    [Fact]
    public async Task One_routes_trouble_stays_with_it()
    {
        ToldAirbyte airbyte = new(Installed.PrimaryConnection, Installed.BackupConnection)
        {
            SyncFailure = new AcodeException("AirbyteServerFault", FailureClass.ServerFault, "broken"),
        };
        IReadOnlyList<RouteReading> routes = await ReadAsync(airbyte);
        Assert.Null(routes[0].Problem);
        Assert.Equal(("AirbyteServerFault", ConnectionStatus.Inactive, "s3://backup-lake/origin=backup"),
            (routes[1].Problem!.Id, routes[1].Route.Status, routes[1].Route.Location));
    }

    [Fact]
    public async Task All_probes_of_a_round_share_one_listing()
    {
        ToldAirbyte airbyte = new(Installed.PrimaryConnection, Installed.BackupConnection);
        TestInstallation installation = new() { Environment = Installed.Environment, AirbyteServer = airbyte };
        HealthProbe[] probes = [new ConnectionProbe(), new ActiveRouteProbe(), new ParityProbe()];
        int count = 0;
        await foreach (HealthCheck _ in HealthRunner.RunAsync(installation, probes, TimeSpan.FromSeconds(30), Cancel))
        {
            count++;
        }

        Assert.Equal((4, 1), (count, airbyte.Listings));
    }

    private static Task<IReadOnlyList<RouteReading>> ReadAsync(ToldAirbyte airbyte) =>
        RouteReader.ReadAsync(new TestInstallation { Environment = Installed.Environment, AirbyteServer = airbyte }, Cancel);
}
