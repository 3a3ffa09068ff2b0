using System.Globalization;
using AcodeOps.Health;
using AcodeOps.Recovery;

namespace AcodeOps.Deployment.Checks;

/// <summary>How old the emergency copy of the data is: what is left when a deployment has spoilt everything else.</summary>
internal sealed class EmergencyCopyCheck : DeploymentCheck
{
    /// <inheritdoc />
    public override DeploymentStage Stage => DeploymentStage.Before;

    /// <inheritdoc />
    public override string Target => "emergency copy";

    /// <inheritdoc />
    public override bool AppliesTo(AcodeEnvironment environment) => environment.FindStorage(StorageRole.Emergency) is not null;

    /// <inheritdoc />
    public override async Task<Observation> ObserveAsync(DeploymentContext context, CancellationToken cancel)
    {
        IObjectStore store = context.Installation.Storage(StorageRole.Emergency);
        EmergencyObjects found = await EmergencyObjects.ListAsync(store, newest: 1, context.Now, cancel).ConfigureAwait(false);
        return Judge(found.Copy, context.Environment.Objectives);
    }

    /// <summary>As old as the lake itself may be, and no older.</summary>
    internal static Observation Judge(EmergencyCopy copy, Objectives objectives)
    {
        Observation seen = new(Verdict.Degraded, $"There is no emergency copy in {copy.Location}.")
        {
            Value = copy.AgeHours is { } hours ? Math.Max(0, hours) : null,
            Unit = "h",
            Threshold = objectives.FreshnessHours,
            ErrorId = "EmergencyCopyOutdated",
            Remedy = "Export-AcodeData makes one.",
        };
        if (copy.AgeHours is not { } age)
        {
            return seen;
        }

        seen = seen with
        {
            Summary = $"The emergency copy was written {Durations.InWords(Math.Max(0, age) * 3600)} ago.",
            Evidence = [string.Create(CultureInfo.InvariantCulture, $"{copy.Objects:N0} objects, {copy.Bytes / 1e6:N1} MB in {copy.Location}")],
        };
        return age > objectives.FreshnessHours ? seen : seen with { Verdict = Verdict.Healthy, ErrorId = null, Remedy = null };
    }
}
