using AcodeOps.Health;
using AcodeOps.Runbooks;

namespace AcodeOps.Routing.Steps;

/// <summary>Right before a switch that nobody was asked about: what has failed must still be failing.</summary>
internal static class OutageStillThere
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private static readonly Dictionary<RecoveryPart, (HealthProbe Probe, string Target)> Looks = new()
    {
        [RecoveryPart.PrimarySource] = (new SourceProbe(), "primary"),
        [RecoveryPart.BackupSource] = (new SourceProbe(), "backup"),
        [RecoveryPart.PrimaryStorage] = (new StorageProbe(), "primary"),
        [RecoveryPart.BackupStorage] = (new StorageProbe(), "backup"),
    };

    /// <summary>Looks once more at the failed parts of the routes that are to be left.</summary>
    /// <exception cref="AcodeException"><c>OutageOver</c> (Refused): none of them is down any more.</exception>
    public static async Task EnsureAsync(FailoverPlan plan, StepContext context, CancellationToken cancel)
    {
        RecoveryPart[] failed = [.. plan.Assessment!.Parts.Where(part => part.IsOutage && plan.From.Any(route => part.Part.IsOf(route.Route.Source, route.Route.Storage))).Select(part => part.Part)];
        HealthCheck[] seen = await Task.WhenAll(failed.Select(async part =>
        {
            using CancellationTokenSource limit = new(Limit, context.Installation.Clock);
            using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
            return await HealthRunner.LookAsync(Looks[part].Probe, Looks[part].Target, new HealthContext(context.Installation, both.Token), Limit, both.Token).ConfigureAwait(false);
        })).ConfigureAwait(false);
        cancel.ThrowIfCancellationRequested();
        foreach (HealthCheck check in seen)
        {
            context.Tell(check.ToString());
        }

        if (!seen.Any(check => check.IsOutage))
        {
            throw new AcodeException("OutageOver", FailureClass.Refused, $"What was to be left is not down any more: {string.Join("; ", seen.Select(check => check.ToString()))}.")
            {
                Advice = "Nothing needs to be switched.",
                Subject = plan,
            };
        }
    }
}
