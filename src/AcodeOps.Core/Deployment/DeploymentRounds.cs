using AcodeOps.Deployment.Checks;
using AcodeOps.Health;

namespace AcodeOps.Deployment;

/// <summary>The checklist of a deployment, in rounds: what can be looked at together is, each result as it comes.</summary>
/// <param name="installation">The installation.</param>
/// <param name="subject">What is deployed.</param>
public sealed class DeploymentRounds(IInstallation installation, DeploymentSubject subject)
{
    /// <summary>Before anything is changed: the files, and the health checks that a deployment needs.</summary>
    /// <param name="mayWrite">False to write no canary into the storages, either: whether they can be written is Unknown then.</param>
    /// <param name="cancel">Ends it.</param>
    public IAsyncEnumerable<HealthCheck> BeforeAsync(bool mayWrite, CancellationToken cancel) => RunAsync(
        [.. HealthCatalog.All.Where(HealthCheckItem.IsTold).Select(probe => probe is StorageProbe && !mayWrite ? new StorageProbe { MayWrite = false } : probe)],
        check => check.Stage == DeploymentStage.Before, subject, cancel);

    /// <summary>When everything has been changed: what can be judged without a sync.</summary>
    public IAsyncEnumerable<HealthCheck> AfterAsync(CancellationToken cancel) =>
        RunAsync([], check => check is { Stage: DeploymentStage.After, NeedsSync: false }, subject, cancel);

    /// <summary>When a sync has ended: what only that can show.</summary>
    /// <param name="sync">The sync that was made for it; null to judge the newest.</param>
    /// <param name="failure">Why none was made although one was asked for.</param>
    /// <param name="cancel">Ends it.</param>
    public IAsyncEnumerable<HealthCheck> LandedAsync(Sync? sync, AcodeException? failure, CancellationToken cancel) => RunAsync(
        [], check => check is { Stage: DeploymentStage.After, NeedsSync: true }, subject with { Sync = sync, SyncFailure = failure }, cancel);

    /// <summary>True for a result that does not stand against the deployment. Unknown does.</summary>
    public static bool Passes(HealthCheck check) => check.Verdict is Verdict.Healthy or Verdict.Degraded;

    private IAsyncEnumerable<HealthCheck> RunAsync(HealthProbe[] probes, Func<DeploymentCheck, bool> which, DeploymentSubject judged, CancellationToken cancel) =>
        HealthRunner.RunAsync(installation, [.. DeploymentCatalog.All.Where(which).Select(check => new DeploymentProbe(check, judged)), .. probes], judged.Timeout, cancel);
}
