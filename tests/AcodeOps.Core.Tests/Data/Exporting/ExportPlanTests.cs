using AcodeOps.Exporting;

namespace AcodeOps.Core.Tests.Data.Exporting;

/// <summary>Which source is read and why, what is expected of it, and how that is told.</summary>
public sealed class ExportPlanTests
{
    private static readonly AcodeException Away = new("SourceRefused", FailureClass.ConnectionRefused, "It refuses connections.");

    private readonly ExportSite _site = new();

    public static TheoryData<bool, bool, string, SourceRole?, string> Sources => new()
    {
        { true, true, "in step", SourceRole.Backup, "spares the primary's server" },
        { false, true, "in step", SourceRole.Backup, "spares the primary's server" },
        { false, true, "cut off", SourceRole.Backup, "has received nothing" },
        { true, true, "broken", SourceRole.Primary, "the replica is out of step: Applying stopped by error 1062" },
        { true, true, "alone", SourceRole.Primary, "replicates from nobody" },
        { true, false, "in step", SourceRole.Primary, "the replica cannot be read: It refuses connections" },
        { false, true, "broken", SourceRole.Backup, "the primary cannot be read: It refuses connections" },
        { false, false, "in step", null, "NoUsableSource" },
    };

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task The_replica_is_read_where_it_serves(bool primary, bool backup, string replication, SourceRole? expected, string why)
    {
        _site.Primary.Fault = primary ? null : Away;
        _site.Backup.Fault = backup ? null : Away;
        _site.Backup.Channels = replication switch
        {
            "in step" => [ExportSite.InStep],
            "cut off" => [ExportSite.InStep with { Receiver = ReplicationThread.Connecting, LagSeconds = null, LastContactSeconds = 90, ReceiverError = "2003: Can't connect" }],
            "broken" => [ExportSite.InStep with { Applier = ReplicationThread.Stopped, LagSeconds = null, ApplierError = "1062: Duplicate entry" }],
            _ => [],
        };
        if (expected is null)
        {
            AcodeException failure = await Assert.ThrowsAsync<AcodeException>(() => _site.PlanAsync());
            Assert.Equal((why, FailureClass.ConnectionRefused), (failure.Id, failure.Cause));
            return;
        }

        ExportPlan plan = await _site.PlanAsync();
        Assert.Equal(expected, plan.Source);
        Assert.Contains(why, plan.SourceReason, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(replication == "in step" || expected == SourceRole.Primary ? 0d : null, plan.BehindSeconds);
    }

    [Fact]
    public async Task A_source_that_is_named_is_read_or_nothing_is()
    {
        Assert.Equal(SourceRole.Primary, (await _site.PlanAsync(new ExportRequest { Source = SourceRole.Primary, Tables = [ExportSite.Sales] })).Source);
        _site.Primary.Fault = Away;
        Assert.Same(Away, await Assert.ThrowsAsync<AcodeException>(() => _site.PlanAsync(new ExportRequest { Source = SourceRole.Primary, Tables = [ExportSite.Sales] })));
    }

    [Fact]
    public async Task The_plan_is_told_before_anything_is_done()
    {
        _site.Backup.Unindexed.Add("sales");
        ExportPlan plan = await _site.PlanAsync(new ExportRequest { Days = 3, Tables = [ExportSite.Sales, ExportSite.Products, new TableDefinition { Name = "gone" }] });

        string[] lines = new ExportConsent(plan).Description.Split(System.Environment.NewLine);
        Assert.Equal("Copy 2026-11-21 to 2026-11-24 from the Backup source to the Emergency storage in environment 'test'.", lines[0]);
        Assert.Contains("  data:       in step with the primary; the newest is of 2026-11-24 12:00:49 UTC", lines);
        Assert.Contains("  to:         s3://trail/acode_export/", lines);
        Assert.Contains("  table:      sales: 4 days, 40 rows; memory", lines);
        Assert.Contains("  table:      products: whole, about 10 rows; memory", lines);
        Assert.Contains("  left out:   gone: There is no gone.", lines);
        Assert.Contains(lines, line => line.StartsWith("  note:       No index serves Data of sales", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("personal data", StringComparison.Ordinal));
        RunbookRun planned = new ExportConsent(plan).Planned();
        Assert.Equal((RunbookStatus.Planned, "Find the days of sales"), (planned.Status, planned.Steps[0].Title));
        Assert.Empty(_site.Backup.Pages);
        Assert.DoesNotContain(_site.Emergency.Asked, asked => asked.StartsWith("put", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_table_that_can_be_copied_there_is_no_plan()
    {
        AcodeException failure = await Assert.ThrowsAsync<AcodeException>(() => _site.PlanAsync(new ExportRequest { Tables = [new TableDefinition { Name = "gone" }] }));
        Assert.Equal(("SourceTableMissing", true), (failure.Id, failure.IsFatal));
        Assert.Equal(50 + 10, (await _site.PlanAsync(new ExportRequest { Days = 90, Tables = [ExportSite.Sales, ExportSite.Products] })).RowsExpected);
    }
}
