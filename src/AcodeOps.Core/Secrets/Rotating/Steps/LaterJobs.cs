using AcodeOps.Runbooks;

namespace AcodeOps.Secrets.Rotating.Steps;

/// <summary>The jobs that began with the new password, when a rotation is taken back: it stays valid until they have ended.</summary>
internal static class LaterJobs
{
    /// <summary>Remembers which jobs run, once the copies are put back.</summary>
    public static async Task RememberAsync(StepContext context, RotationPlan plan, CancellationToken cancel) => context.Facts.Set(
        RotationFacts.LaterJobs, (await ConnectionJobs.NewestAsync(context, plan, cancel).ConfigureAwait(false)).Where(sync => !sync.IsTerminal).Select(sync => sync.JobId).ToList());

    /// <summary>Waits for their end.</summary>
    public static Task AwaitAsync(StepContext context, CancellationToken cancel) =>
        ConnectionJobs.AwaitAsync(context, context.Facts.Get<List<long>>(RotationFacts.LaterJobs) ?? [], cancel);
}
