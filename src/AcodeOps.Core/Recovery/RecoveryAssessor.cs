using AcodeOps.Health;
using AcodeOps.Health.Probes;
using AcodeOps.Syncs;

namespace AcodeOps.Recovery;

/// <summary>Looks at the parts that a recovery turns on, several times, and draws the looks together. Changes nothing but its canaries.</summary>
internal sealed class RecoveryAssessor(IInstallation installation, TimeSpan timeout)
{
    private static readonly (RecoveryPart Part, HealthProbe Probe, string Target)[] Looks =
    [
        (RecoveryPart.PrimarySource, new SourceProbe(), "primary"),
        (RecoveryPart.BackupSource, new SourceProbe(), "backup"),
        (RecoveryPart.PrimaryStorage, new StorageProbe(), "primary"),
        (RecoveryPart.BackupStorage, new StorageProbe(), "backup"),
        (RecoveryPart.Airbyte, new AirbyteProbe(), "airbyte"),
    ];

    private readonly RecoveryDefinition _rules = installation.Environment.Recovery;

    /// <summary>The assessment.</summary>
    /// <param name="progress">Is told each round; null for nobody.</param>
    /// <param name="cancel">Ends the looking.</param>
    public async Task<RecoveryAssessment> AssessAsync(IProgress<string>? progress, CancellationToken cancel)
    {
        List<Round> rounds = [];
        for (int round = 1; round <= _rules.Probes; round++)
        {
            if (round > 1)
            {
                await Task.Delay(TimeSpan.FromSeconds(_rules.ProbeSeconds), installation.Clock, cancel).ConfigureAwait(false);
            }

            progress?.Report($"Look {round} of {_rules.Probes}");
            rounds.Add(await LookAsync(cancel).ConfigureAwait(false));
        }

        return Judge(rounds, await RoutesAsync(cancel).ConfigureAwait(false));
    }

    private RecoveryAssessment Judge(List<Round> rounds, IReadOnlyList<Route>? routes)
    {
        PartAssessment[] parts =
        [
            .. Looks.Select(look => look.Part).Where(part => rounds[0].Checks.ContainsKey(part))
                .Select(part => ProbeVote.Count(part, [.. rounds.Select(round => round.Checks[part])], Math.Min(_rules.FailedProbes, rounds.Count))),
        ];
        string? witness = null;
        for (int i = 0; i < parts.Length; i++)
        {
            if (parts[i] is { Part: RecoveryPart.PrimarySource, Verdict: Verdict.Failed, FailedSince: { } since } primary)
            {
                witness = PrimaryWitness.Hear(since, rounds.Select(round => round.Replication));
                parts[i] = witness is null ? primary : primary with { Verdict = Verdict.Unknown, Summary = $"{primary.Summary} {witness}" };
            }
            else if (parts[i] is { Part: RecoveryPart.BackupSource, Verdict: Verdict.Healthy or Verdict.Degraded } backup)
            {
                parts[i] = WithReplication(backup, [.. rounds.Select(round => round.ReplicationCheck).OfType<HealthCheck>()]);
            }
            else if (parts[i] is { Part: RecoveryPart.Airbyte, Verdict: Verdict.Healthy or Verdict.Degraded } airbyte && routes is null)
            {
                parts[i] = airbyte with { Verdict = Verdict.Unknown, Summary = $"{airbyte.Summary} But it does not tell which route is active." };
            }
        }

        Round last = rounds[^1];
        return new RecoveryAssessment
        {
            AssessedAt = installation.Clock.GetUtcNow(),
            Parts = parts,
            Routes = routes ?? [],
            Witness = witness,
            Evidence = FrozenEvidence.Of(routes ?? [], last.Checks.OrderBy(check => check.Key).Select(check => check.Value).Prepend(last.ReplicationCheck).OfType<HealthCheck>()),
        };
    }

    /// <summary>A replica that answers and does not replicate feeds the lake nothing new: it cannot be used, and that is no outage of it.</summary>
    private PartAssessment WithReplication(PartAssessment backup, IReadOnlyList<HealthCheck> looks)
    {
        PartAssessment replication = ProbeVote.Count(RecoveryPart.BackupSource, looks, Math.Min(_rules.FailedProbes, looks.Count));
        return looks.Count == 0 || replication.Verdict.Severity() <= backup.Verdict.Severity()
            ? backup with { Evidence = [.. backup.Evidence, .. replication.Evidence] }
            : replication with { Evidence = [.. backup.Evidence, .. replication.Evidence] };
    }

    private async Task<Round> LookAsync(CancellationToken cancel)
    {
        using CancellationTokenSource limit = new(timeout, installation.Clock);
        using CancellationTokenSource round = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        HealthContext context = new(installation, round.Token);
        (RecoveryPart Part, Task<HealthCheck> Check)[] running =
        [
            .. from look in Looks
               where look.Probe.Targets(installation.Environment).Contains(look.Target)
               select (look.Part, HealthRunner.LookAsync(look.Probe, look.Target, context, timeout, round.Token)),
        ];
        Task<HealthCheck>? replication = installation.Environment.BackupName().Any()
            ? HealthRunner.LookAsync(new ReplicationProbe(), "backup", context, timeout, round.Token)
            : null;
        Dictionary<RecoveryPart, HealthCheck> checks = [];
        foreach ((RecoveryPart part, Task<HealthCheck> check) in running)
        {
            checks[part] = await check.ConfigureAwait(false);
        }

        HealthCheck? replicating = replication is null ? null : await replication.ConfigureAwait(false);
        cancel.ThrowIfCancellationRequested();
        return new Round(checks, replicating, replicating is { Verdict: not Verdict.Unknown } ? await context.ReplicationAsync().ConfigureAwait(false) : []);
    }

    /// <summary>The routes; null where it is not known which of them is active.</summary>
    private async Task<IReadOnlyList<Route>?> RoutesAsync(CancellationToken cancel)
    {
        using CancellationTokenSource limit = new(timeout, installation.Clock);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            Route[] routes = [.. (await RouteReader.ReadAsync(installation, both.Token).ConfigureAwait(false)).Select(reading => reading.Route)];
            bool isTold = routes.Any(route => route.IsActive) || !routes.Any(route => route is { Status: ConnectionStatus.Unknown, ConnectionId: not null });
            return isTold ? routes : null;
        }
        catch (AcodeException)
        {
            // Airbyte's own verdict says what is wrong.
            return null;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return null;
        }
    }

    private sealed record Round(IReadOnlyDictionary<RecoveryPart, HealthCheck> Checks, HealthCheck? ReplicationCheck, IReadOnlyList<ReplicationStatus> Replication);
}
