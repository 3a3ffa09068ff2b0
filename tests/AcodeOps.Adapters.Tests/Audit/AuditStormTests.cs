using AcodeOps.Adapters.Tests.Failover;
using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Audit;
using AcodeOps.Lab;
using AcodeOps.Lab.Faults;
using AcodeOps.Lab.Servers;
using AcodeOps.Lab.Servers.Databases;

namespace AcodeOps.Adapters.Tests.Audit;

/// <summary>
/// Eight processes write at once, and are killed by SIGKILL and started again, while the storage answers errors, says nothing or cuts
/// connections: what was acknowledged is there, and the chains of all sessions are whole.
/// </summary>
public sealed class AuditStormTests(LabFixture lab)
{
    private const int Writers = 8;
    private static readonly int Records = Thoroughness.IsFull ? 10_000 : 800;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_acknowledged_record_is_there_and_the_chains_are_whole()
    {
        int seed = Environment.TickCount;
        TestContext.Current.SendDiagnosticMessage("seed {0}", seed);
        LabSite site = await lab.SiteAsync(DatabaseFlavor.MariaDb);
        using FaultProxy proxy = new(LoopbackPort.Free(), new Uri(site.StorageEndpoint).Port);
        proxy.Start();
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        _ = Task.Run(() => proxy.RunAsync(end.Token), end.Token);
        AuditInstallation healthy = await AuditInstallation.NewAsync(lab, site);
        AuditInstallation stormy = healthy with { Aws = healthy.Aws with { Endpoints = healthy.Aws.Endpoints with { S3 = new Uri($"http://127.0.0.1:{proxy.Port}") } } };
        Task weather = MakeWeatherAsync(proxy, new Random(seed), end.Token);

        List<string>[] acknowledged = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(stormy, writer, new Random(seed + writer)), Cancel)));

        await end.CancelAsync();
        await weather.ContinueWith(_ => { }, TaskScheduler.Default);
        foreach (AuditInstallation machine in Enumerable.Range(0, Writers).Select(writer => Of(healthy, writer)))
        {
            await machine.SyncAsync();
        }

        await using Installation installation = healthy.Open();
        HashSet<string> stored = [];
        await foreach (AuditReading reading in AuditInstallation.TrailOf(installation).ReadAsync(new AuditQuery(DateTimeOffset.UtcNow.AddHours(-2), DateTimeOffset.UtcNow.AddMinutes(1), []), Cancel))
        {
            stored.Add(reading.Record?.Id ?? throw reading.Failure!);
        }

        string[] all = [.. acknowledged.SelectMany(ids => ids)];
        Assert.True(all.Length >= Records, $"{all.Length}");
        Assert.Empty(all.Except(stored));
        AuditVerification verification = await new AuditVerifier(new StoredTrail(installation), TimeProvider.System).VerifyAsync(default, null, null, Cancel);
        Assert.Empty(verification.Faults);
        Assert.Equal((Verdict.Healthy, stored.Count), (verification.Verdict, verification.Records));
        Assert.True(verification.Sessions >= Writers * 2, $"{verification.Sessions} sessions");
        TestContext.Current.SendDiagnosticMessage("{0} acknowledged, {1} stored, {2} sessions", all.Length, stored.Count, verification.Sessions);

        // One that was acknowledged and is taken away is missed.
        string key = (await healthy.KeysAsync()).First(key => key.Contains(all[0], StringComparison.Ordinal));
        await installation.Storage(StorageRole.Audit).PurgeAsync(key, Cancel);
        AuditVerification after = await new AuditVerifier(new StoredTrail(installation), TimeProvider.System).VerifyAsync(default, null, null, Cancel);
        Assert.Equal(AuditFaultKind.Missing, Assert.Single(after.Faults).Kind);
    }

    /// <summary>A writer's process is killed again and again, until it has acknowledged its share.</summary>
    private static async Task<List<string>> WriteAsync(AuditInstallation stormy, int writer, Random random)
    {
        List<string> acknowledged = [];
        while (acknowledged.Count < Records / Writers)
        {
            acknowledged.AddRange(await AuditWriterProcess.RunUntilKilledAsync(
                Of(stormy, writer), Math.Max(10, Records / Writers / 4) + random.Next(20), TimeSpan.FromMilliseconds(random.NextDouble() * 20), Cancel));
        }

        return acknowledged;
    }

    private static async Task MakeWeatherAsync(FaultProxy proxy, Random random, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            proxy.Behavior = random.Next(6) switch
            {
                0 => new ProxyBehavior(ProxyMode.Error, 503),
                1 => new ProxyBehavior(ProxyMode.Error, 500),
                2 => new ProxyBehavior(ProxyMode.Reset),
                3 => new ProxyBehavior(DelayMilliseconds: 50),
                _ => new ProxyBehavior(),
            };
            await Task.Delay(random.Next(100, 1500), cancel);
        }
    }

    // Each writer is a machine: it has a disk of its own.
    private static AuditInstallation Of(AuditInstallation installation, int writer) =>
        installation with { SpoolFolder = Path.Combine(installation.SpoolFolder, $"machine{writer}") };
}
