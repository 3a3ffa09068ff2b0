using AcodeOps.Audit;

namespace AcodeOps.Health.Probes;

/// <summary>Is the audit trail anchored? Records of days without a digest can be taken away from the end of their chains unseen.</summary>
internal sealed class AuditDigestProbe : HealthProbe
{
    /// <inheritdoc />
    public override HealthComponent Component => HealthComponent.Audit;

    /// <inheritdoc />
    public override IEnumerable<string> Targets(AcodeEnvironment environment) =>
        environment.FindStorage(StorageRole.Audit) is null ? [] : ["digest"];

    /// <inheritdoc />
    public override async Task<Observation> ObserveAsync(HealthContext context, string target, CancellationToken cancel)
    {
        IObjectStore storage = context.Installation.Storage(StorageRole.Audit);
        DateOnly today = DateOnly.FromDateTime(context.Now.UtcDateTime);
        DateOnly? newest = null, oldest = null;
        string recent = storage.Definition.Prefix + DigestKey.Of(today.AddDays(-AuditDigester.LateDays));
        await foreach (StoredObject found in storage.ListAsync(storage.Definition.Prefix + DigestKey.Root, startAfter: recent, cancel).ConfigureAwait(false))
        {
            newest = DigestKey.TryParse(found.Key[storage.Definition.Prefix.Length..]) ?? newest;
        }

        // Since when there is something to anchor: the days after the newest digest may have had no records.
        string after = AuditKey.DayPrefix(newest?.AddDays(1) ?? today.AddDays(-AuditDigester.LateDays));
        await foreach (StoredObject found in storage.ListAsync(storage.Definition.Prefix + AuditKey.Root, startAfter: storage.Definition.Prefix + after, cancel).ConfigureAwait(false))
        {
            oldest = AuditKey.TryParse(found.Key[storage.Definition.Prefix.Length..])?.Day;
            break;
        }

        int days = oldest is { } first ? today.DayNumber - first.DayNumber : 0;
        string anchored = newest is null ? "No day is anchored by a digest yet" : $"Every day to {newest:yyyy-MM-dd} is anchored by a digest";
        return days <= AuditDigester.ToleratedDays
            ? new Observation(Verdict.Healthy, $"{anchored}.") { Value = days, Unit = "days", Threshold = AuditDigester.ToleratedDays }
            : new Observation(Verdict.Degraded, $"{anchored}; there are records of {oldest:yyyy-MM-dd}.")
            {
                Value = days,
                Unit = "days",
                Threshold = AuditDigester.ToleratedDays,
                Remedy = "Run Sync-AcodeAudit once a day.",
            };
    }
}
