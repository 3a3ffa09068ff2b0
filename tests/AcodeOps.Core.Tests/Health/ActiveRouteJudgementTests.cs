using AcodeOps.Core.Tests.Syncs;
using AcodeOps.Health;
using AcodeOps.Health.Probes;
using AcodeOps.Syncs;
using static AcodeOps.Core.Tests.Syncs.Installed;

namespace AcodeOps.Core.Tests.Health;

public sealed class ActiveRouteJudgementTests
{
    private static readonly Sync Runs = Job(9, SyncStatus.Running, 1);

    [Fact]
    public void One_active_route_is_as_it_should_be_and_says_where_the_data_is() => Expect(
        [Primary(), Backup()], Verdict.Healthy, null, "s3://lake/origin=airbyte/database=bronze_acode");

    [Fact]
    public void No_active_route_means_that_no_data_flows() => Expect(
        [Primary().With(ConnectionStatus.Inactive), Backup()], Verdict.Failed, "NoActiveRoute", "no data flows");

    [Fact]
    public void Two_active_routes_on_one_storage_are_two_writers() => Expect(
        [Primary(), On(StorageRole.Primary, Backup().With(ConnectionStatus.Active))], Verdict.Failed, "TwoActiveRoutes", "two writers on the Primary storage");

    [Fact]
    public void Two_active_routes_on_two_storages_fail_too() => Expect(
        [Primary(), Backup().With(ConnectionStatus.Active)], Verdict.Failed, "TwoActiveRoutes", "two places");

    [Fact]
    public void A_sync_that_outlives_its_route_is_a_second_writer_on_the_same_storage() => Expect(
        [Primary(Runs).With(ConnectionStatus.Inactive), On(StorageRole.Primary, Backup().With(ConnectionStatus.Active))], Verdict.Failed, "TwoWriters", "at once");

    [Fact]
    public void A_sync_that_outlives_its_route_elsewhere_is_told() => Expect(
        [Primary(), Backup(Runs)], Verdict.Degraded, "StandbyIsWriting", "backup_mysql+backup_s3");

    [Fact]
    public void A_standby_that_writes_is_degraded_and_says_where_the_data_is() => Expect(
        [Primary().With(ConnectionStatus.Inactive), Backup().With(ConnectionStatus.Active)], Verdict.Degraded, "StandbyRouteActive", "s3://backup-lake/origin=backup");

    [Fact]
    public void A_route_that_cannot_be_told_may_be_a_second_writer() => Expect(
        [Primary(), Backup().Missing() with { Problem = new AcodeException("RouteAmbiguous", FailureClass.Conflict, "two of that name") }],
        Verdict.Unknown, "RouteAmbiguous", "backup_mysql+backup_s3");

    [Fact]
    public void A_missing_standby_does_not_hide_that_one_route_writes() => Expect(
        [Primary(), Backup().Missing()], Verdict.Healthy, null, "primary");

    private static RouteReading On(StorageRole storage, RouteReading reading) => reading with { Route = reading.Route with { Storage = storage } };

    private static void Expect(RouteReading[] routes, Verdict verdict, string? id, string inSummary)
    {
        Observation seen = ActiveRouteJudgement.Judge(routes);
        Assert.Equal((verdict, id), (seen.Verdict, seen.ErrorId));
        Assert.Contains(inSummary, seen.Summary);
        Assert.Equal(routes.Length, seen.Evidence.Count);
        Assert.Equal(verdict == Verdict.Healthy, seen.Remedy is null);
    }
}
