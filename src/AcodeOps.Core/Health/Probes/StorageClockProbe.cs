namespace AcodeOps.Health;

/// <summary>
/// How far is this machine's clock from that of the storage? Far off, S3 refuses every request; and the ages that other
/// checks tell are wrong by as much.
/// </summary>
public sealed class StorageClockProbe : HealthProbe
{
    // S3 refuses signatures that are older or younger than this.
    private const double RefusalSeconds = 900;

    /// <inheritdoc />
    public override HealthComponent Component => HealthComponent.Clock;

    /// <inheritdoc />
    public override IEnumerable<string> Targets(AcodeEnvironment environment) => environment.Storages.Count > 0 ? ["storage"] : [];

    /// <inheritdoc />
    public override async Task<Observation> ObserveAsync(HealthContext context, string target, CancellationToken cancel)
    {
        StorageDefinition storage = context.Environment.FindStorage(StorageRole.Primary) ?? context.Environment.Storages[0];
        try
        {
            BucketTraits traits = await StorageProbe.TraitsAsync(context, storage.Role).WaitAsync(cancel).ConfigureAwait(false);
            return Judge(traits, context.Environment.Objectives.ClockOffsetSeconds);
        }
        catch (AcodeException failure) when (failure.Id == "StorageClockSkewed")
        {
            return new Observation(Verdict.Failed, failure.Message) { ErrorId = failure.Id, Cause = failure.Cause, Remedy = failure.Advice };
        }
    }

    internal static Observation Judge(BucketTraits traits, double objectiveSeconds)
    {
        if (traits is not { ServerTimeAt: { } server, LocalTimeAt: { } local })
        {
            return new Observation(Verdict.Unknown, "The storage did not tell its time.");
        }

        double offset = (local - server).TotalSeconds;
        double distance = Math.Abs(offset);
        // The server's time is told to the second: what is within that, cannot be judged.
        Verdict verdict = distance >= RefusalSeconds ? Verdict.Failed : distance > objectiveSeconds + 0.5 ? Verdict.Degraded : Verdict.Healthy;
        string summary = distance <= 1
            ? "within a second of the storage's"
            : FormattableString.Invariant($"this machine is {distance:0.#} s {(offset > 0 ? "ahead of" : "behind")} the storage");
        return new Observation(verdict, summary)
        {
            Value = Math.Round(offset, 1),
            Unit = "s",
            Threshold = objectiveSeconds,
            Evidence = [$"storage: {server:yyyy-MM-ddTHH:mm:ssZ}", $"here: {local:yyyy-MM-ddTHH:mm:ss.fZ}"],
            Remedy = verdict == Verdict.Healthy ? null : "Set the clock of this machine (chrony, w32time).",
        };
    }
}
