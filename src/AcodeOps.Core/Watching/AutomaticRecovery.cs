using AcodeOps.Audit;
using AcodeOps.Recovery;
using AcodeOps.Runbooks;

namespace AcodeOps.Watching;

/// <summary>Carries out by itself what was decided, as <c>Start-AcodeDisasterRecovery</c> does for an operator.</summary>
internal sealed class AutomaticRecovery(IInstallation installation, WatchOptions options, AuditOrigin origin)
{
    private const string Reason = "Decided by a watch";

    /// <summary>Plans and recovers.</summary>
    /// <param name="seen">What it is decided on.</param>
    /// <param name="runId">The run's id, which is the incident's.</param>
    /// <param name="cancel">Stops it: what was begun is taken back.</param>
    /// <returns>The run; null when, planned anew, nothing is to be done any more.</returns>
    /// <exception cref="AcodeException">What it was refused by, before anything was begun.</exception>
    public async Task<RunbookRun?> RunAsync(RecoveryAssessment seen, string runId, CancellationToken cancel)
    {
        RecoveryPlan plan = await new RecoveryPlanner(installation, TimeSpan.FromSeconds(options.TimeoutSeconds))
            .PlanAsync(seen, allowDataLoss: false, isAutomatic: true, cancel).ConfigureAwait(false);
        if (new RecoveryExecution(plan).Runbook(installation.Clock.GetUtcNow()) is not { } runbook)
        {
            return null;
        }

        RunbookEngine engine = new(installation, origin);
        return await new RecoveryNotices(installation).AroundAsync(
            plan, runId, steps => engine.StartAsync(runId, runbook, new RunOptions { Reason = Reason }, steps, cancel), options.Progress, cancel).ConfigureAwait(false);
    }
}
