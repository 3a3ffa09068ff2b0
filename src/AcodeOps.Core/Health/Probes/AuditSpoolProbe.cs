using AcodeOps.Audit;

namespace AcodeOps.Health.Probes;

/// <summary>Audit records that wait on this machine: safe here, and out of the auditors' sight until they are stored.</summary>
internal sealed class AuditSpoolProbe : HealthProbe
{
    internal static readonly TimeSpan Tolerated = TimeSpan.FromHours(1);

    /// <inheritdoc />
    public override HealthComponent Component => HealthComponent.Audit;

    /// <inheritdoc />
    public override IEnumerable<string> Targets(AcodeEnvironment environment) =>
        environment.FindStorage(StorageRole.Audit) is null ? [] : ["spool"];

    /// <inheritdoc />
    public override async Task<Observation> ObserveAsync(HealthContext context, string target, CancellationToken cancel)
    {
        (int waiting, DateTimeOffset? oldestAt) = await ReadAsync(context).ConfigureAwait(false);
        if (waiting == 0)
        {
            return new Observation(Verdict.Healthy, "No audit record waits on this machine.") { Value = 0, Unit = "min", Threshold = Tolerated.TotalMinutes };
        }

        double? oldestMinutes = oldestAt is { } at ? Math.Max(0, (context.Now - at).TotalMinutes) : null;
        bool isTooOld = oldestMinutes is not { } minutes || minutes > Tolerated.TotalMinutes;
        string age = oldestMinutes is { } known ? $"{known:0} min" : "an unknown time";
        return new Observation(isTooOld ? Verdict.Degraded : Verdict.Healthy, $"{waiting} audit records wait on this machine, the oldest for {age}.")
        {
            Value = oldestMinutes,
            Unit = "min",
            Threshold = Tolerated.TotalMinutes,
            Remedy = isTooOld ? "Run Sync-AcodeAudit; its error says why the audit storage does not take them." : null,
        };
    }

    /// <summary>The records that wait, and the age of the oldest; read once a round.</summary>
    internal static Task<AuditBacklog> ReadAsync(HealthContext context) => context.OnceAsync(typeof(AuditBacklog), async cancel =>
    {
        int waiting = 0;
        DateTimeOffset? oldestAt = null;
        await foreach (string key in context.Installation.AuditSpool.ListAsync(cancel).ConfigureAwait(false))
        {
            waiting++;
            oldestAt ??= AuditKey.TryParse(key)?.At;
        }

        return new AuditBacklog(waiting, oldestAt);
    });
}

/// <summary>Audit records that wait on this machine.</summary>
/// <param name="Waiting">How many.</param>
/// <param name="OldestAt">When the oldest was made, UTC; null when there is none, or its name does not tell.</param>
internal sealed record AuditBacklog(int Waiting, DateTimeOffset? OldestAt);
