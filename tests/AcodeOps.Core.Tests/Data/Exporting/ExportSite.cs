using AcodeOps.Core.Tests.Audit;
using AcodeOps.Core.Tests.Runbooks;
using AcodeOps.Exporting;
using AcodeOps.Runbooks;

namespace AcodeOps.Core.Tests.Data.Exporting;

/// <summary>Two sources with the same rows, a bucket to copy them to, and the processes that do.</summary>
internal sealed class ExportSite
{
    public static readonly TableDefinition Sales = new() { Name = "sales", EventDate = "Data", ProcessedAt = "Data_Processamento" };
    public static readonly TableDefinition Products = new() { Name = "products" };

    /// <summary>Rows of each of the last days: ten a day.</summary>
    private const int RowsADay = 10;

    public ExportSite()
    {
        DateOnly today = DateOnly.FromDateTime(TestSite.Noon.DateTime);
        foreach (FakeSource source in (FakeSource[])[Primary, Backup])
        {
            source.Tables["sales"] = [.. Enumerable.Range(0, 50).Select(i => new FakeSource.Row(i + 1, today.AddDays((i / RowsADay) - 4), TestSite.Noon.DateTime.AddDays((i / RowsADay) - 4).AddSeconds(i)))];
            source.Tables["products"] = [.. Enumerable.Range(100, 7).Select(i => new FakeSource.Row(i, null, null))];
        }

        Backup.Channels = [InStep];
    }

    public static ReplicationStatus InStep { get; } = new()
    {
        Source = SourceRole.Backup,
        Channel = "",
        ReplicatesFrom = "primary:3306",
        Receiver = ReplicationThread.Running,
        Applier = ReplicationThread.Running,
        LagSeconds = 0,
        HasAppliedAllReceived = true,
        ReadAt = TestSite.Noon,
    };

    public TestSite Site { get; } = new();

    public MemoryStore Emergency => Site.LeaseBucket;

    public FakeSource Primary { get; } = new(SourceRole.Primary);

    public FakeSource Backup { get; } = new(SourceRole.Backup);

    public KeyFiles Files { get; } = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public TestProcess NewProcess(Moments? moments = null)
    {
        TestProcess process = Site.NewProcess(moments: moments);
        process.Installation.Sources[SourceRole.Primary] = Primary;
        process.Installation.Sources[SourceRole.Backup] = Backup;
        process.Installation.LakeReader = Files;
        process.Installation.FileWriter = Files;
        return process;
    }

    public Task<ExportPlan> PlanAsync(ExportRequest? request = null) => new ExportPlanner(NewProcess().Installation)
        .PlanAsync(request ?? new ExportRequest { Days = 3, Tables = [Sales, Products] }, Cancel);

    /// <summary>Copies with small objects.</summary>
    public async Task<RunbookRun> RunAsync(TestProcess process) =>
        await Engine(process).StartAsync(new ExportRunbook(await PlanAsync() with { ObjectRows = 4 }), new RunOptions { Reason = "a rehearsal" }, null, Cancel);

    public static RunbookEngine Engine(TestProcess process) => new(process.Installation, TestProcess.Origin);

    /// <summary>The keys in the objects under a prefix.</summary>
    public string[] Copied(string under = "") =>
        [.. Emergency.Keys.Where(key => key.EndsWith(".parquet", StringComparison.Ordinal) && key.Contains(under, StringComparison.Ordinal)).SelectMany(key => KeyFiles.KeysIn(Emergency[key].Content))];
}
