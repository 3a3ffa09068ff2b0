using AcodeOps.Core.Tests.Runbooks;
using AcodeOps.Exporting;
using AcodeOps.Recovery;
using AcodeOps.Runbooks;

namespace AcodeOps.Core.Tests.Data.Exporting;

/// <summary>The copy of the newest rows: each once, wherever it was cut off; in nobody's way; and taken back without a trace.</summary>
public sealed class ExportRunbookTests
{
    // Of five days of sales with ten rows each, the last three closed days and today; and all products.
    private static readonly string[] Expected = [.. Enumerable.Range(11, 40).Concat(Enumerable.Range(100, 7)).Select(i => $"{i}")];

    private readonly ExportSite _site = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_copies_the_days_newest_first_and_says_what_it_did()
    {
        TestProcess process = _site.NewProcess();
        RunbookRun run = await _site.RunAsync(process);

        Assert.Equal((RunbookStatus.Completed, null, false), (run.Status, run.Error, run.Mutates));
        Assert.Equal(["Copy 2026-11-24 of sales so far", "Copy 2026-11-23 of sales", "Copy 2026-11-22 of sales", "Copy 2026-11-21 of sales", "Copy products, whole", "Write the manifest"], run.Steps.Select(s => s.Title));
        Assert.Equal(Expected, _site.Copied().OrderBy(key => key.Length).ThenBy(key => key, StringComparer.Ordinal));
        Assert.Equal(4, _site.Files.MostRows);
        string folder = $"acode_export/2026/11/24/{run.RunId}/";
        Assert.Contains(folder + "sales/2026-11-24/part-0003.parquet", _site.Emergency.Keys);
        Assert.Contains(folder + "products/all/part-0002.parquet", _site.Emergency.Keys);
        ExportResult result = Assert.IsType<ExportResult>(run.Result);
        Assert.Equal((true, 14L, 47L, "2026-11-24T12:00:49.000000"), (result.IsComplete, result.Objects, result.Rows, result.Watermark));
        Assert.Equal($"s3://trail/{folder}manifest.json", result.Manifest);
        Assert.Equal(["sales: 40 rows", "products: 7 rows"], result.Tables.Select(table => $"{table}"));

        ExportManifest manifest = ExportManifest.Parse(_site.Emergency[folder + "manifest.json"].Content);
        Assert.True(manifest is { Complete: true, Rows: 47, EndedAt: not null, Source: SourceRole.Backup });
        Assert.Equal(14, manifest.Tables.Sum(table => table.Objects.Count));
        Assert.Equal(FakeSource.Columns, manifest.Tables[0].Columns);
        Assert.Equal(new ColumnRange("2026-11-24T12:00:40.000000", "2026-11-24T12:00:43.000000"), manifest.Tables[0].Objects[0].ProcessedAt);
        Assert.Equal(manifest.ToBytes(), ExportManifest.Parse(manifest.ToBytes()).ToBytes());

        // Doing it again changes nothing.
        Assert.Equal(RunbookStatus.Completed, (await ExportSite.Engine(process).ResumeAsync(run.RunId, new RunOptions(), null, Cancel)).Status);
    }

    [Fact]
    public async Task The_audit_trail_tells_which_rows_were_copied_before_and_after()
    {
        RunbookRun run = await _site.RunAsync(_site.NewProcess());
        List<AuditRecord> records = await AcodeOps.Audit.AuditTrail.Of(_site.NewProcess().Installation, TestProcess.Origin)
            .ReadAsync(new AcodeOps.Audit.AuditQuery(TestSite.Noon.AddDays(-1), TestSite.Noon.AddDays(1), []), Cancel).Select(reading => reading.Record!).ToListAsync(Cancel);

        Assert.Equal(2, records.Count);
        Assert.All(records, record => Assert.Equal((AuditEventType.DataAccess, run.RunId, "a rehearsal", true), (record.EventType, record.RunId, record.Reason, record.Details["personal_data"])));
        Assert.Equal(["0", "47"], records.OrderBy(record => record.Phase).Select(record => $"{record.Details["rows"]}"));
        Assert.All(records, record => Assert.Equal(["sales", "products"], ((IEnumerable<object?>)record.Details["tables"]!).Select(name => $"{name}")));
        Assert.All(records, record => Assert.Equal("2026-11-21", record.Details["first_day"]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Killed_anywhere_it_goes_on_and_copies_each_row_once(bool unindexed)
    {
        int resumed = 0;
        for (int killAt = 1; ; killAt++)
        {
            ExportSite site = new();
            if (unindexed)
            {
                site.Backup.Unindexed.Add("sales");
            }

            TestProcess first = site.NewProcess(new Moments { KillAt = killAt });
            try
            {
                Assert.Equal(RunbookStatus.Completed, (await site.RunAsync(first)).Status);
                break;
            }
            catch (Moments.ProcessKilledException)
            {
                site.Site.End(first);
            }

            RunReading[] seen = await new JournalReader(site.NewProcess().Installation).ReadAsync(1, unfinishedOnly: true, Cancel).ToArrayAsync(Cancel);
            if (seen is not [{ Run: { } cut }])
            {
                continue;
            }

            resumed++;
            string[] done = [.. cut.Steps.Where(step => step.Status == RunbookStepStatus.Completed).Select(step => step.Name)];
            site.Backup.Pages.Clear();
            RunbookRun run = await ExportSite.Engine(site.NewProcess()).ResumeAsync(cut.RunId, new RunOptions(), null, Cancel);

            Assert.Equal((killAt, RunbookStatus.Completed, null), (killAt, run.Status, run.Error));
            Assert.Equal(Expected, site.Copied().OrderBy(key => key.Length).ThenBy(key => key, StringComparer.Ordinal));
            Assert.True(ExportManifest.Parse(site.Emergency[site.Emergency.Keys.Single(key => key.EndsWith("manifest.json", StringComparison.Ordinal))].Content) is { Complete: true, Rows: 47 });
            // What was finished is not read again.
            Assert.DoesNotContain(site.Backup.Pages, page => done.Any(step => step == $"export_{page.Split(' ')[1].Replace("-", "", StringComparison.Ordinal)}_{page.Split(' ')[0]}"));
        }

        Assert.True(resumed > 60, $"only {resumed} runs were left unfinished");
    }

    [Fact]
    public async Task A_source_that_dies_leaves_what_is_copied_and_the_run_goes_on_when_it_is_back()
    {
        _site.Backup.BeforePage = page => _site.Backup.Fault = page == "sales 2026-11-22" ? new AcodeException("SourceUnreachable", FailureClass.Unreachable, "It is away.") : null;
        RunbookRun failed = await _site.RunAsync(_site.NewProcess());

        Assert.Equal((RunbookStatus.Failed, "SourceUnreachable"), (failed.Status, failed.ErrorId));
        Assert.Contains("Resume-AcodeRunbook", failed.Advice, StringComparison.Ordinal);
        Assert.Equal((20L, false), (((ExportResult)failed.Result!).Rows, ((ExportResult)failed.Result!).IsComplete));
        ExportManifest manifest = ExportManifest.Parse(_site.Emergency[_site.Emergency.Keys.Single(key => key.EndsWith("manifest.json", StringComparison.Ordinal))].Content);
        Assert.True(manifest is { Complete: false, Rows: 20, EndedAt: null, Watermark: "2026-11-24T12:00:49.000000" });

        _site.Backup.BeforePage = _ => { };
        _site.Backup.Fault = null;
        RunbookRun run = await ExportSite.Engine(_site.NewProcess()).ResumeAsync(failed.RunId, new RunOptions(), null, Cancel);
        Assert.Equal(RunbookStatus.Completed, run.Status);
        Assert.Equal(Expected, _site.Copied().OrderBy(key => key.Length).ThenBy(key => key, StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_object_that_is_damaged_or_left_over_before_the_run_goes_on_is_written_again()
    {
        int page = 0;
        _site.Backup.BeforePage = asked => _site.Backup.Fault = asked == "sales 2026-11-24" && ++page == 4 ? new AcodeException("SourceUnreachable", FailureClass.Unreachable, "It is away.") : null;
        RunbookRun failed = await _site.RunAsync(_site.NewProcess());
        string folder = $"acode_export/2026/11/24/{failed.RunId}/sales/2026-11-24/";
        Assert.Equal([folder + "part-0001.parquet", folder + "part-0002.parquet"], _site.Emergency.Keys.Where(key => key.StartsWith(folder, StringComparison.Ordinal)));
        _site.Emergency.Set(folder + "part-0001.parquet", "41\n42"u8.ToArray());
        _site.Emergency.Set(folder + "part-0009.parquet", "41\n42"u8.ToArray());
        _site.Backup.BeforePage = _ => { };
        _site.Backup.Fault = null;

        RunbookRun run = await ExportSite.Engine(_site.NewProcess()).ResumeAsync(failed.RunId, new RunOptions(), null, Cancel);

        Assert.Equal((RunbookStatus.Completed, null), (run.Status, run.Error));
        Assert.Equal(Enumerable.Range(41, 10).Select(i => $"{i}"), _site.Copied("2026-11-24/part"));
    }

    [Fact]
    public async Task Unfinished_it_stands_in_nobodys_way_and_nothing_stands_in_its_way()
    {
        _site.Backup.BeforePage = _ => _site.Backup.Fault = new AcodeException("SourceUnreachable", FailureClass.Unreachable, "It is away.");
        TestProcess process = _site.NewProcess();
        RunbookRun failed = await _site.RunAsync(process);
        Assert.Equal(RunbookStatus.Failed, failed.Status);

        // A switch begins although the copy is unfinished, and is taken back although a copy came after it.
        RunbookRun switched = await process.StartAsync();
        Assert.Equal((RunbookStatus.Completed, 0), (switched.Status, switched.Warnings.Count));
        _site.Backup.BeforePage = _ => { };
        _site.Backup.Fault = null;
        RunbookRun copied = await _site.RunAsync(process);
        Assert.Equal(RunbookStatus.Completed, copied.Status);
        Assert.Equal(RunbookStatus.Undone, (await process.UndoAsync(switched.RunId)).Status);

        // A copy is made while another holds the lease and a switch is unfinished, and is taken back although a switch came after it.
        RunbookRun awaiting = await process.StartAsync(new RunOptions { NoWait = true });
        await using (Lease held = await Lease.AcquireAsync(process.Installation, awaiting.RunId, "Something", Cancel))
        {
            RunbookRun beside = await _site.RunAsync(process);
            Assert.Equal((RunbookStatus.Completed, 0), (beside.Status, beside.Warnings.Count));
        }

        Assert.Equal(RunbookStatus.Undone, (await ExportSite.Engine(process).UndoAsync(copied.RunId, new RunOptions(), null, Cancel)).Status);
        Assert.Equal(RunbookStatus.AwaitingProof, (await process.Reader.FindAsync(awaiting.RunId, Cancel)).Status);
        Assert.Equal(RunbookStatus.Completed, (await ExportSite.Engine(process).ResumeAsync(failed.RunId, new RunOptions(), null, Cancel)).Status);
    }

    [Fact]
    public async Task Taken_back_nothing_of_it_is_left()
    {
        TestProcess process = _site.NewProcess();
        _site.Emergency.Set("acode_export/2026/11/20/other/part-0001.parquet", [1]);
        RunbookRun run = await _site.RunAsync(process);

        RunbookRun undone = await ExportSite.Engine(process).UndoAsync(run.RunId, new RunOptions(), null, Cancel);

        Assert.Equal(RunbookStatus.Undone, undone.Status);
        Assert.Equal("acode_export/2026/11/20/other/part-0001.parquet", Assert.Single(_site.Emergency.Keys));
        Assert.Equal((0L, 0L), (((ExportResult)undone.Result!).Objects, ((ExportResult)undone.Result!).Rows));
    }

    [Fact]
    public async Task An_escalation_finds_it_and_tells_how_far_it_reaches()
    {
        // More old objects than are looked into: only the manifest tells of the newest rows, which were written first.
        TestProcess process = _site.NewProcess();
        RunbookRun copied = await _site.RunAsync(process);
        for (int i = 0; i < 30; i++)
        {
            _site.Emergency.Set($"older/part-{i}.parquet", "1"u8.ToArray());
        }

        RecoveryPlan plan = new()
        {
            Environment = "test",
            PlannedAt = TestSite.Noon,
            ExpiresAt = TestSite.Noon.AddMinutes(10),
            Assessment = new RecoveryAssessment { AssessedAt = TestSite.Noon, Parts = [] },
            Decision = new RecoveryDecision { Strategy = RecoveryStrategy.FullDisasterRecovery, Reason = "Nothing is left." },
            Steps = ["Escalate"],
        };
        RunbookRun run = await ExportSite.Engine(process).StartAsync(new FullRecoveryRunbook(plan), new RunOptions(), null, Cancel);

        EmergencyCopy copy = Assert.IsType<EmergencyCopy>(run.Result);
        Assert.Equal((44L, "2026-11-24T12:00:49.000000"), (copy.Objects, copy.Watermark));
        Assert.Contains(run.Steps[0].Evidence, fact => fact == $"acode_export/2026/11/24/{copied.RunId}/manifest.json tells of a complete copy");
    }
}
