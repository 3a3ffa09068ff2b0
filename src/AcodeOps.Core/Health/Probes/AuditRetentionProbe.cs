using AcodeOps.Audit;

namespace AcodeOps.Health.Probes;

/// <summary>Are audit records really locked, in the mode and for as long as the environment says? Asked of the newest record itself, not of the bucket's settings.</summary>
public sealed class AuditRetentionProbe : HealthProbe
{
    private const int DaysBack = 7;

    // Records are locked from their own time on; the store rounds to seconds.
    private static readonly TimeSpan Rounding = TimeSpan.FromMinutes(1);

    /// <inheritdoc />
    public override HealthComponent Component => HealthComponent.Audit;

    /// <inheritdoc />
    public override IEnumerable<string> Targets(AcodeEnvironment environment) =>
        environment.FindStorage(StorageRole.Audit) is null || environment.Audit.Lock == AuditLock.None ? [] : ["retention"];

    /// <inheritdoc />
    public override async Task<Observation> ObserveAsync(HealthContext context, string target, CancellationToken cancel)
    {
        AuditDefinition asked = context.Environment.Audit;
        IObjectStore storage = context.Installation.Storage(StorageRole.Audit);
        bool? canLock = (await StorageProbe.TraitsAsync(context, StorageRole.Audit).WaitAsync(cancel).ConfigureAwait(false)).HasObjectLock;
        if (canLock == false)
        {
            return new Observation(Verdict.Failed, "The audit bucket cannot lock objects: records can be deleted.")
            {
                ErrorId = "AuditNotLocked",
                Remedy = "Object Lock is switched on when a bucket is made, or by AWS on request: make a new bucket with it, or say audit.lock: none.",
            };
        }

        if (await NewestAsync(storage, context.Now, cancel).ConfigureAwait(false) is not { } key)
        {
            return canLock is null
                ? new Observation(Verdict.Unknown, "Whether the audit bucket can lock objects is not told, and there is no record of the last days to look at.")
                : new Observation(Verdict.Healthy, $"The bucket can lock objects; there is no record of the last {DaysBack} days to look at.");
        }

        ObjectRetention? retention = await storage.ReadRetentionAsync(storage.Definition.Prefix + key, cancel).ConfigureAwait(false);
        return Judge(asked, key, retention);
    }

    private static Observation Judge(AuditDefinition asked, AuditKey key, ObjectRetention? retention)
    {
        string[] evidence = [$"looked at {key}", $"legal basis: {asked.LegalBasis ?? "none named"}"];
        if (retention is null)
        {
            return new Observation(Verdict.Failed, "The newest audit record is not locked.")
            {
                ErrorId = "AuditNotLocked",
                Evidence = evidence,
                Threshold = asked.RetentionDays,
                Unit = "days",
                Remedy = "Look who writes there with other settings, and whether the caller may use s3:PutObjectRetention.",
            };
        }

        double days = (retention.UntilAt - key.At).TotalDays;
        bool isShort = retention.UntilAt < key.At.AddDays(asked.RetentionDays) - Rounding, isWeak = asked.Lock == AuditLock.Compliance && !retention.Compliance;
        string mode = retention.Compliance ? "compliance" : "governance";
        return new Observation(isShort || isWeak ? Verdict.Degraded : Verdict.Healthy, $"The newest audit record is locked for {days:0} {(Math.Round(days) == 1 ? "day" : "days")} ({mode}).")
        {
            Value = Math.Round(days),
            Threshold = asked.RetentionDays,
            Unit = "days",
            Evidence = evidence,
            Remedy = isShort || isWeak ? $"The environment asks for {asked.RetentionDays} days ({asked.Lock.ToString().ToLowerInvariant()}). Records that are there keep their lock; look who writes with other settings." : null,
        };
    }

    private static async Task<AuditKey?> NewestAsync(IObjectStore storage, DateTimeOffset now, CancellationToken cancel)
    {
        DateOnly today = DateOnly.FromDateTime(now.UtcDateTime);
        for (int back = 0; back < DaysBack; back++)
        {
            AuditKey? newest = null;
            await foreach (StoredObject found in storage.ListAsync(storage.Definition.Prefix + AuditKey.DayPrefix(today.AddDays(-back)), cancel: cancel).ConfigureAwait(false))
            {
                if (AuditKey.TryParse(found.Key[storage.Definition.Prefix.Length..]) is { } key && (newest is null || key.At >= newest.At))
                {
                    newest = key;
                }
            }

            if (newest is not null)
            {
                return newest;
            }
        }

        return null;
    }
}
