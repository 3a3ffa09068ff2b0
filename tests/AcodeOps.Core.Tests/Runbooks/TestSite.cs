using AcodeOps.Audit;
using AcodeOps.Core.Tests.Audit;
using AcodeOps.Runbooks;
using AcodeOps.Secrets;

namespace AcodeOps.Core.Tests.Runbooks;

/// <summary>Machines, buckets and a world, and the processes that work on them one after the other or at once.</summary>
internal sealed class TestSite
{
    private readonly Dictionary<string, Dictionary<string, List<byte[]>>> _disks = [];
    private readonly HashSet<ProcessStamp> _gone = [];
    private readonly TestIds _ids = new();
    private int _processes;

    public TestSite()
    {
        AuditBucket = new MemoryStore("logs/") { Clock = Clock };
        LeaseBucket = new MemoryStore { Clock = Clock };
    }

    public static DateTimeOffset Noon { get; } = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The servers' clock, and by default the machines' too.</summary>
    public ManualClock Clock { get; } = new(Noon);

    public MemoryStore AuditBucket { get; }

    public MemoryStore LeaseBucket { get; }

    public World World { get; } = new();

    /// <summary>Gets in the way of steps: see <see cref="TestStep.At"/>.</summary>
    public Func<string, CancellationToken, Task> At { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>True for runs of which an unfinished one keeps no other from beginning.</summary>
    public bool Rehearses { get; set; }

    /// <summary>True for runs whose steps stand alone.</summary>
    public bool StandsAlone { get; set; }

    public TestRunbook Runbook => new(World, (part, cancel) => At(part, cancel), Rehearses ? "rehearsal" : StandsAlone ? TestRunbook.AloneName : "test");

    /// <summary>The entries that a machine has of a run.</summary>
    public List<JournalEntry> JournalOf(string runId, string host = "ops-1") =>
        [.. _disks[host][runId].Select(line => JournalSerializer.Read<JournalEntry>(line))];

    /// <summary>The same as they lie there, to be damaged.</summary>
    public List<byte[]> LinesOf(string runId, string host = "ops-1") => _disks[host][runId];

    /// <summary>The runs that a machine has journals of.</summary>
    public IEnumerable<string> JournalRuns(string host = "ops-1") => _disks[host].Keys;

    public bool HasJournal(string runId, string host = "ops-1") => _disks.TryGetValue(host, out Dictionary<string, List<byte[]>>? runs) && runs.ContainsKey(runId);

    /// <summary>The entries of a run in the audit storage, as its keys tell them.</summary>
    public string[] StoredEntries => [.. AuditBucket.Keys.Where(key => key.StartsWith("logs/acode_runbooks/", StringComparison.Ordinal)).Select(key => key[(key.LastIndexOf('/') + 1)..^5])];

    public TestProcess NewProcess(string host = "ops-1", Moments? moments = null, TimeProvider? clock = null)
    {
        moments ??= new Moments();
        if (!_disks.TryGetValue(host, out Dictionary<string, List<byte[]>>? disk))
        {
            _disks[host] = disk = [];
        }

        return new TestProcess(this, new TestMachine(host, ++_processes, _gone), moments, new MemoryJournals(moments, disk), _ids, clock ?? Clock);
    }

    public void End(TestProcess process) => _gone.Add(process.Machine.ThisProcess);

    /// <summary>Each intent of the audit trail by its subject, with the outcome that follows it.</summary>
    public async Task<List<string>> AuditAsync()
    {
        TestProcess reader = NewProcess();
        AuditTrail trail = AuditTrail.Of(reader.Installation, TestProcess.Origin);
        return await trail.ReadAsync(new AuditQuery(Noon.AddDays(-1), Clock.GetUtcNow().AddDays(1), []), TestContext.Current.CancellationToken)
            .Select(reading => $"{reading.Record!.Phase} {reading.Record.Subject} {reading.Record.Outcome}".TrimEnd())
            .ToListAsync(TestContext.Current.CancellationToken);
    }
}

/// <summary>A process on one of the machines.</summary>
internal sealed class TestProcess : ICallerIdentity
{
    private readonly TestSite _site;

    public TestProcess(TestSite site, TestMachine machine, Moments moments, MemoryJournals journals, TestIds ids, TimeProvider clock)
    {
        (_site, Machine, Moments, Journals) = (site, machine, moments, journals);
        Audit = new MortalStore(site.AuditBucket, moments);
        Leases = new MortalStore(site.LeaseBucket, moments);
        Installation = new TestInstallation
        {
            Environment = TestInstallation.Definition with { Failover = new FailoverDefinition { LeaseStorage = StorageRole.Emergency, LeaseSeconds = 60 } },
            Clock = clock,
            Spool = new MemorySpool(),
            IdentifierSource = ids,
            CallerIdentity = this,
            JournalFolder = journals,
            ThisMachine = machine,
            Storages = { [StorageRole.Audit] = Audit, [StorageRole.Emergency] = Leases },
        };
    }

    public static AuditOrigin Origin { get; } = new("ana", "ops-1", 4711, "0.1.0", "7.6.9", "c0ffee");

    public TestInstallation Installation { get; }

    public TestMachine Machine { get; }

    public Moments Moments { get; }

    public MemoryJournals Journals { get; }

    public MortalStore Audit { get; }

    public MortalStore Leases { get; }

    public JournalReader Reader => new(Installation, Kinds);

    private RunbookEngine Engine => new(Installation, Origin, Kinds);

    private Dictionary<string, RunbookKind> Kinds => new()
    {
        ["test"] = new TestRunbook.Kind(_site.World, (part, cancel) => _site.At(part, cancel)),
        [TestRunbook.AloneName] = new TestRunbook.AloneKind(_site.World, (part, cancel) => _site.At(part, cancel)),
        ["rehearsal"] = new TestRunbook.RehearsalKind(_site.World, (part, cancel) => _site.At(part, cancel)),
    };

    public Task<RunbookRun> StartAsync(RunOptions? options = null, CancellationToken? cancel = null) => StartAsync(null, options, cancel);

    public Task<RunbookRun> StartAsync(IProgress<RunProgress>? progress, RunOptions? options = null, CancellationToken? cancel = null)
    {
        _site.World.Moments = Moments;
        return Engine.StartAsync(_site.Runbook, options ?? new RunOptions(), progress, cancel ?? TestContext.Current.CancellationToken);
    }

    public Task<RunbookRun> ResumeAsync(string runId, RunOptions? options = null, CancellationToken? cancel = null)
    {
        _site.World.Moments = Moments;
        return Engine.ResumeAsync(runId, options ?? new RunOptions(), null, cancel ?? TestContext.Current.CancellationToken);
    }

    public Task<RunbookRun> UndoAsync(string runId, RunOptions? options = null, CancellationToken? cancel = null)
    {
        _site.World.Moments = Moments;
        return Engine.UndoAsync(runId, options ?? new RunOptions(), null, cancel ?? TestContext.Current.CancellationToken);
    }

    Task<CallerIdentity> ICallerIdentity.ReadAsync(CancellationToken cancel) =>
        Task.FromResult(new CallerIdentity("123456789012", "arn:aws:iam::123456789012:user/ana", "AIDA"));
}
