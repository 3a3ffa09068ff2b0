using AcodeOps.Health;
using AcodeOps.Health.Probes;
using AcodeOps.Syncs;

namespace AcodeOps.Deployment;

/// <summary>What the items of one round share.</summary>
/// <param name="health">What they share with the health checks of the round.</param>
/// <param name="subject">What is deployed.</param>
public sealed class DeploymentContext(HealthContext health, DeploymentSubject subject)
{
    /// <summary>What is shared with the health checks of the round.</summary>
    public HealthContext Health { get; } = health;

    /// <summary>What is deployed.</summary>
    public DeploymentSubject Subject { get; } = subject;

    /// <summary>The installation.</summary>
    public IInstallation Installation => Health.Installation;

    /// <summary>Its definition.</summary>
    public AcodeEnvironment Environment => Health.Environment;

    /// <summary>The files.</summary>
    public ConfigurationProject Project => Subject.Project;

    /// <summary>The time, UTC.</summary>
    public DateTimeOffset Now => Health.Now;

    /// <summary>The one route that is active.</summary>
    /// <exception cref="AcodeException"><c>ActiveRouteUnclear</c> (Conflict): none is, or several; or why it could not be read.</exception>
    public async Task<RouteReading> ActiveRouteAsync()
    {
        RouteReading[] active = [.. (await Health.RoutesAsync().ConfigureAwait(false)).Where(reading => reading.Route.IsActive)];
        return active is not [{ } only] ? throw new AcodeException("ActiveRouteUnclear", FailureClass.Conflict, $"{(active.Length == 0 ? "No route is" : $"{active.Length} routes are")} active: there is nothing to judge.")
        {
            Advice = "See the check Deployment active route.",
            Subject = Environment,
        }
        : only.Problem is { } problem ? throw problem
        : only;
    }

    /// <summary>The sync that is judged: the one that was made for the deployment, or else the newest of the active route.</summary>
    /// <exception cref="AcodeException"><c>SyncMissing</c>: there is none; or why there is none although one was asked for.</exception>
    public async Task<DeploymentSync> SyncAsync()
    {
        if (Subject.SyncFailure is { } failure)
        {
            throw failure;
        }

        RouteReading route = await ActiveRouteAsync().ConfigureAwait(false);
        Sync sync = Subject.Sync ?? (route.Syncs is [{ } newest, ..] ? newest : null) ?? throw new AcodeException("SyncMissing", FailureClass.NotFound, $"The connection '{route.Connection!.Name}' has not synced yet.")
        {
            Advice = "-Sync runs a sync and judges it.",
            Subject = route.Route,
        };
        return new DeploymentSync(route, sync, route.Syncs.FirstOrDefault(other => other.JobId < sync.JobId), Subject.Sync is not null);
    }
}

/// <summary>The sync that shows whether a deployment works.</summary>
/// <param name="Route">The route that it belongs to.</param>
/// <param name="Sync">The sync.</param>
/// <param name="Before">The one before it; null when there was none.</param>
/// <param name="IsMade">True when it was made for the deployment.</param>
public sealed record DeploymentSync(RouteReading Route, Sync Sync, Sync? Before, bool IsMade);
