using AcodeOps.Core.Tests.Runbooks;
using AcodeOps.Recovery;
using AcodeOps.Routing;
using AcodeOps.Watching;

namespace AcodeOps.Core.Tests.Watching;

/// <summary>
/// An installation that lives in virtual time: what a look finds is told by the faults that are on, switches take effect, and
/// its history is kept as the journals would keep it.
/// </summary>
internal sealed class SimulatedSite : ILooker
{
    private readonly List<RunbookRun> _runs = [];

    public SimulatedSite(WatchDefinition? rules = null)
    {
        RouteDefinition[] routes =
        [
            .. from storage in new[] { StorageRole.Primary, StorageRole.Backup }
               from source in new[] { SourceRole.Primary, SourceRole.Backup }
               select new RouteDefinition { Name = RouteDefinition.NameOf(source, storage), Source = source, Storage = storage, Connection = "c" },
        ];
        Installation = new TestInstallation
        {
            Clock = Clock,
            IdentifierSource = new TestIds(),
            Environment = TestInstallation.Definition with
            {
                Routes = routes,
                Storages = [.. TestInstallation.Definition.Storages, new StorageDefinition { Role = StorageRole.Backup, Bucket = "lake2" }],
                Watch = rules ?? new WatchDefinition { ProbeSeconds = 10, MinutesBetweenSwitches = 60 },
            },
        };
        Active = "primary";
    }

    public static DateTimeOffset Noon { get; } = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    public ManualClock Clock { get; } = new(Noon);

    public TestInstallation Installation { get; }

    /// <summary>The route that writes; null for none.</summary>
    public string? Active { get; set; }

    /// <summary>False while Airbyte does not tell which route is on.</summary>
    public bool TellsRoutes { get; set; } = true;

    /// <summary>What a look finds of a part instead of that it is well.</summary>
    public Dictionary<RecoveryPart, (Verdict Verdict, FailureClass Cause)> Faults { get; } = [];

    /// <summary>True while the replica hears from its source.</summary>
    public bool Hears { get; set; } = true;

    /// <summary>False for a server that does not tell when it last heard of its source, as MariaDB.</summary>
    public bool TellsContact { get; set; } = true;

    public double LagSeconds { get; set; }

    /// <summary>Is asked whenever the watch recovers; returns the end of the run.</summary>
    public Func<RecoveryDecision, RunbookStatus> OnRecover { get; set; } = _ => RunbookStatus.Completed;

    public IReadOnlyList<RunbookRun> Runs => _runs;

    public HealthWatch NewWatch(bool autoFailover = true) => new(
        Installation, new WatchOptions { AutoFailover = autoFailover, HealthSeconds = 1e7 }, this, _ => Task.FromResult(SwitchHistory.Of(_runs)), RecoverAsync);

    /// <summary>An operator, or another watch, makes a switch.</summary>
    public RunbookRun Switch(string to, bool isAutomatic, RunbookStatus status = RunbookStatus.Completed, string? runId = null)
    {
        RouteDefinition target = Installation.Environment.Routes.Single(route => route.Name == to);
        RunbookRun run = new()
        {
            RunId = runId ?? Installation.Identifiers.Next(Clock.GetUtcNow()),
            Runbook = FailoverRunbook.Kind,
            Title = $"Switch from {Active} to {to}",
            Environment = "test",
            Status = status,
            StartedAt = Clock.GetUtcNow(),
            Steps =
            [
                new RunbookStepRun { Name = "probe_again", Title = "Look", Status = RunbookStepStatus.Completed },
                new RunbookStepRun { Name = "switch_off", Title = "Off", Status = status == RunbookStatus.Completed ? RunbookStepStatus.Completed : RunbookStepStatus.Undone },
            ],
            Plan = new FailoverPlan { Environment = "test", PlannedAt = Clock.GetUtcNow(), From = [], To = Routing.Routes.Of(target.Source, target.Storage), IsAutomatic = isAutomatic },
        };
        Active = status == RunbookStatus.Completed ? to : Active;
        _runs.Add(run);
        return run;
    }

    public void Acknowledge()
    {
        IReadOnlyList<RunbookRun> open = AutomaticSwitches.Unacknowledged(_runs);
        _runs.Add(new RunbookRun
        {
            RunId = Installation.Identifiers.Next(Clock.GetUtcNow()),
            Runbook = AcknowledgementRunbook.Kind,
            Title = "Acknowledge",
            Environment = "test",
            Status = RunbookStatus.Completed,
            StartedAt = Clock.GetUtcNow(),
            Plan = new AcknowledgementPlan { Environment = "test", PlannedAt = Clock.GetUtcNow(), RunIds = [.. open.Select(run => run.RunId)], Switches = [] },
        });
    }

    public Task<RecoveryLook> LookAsync(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        DateTimeOffset now = Clock.GetUtcNow();
        Dictionary<RecoveryPart, HealthCheck> checks = Enum.GetValues<RecoveryPart>().ToDictionary(part => part, part => Check(ComponentOf(part), TargetOf(part), FaultOf(part), now));
        bool isReplicaUp = FaultOf(RecoveryPart.BackupSource)?.Verdict is not (Verdict.Failed or Verdict.Unknown);
        ReplicationStatus channel = new()
        {
            Source = SourceRole.Backup,
            Channel = "",
            ReplicatesFrom = "db:3306",
            Receiver = Hears ? ReplicationThread.Running : ReplicationThread.Connecting,
            Applier = ReplicationThread.Running,
            LagSeconds = Hears ? LagSeconds : null,
            LastContactSeconds = !TellsContact ? null : Hears ? 0.5 : 600,
            HasAppliedAllReceived = true,
            ReadAt = now,
        };
        return Task.FromResult(new RecoveryLook(now, checks, isReplicaUp ? Check(HealthComponent.Replication, "backup", null, now) : null, isReplicaUp ? [channel] : []));
    }

    public Task<IReadOnlyList<Route>?> RoutesAsync(CancellationToken cancel) => Task.FromResult<IReadOnlyList<Route>?>(!TellsRoutes ? null :
    [
        .. Installation.Environment.Routes.Select((route, i) => new Route
        {
            Name = route.Name,
            Source = route.Source,
            Storage = route.Storage,
            Preference = i + 1,
            ConnectionName = route.Connection,
            ConnectionId = Guid.Empty,
            Status = route.Name == Active ? ConnectionStatus.Active : ConnectionStatus.Inactive,
        }),
    ]);

    /// <summary>Hands out so many readings of a watch, with the time in between.</summary>
    public async Task<List<WatchReading>> WatchAsync(HealthWatch watch, int readings, Action<int>? before = null)
    {
        List<WatchReading> seen = [];
        await ForEachAsync(watch, readings, before, seen.Add);
        return seen;
    }

    public async Task ForEachAsync(HealthWatch watch, int readings, Action<int>? before, Action<WatchReading> take)
    {
        await using IAsyncEnumerator<WatchReading> looks = watch.RunAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator();
        for (int i = 0; i < readings; i++)
        {
            before?.Invoke(i);
            ValueTask<bool> next = looks.MoveNextAsync();
            TimeSpan every = TimeSpan.FromSeconds(Installation.Environment.Watch.ProbeSeconds);
            while (!next.IsCompleted)
            {
                if (Clock.IsAwaitedFor(every))
                {
                    Clock.Advance(every);
                }
                else
                {
                    Thread.Yield();
                }
            }

            Assert.True(await next);
            take(looks.Current);
        }
    }

    private Task<RunbookRun?> RecoverAsync(RecoveryAssessment seen, string runId, CancellationToken cancel)
    {
        RecoveryDecision decision = RecoveryPolicy.Decide(Installation.Environment, seen);
        RunbookStatus status = OnRecover(decision);
        return Task.FromResult<RunbookRun?>(decision.Route is { } route ? Switch(route.Name, isAutomatic: true, status, runId) : Escalation(runId));
    }

    private RunbookRun Escalation(string runId)
    {
        RunbookRun run = new() { RunId = runId, Runbook = FullRecoveryRunbook.Kind, Title = "Full disaster recovery", Environment = "test", Status = RunbookStatus.Escalated, StartedAt = Clock.GetUtcNow() };
        _runs.Add(run);
        return run;
    }

    private (Verdict Verdict, FailureClass Cause)? FaultOf(RecoveryPart part) => Faults.TryGetValue(part, out (Verdict, FailureClass) fault) ? fault : null;

    private static HealthCheck Check(HealthComponent component, string target, (Verdict Verdict, FailureClass Cause)? fault, DateTimeOffset now) => new()
    {
        Component = component,
        Target = target,
        Verdict = fault?.Verdict ?? Verdict.Healthy,
        Summary = fault is { } seen ? $"{seen.Cause}." : "It answers.",
        Cause = fault?.Cause,
        LatencyMs = 1,
        CheckedAt = now,
    };

    private static HealthComponent ComponentOf(RecoveryPart part) => part switch
    {
        RecoveryPart.PrimarySource or RecoveryPart.BackupSource => HealthComponent.Source,
        RecoveryPart.Airbyte => HealthComponent.Airbyte,
        _ => HealthComponent.Storage,
    };

    private static string TargetOf(RecoveryPart part) => part switch
    {
        RecoveryPart.Airbyte => "airbyte",
        RecoveryPart.BackupSource or RecoveryPart.BackupStorage => "backup",
        _ => "primary",
    };
}
