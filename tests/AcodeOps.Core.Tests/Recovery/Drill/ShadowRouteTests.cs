using AcodeOps.Recovery.Drill;

namespace AcodeOps.Core.Tests.Recovery.Drill;

/// <summary>What a rehearsal lands lies apart from the lake, or there is no rehearsal.</summary>
public sealed class ShadowRouteTests
{
    [Theory]
    [InlineData("${STREAM_NAME}/dt=${YEAR}-${MONTH}-${DAY}/${EPOCH}_", true)]
    [InlineData("${STREAM_NAME}_", true)]
    [InlineData("${YEAR}/${MONTH}/${DAY}/${STREAM_NAME}/${EPOCH}_", true)]
    [InlineData("${NAMESPACE}/file_${STREAM_NAME}_${UUID}", true)]
    [InlineData(null, true)]
    [InlineData("data/${YEAR}/${EPOCH}_", false)]
    [InlineData("${NAMESPACE}/${YEAR}_", false)]
    [InlineData("${EPOCH}/${STREAM_NAME}/", false)]
    [InlineData("${UUID}_${STREAM_NAME}", false)]
    public void A_standby_can_be_rehearsed_where_its_path_names_the_stream_in_time(string? pathFormat, bool isApart) =>
        Assert.Equal(isApart, ShadowRoute.IsApart(DrillRuns.Plan(pathFormat!).To));

    [Fact]
    public void Its_streams_bear_the_mark_before_the_standby_s_own_prefix_and_are_read_whole()
    {
        ShadowRoute shadow = new(DrillRuns.Plan(mode: "incremental_append"), DrillRuns.RunId);
        var id = Guid.NewGuid();

        PlannedRoute planned = shadow.ToPlanned(id);

        Assert.Equal((id, DrillRuns.Mark + "backup_", ConnectionStatus.Active), (planned.Connection.ConnectionId, planned.Connection.Prefix, planned.Connection.Status));
        Assert.Equal("acode_drill_01kat5z3v8q7m2n4p6r8s0t2w4: drill of Backup-Primary", shadow.ConnectionName);
        Assert.Equal(2, planned.SnapshotStreams.Count());
        Assert.Empty(planned.IncrementalStreams);
        Assert.Equal($"s3://Primary/bronze/{DrillRuns.Mark}", shadow.Location(DrillRuns.Noon));
    }

    [Theory]
    [InlineData("${STREAM_NAME}/dt=${YEAR}-${MONTH}-${DAY}/${EPOCH}_", "bronze/" + DrillRuns.Mark)]
    [InlineData("all/${YEAR}-${MONTH}-${DAY}/x_${STREAM_NAME}/${EPOCH}_", "bronze/all/2026-11-23/x_" + DrillRuns.Mark, "bronze/all/2026-11-24/x_" + DrillRuns.Mark, "bronze/all/2026-11-25/x_" + DrillRuns.Mark)]
    public void What_is_removed_begins_with_the_mark_on_whatever_day_it_was_written(string pathFormat, params string[] folders) =>
        Assert.Equal(folders, new ShadowRoute(DrillRuns.Plan(pathFormat), DrillRuns.RunId).Folders(DrillRuns.Noon).Order(StringComparer.Ordinal));
}
