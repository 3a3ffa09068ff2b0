using AcodeOps.Health;

namespace AcodeOps.Deployment.Checks;

/// <summary>Nothing else of the installation is ill. What a deployment needs itself is told check by check beside it.</summary>
internal sealed class HealthCheckItem : DeploymentCheck
{
    private static readonly HealthComponent[] Told = [HealthComponent.Secret, HealthComponent.Source, HealthComponent.Storage, HealthComponent.Airbyte, HealthComponent.Replication];

    /// <inheritdoc />
    public override DeploymentStage Stage => DeploymentStage.Before;

    /// <inheritdoc />
    public override string Target => "health";

    /// <summary>True for the health checks that are told one by one: credentials, servers, storages, replication.</summary>
    public static bool IsTold(HealthProbe probe) => Told.Contains(probe.Component);

    /// <inheritdoc />
    public override async Task<Observation> ObserveAsync(DeploymentContext context, CancellationToken cancel) => Judge(await Task.WhenAll(
        from probe in HealthCatalog.All
        where !IsTold(probe)
        from target in probe.Targets(context.Environment)
        select HealthRunner.LookAsync(probe, target, context.Health, context.Subject.Timeout, cancel)).ConfigureAwait(false));

    /// <summary>The worst verdict counts.</summary>
    internal static Observation Judge(IReadOnlyCollection<HealthCheck> checks)
    {
        HealthCheck[] unwell = [.. checks.Where(check => check.Verdict != Verdict.Healthy).OrderByDescending(check => check.Verdict.Severity())];
        return unwell is [{ } worst, ..]
            ? new Observation(worst.Verdict, $"{unwell.Length} of {checks.Count} further health checks are not healthy: {worst.Component} {worst.Target}: {worst.Summary}")
            {
                Cause = worst.Cause,
                ErrorId = worst.ErrorId,
                Evidence = [.. unwell.Select(check => check.ToString())],
                Remedy = worst.Remedy ?? "Test-AcodeHealth shows them.",
            }
            : new Observation(Verdict.Healthy, $"All {checks.Count} further health checks are healthy.");
    }
}
