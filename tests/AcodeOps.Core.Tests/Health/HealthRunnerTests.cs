using AcodeOps.Health;

namespace AcodeOps.Core.Tests.Health;

public sealed class HealthRunnerTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_result_comes_as_soon_as_it_is_there()
    {
        TaskCompletionSource gate = new();
        Probe slow = new("slow", async _ =>
        {
            await gate.Task;
            return new Observation(Verdict.Healthy, "late");
        });
        Probe quick = new("quick", _ => Task.FromResult(new Observation(Verdict.Healthy, "soon")));

        List<string> order = [];
        await foreach (HealthCheck check in HealthRunner.RunAsync(new TestInstallation(), [slow, quick], Limit, Cancel))
        {
            order.Add(check.Target);
            gate.TrySetResult();
        }

        Assert.Equal(["quick", "slow"], order);
    }

    [Fact]
    public async Task A_probe_that_ignores_the_time_limit_is_given_up_as_unknown()
    {
        ManualClock clock = new(DateTimeOffset.UnixEpoch);
        TaskCompletionSource<Observation> never = new();
        SemaphoreSlim started = new(0);
        Probe deaf = new("deaf", _ =>
        {
            started.Release();
            return never.Task;
        });
        Task<List<HealthCheck>> round = ReadAsync(new TestInstallation { Clock = clock }, deaf);
        await started.WaitAsync(Cancel);
        while (!round.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1, Cancel);
        }

        HealthCheck check = Assert.Single(await round);
        Assert.Equal(Verdict.Unknown, check.Verdict);
        Assert.Equal(FailureClass.Timeout, check.Cause);
        Assert.Equal("CheckTimedOut", check.ErrorId);
    }

    [Fact]
    public async Task Only_a_probe_that_asks_for_reachability_turns_an_outage_into_failed()
    {
        AcodeException refused = new("SourceRefused", FailureClass.ConnectionRefused, "Nothing listens there.") { Advice = "Call the partner." };
        List<HealthCheck> checks = await ReadAsync(
            new TestInstallation(),
            new Probe("server", _ => throw refused) { Judge = cause => cause.ReachabilityVerdict() },
            new Probe("its table", _ => throw refused));

        HealthCheck server = checks.Single(c => c.Target == "server");
        Assert.Equal((Verdict.Failed, true, "Call the partner."), (server.Verdict, server.IsOutage, server.Remedy));
        HealthCheck table = checks.Single(c => c.Target == "its table");
        Assert.Equal((Verdict.Unknown, false, "SourceRefused"), (table.Verdict, table.IsOutage, table.ErrorId));
    }

    [Fact]
    public async Task A_fault_of_a_probe_is_unknown_and_ends_nobody_elses_check()
    {
        List<HealthCheck> checks = await ReadAsync(
            new TestInstallation(),
            new Probe("faulty", _ => throw new InvalidOperationException("secret-in-a-message")),
            new Probe("sound", _ => Task.FromResult(new Observation(Verdict.Healthy, "well"))));

        Assert.Equal(2, checks.Count);
        HealthCheck faulty = checks.Single(c => c.Target == "faulty");
        Assert.Equal((Verdict.Unknown, "CheckFaulted"), (faulty.Verdict, faulty.ErrorId));
        Assert.DoesNotContain("secret-in-a-message", faulty.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_is_tried_once_for_all_checks_of_a_round()
    {
        int attempts = 0;
        Probe first = new("first", Ask), second = new("second", Ask);

        async Task<Observation> Ask(HealthContext context)
        {
            await context.OnceAsync("server", async cancel =>
            {
                Interlocked.Increment(ref attempts);
                await Task.Yield();
                cancel.ThrowIfCancellationRequested();
                return 1;
            });
            return new Observation(Verdict.Healthy, "well");
        }

        await ReadAsync(new TestInstallation(), first, second);

        Assert.Equal(1, attempts);
    }

    [Fact]
    public async Task Whoever_stops_reading_ends_the_probes_that_still_run()
    {
        TaskCompletionSource ended = new();
        Probe quick = new("quick", _ => Task.FromResult(new Observation(Verdict.Healthy, "soon")));
        Probe endless = new("endless", async (_, cancel) =>
        {
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancel);
            }
            finally
            {
                ended.SetResult();
            }

            return new Observation(Verdict.Healthy, "never");
        });

        await foreach (HealthCheck _ in HealthRunner.RunAsync(new TestInstallation(), [quick, endless], TimeSpan.FromHours(1), Cancel))
        {
            break;
        }

        await ended.Task.WaitAsync(Cancel);
    }

    [Theory]
    [InlineData(FailureClass.ConnectionRefused, Verdict.Failed)]
    [InlineData(FailureClass.Unreachable, Verdict.Failed)]
    [InlineData(FailureClass.Timeout, Verdict.Failed)]
    [InlineData(FailureClass.ServerFault, Verdict.Failed)]
    [InlineData(FailureClass.NotFound, Verdict.Failed)]
    [InlineData(FailureClass.TooManyConnections, Verdict.Degraded)]
    [InlineData(FailureClass.Throttled, Verdict.Degraded)]
    [InlineData(FailureClass.ReadOnly, Verdict.Degraded)]
    [InlineData(FailureClass.Authentication, Verdict.Unknown)]
    [InlineData(FailureClass.Permission, Verdict.Unknown)]
    [InlineData(FailureClass.NameNotResolved, Verdict.Unknown)]
    [InlineData(FailureClass.Tls, Verdict.Unknown)]
    [InlineData(FailureClass.Protocol, Verdict.Unknown)]
    [InlineData(FailureClass.Unknown, Verdict.Unknown)]
    [InlineData(FailureClass.Conflict, Verdict.Unknown)]
    [InlineData(FailureClass.InvalidInput, Verdict.Unknown)]
    [InlineData(FailureClass.Refused, Verdict.Unknown)]
    public void A_wrong_password_is_not_an_outage_and_no_failure_is_healthy(FailureClass cause, Verdict expected)
    {
        Assert.Equal(expected, cause.ReachabilityVerdict());
        Assert.Equal(cause.IsOutage(), expected == Verdict.Failed && cause != FailureClass.NotFound);
    }

    [Fact]
    public void The_table_above_names_every_class() => Assert.Equal(17, Enum.GetValues<FailureClass>().Length);

    private static async Task<List<HealthCheck>> ReadAsync(TestInstallation installation, params HealthProbe[] probes)
    {
        List<HealthCheck> checks = [];
        await foreach (HealthCheck check in HealthRunner.RunAsync(installation, probes, Limit, Cancel))
        {
            checks.Add(check);
        }

        return checks;
    }

    private sealed class Probe(string name, Func<HealthContext, CancellationToken, Task<Observation>> look) : HealthProbe
    {
        public Probe(string name, Func<HealthContext, Task<Observation>> look)
            : this(name, (context, _) => look(context))
        {
        }

        public Func<FailureClass, Verdict> Judge { get; init; } = _ => Verdict.Unknown;

        public override HealthComponent Component => HealthComponent.Source;

        public override IEnumerable<string> Targets(AcodeEnvironment environment) => [name];

        public override Task<Observation> ObserveAsync(HealthContext context, string target, CancellationToken cancel) => look(context, cancel);

        public override Verdict OnFailure(FailureClass failure) => Judge(failure);
    }
}
