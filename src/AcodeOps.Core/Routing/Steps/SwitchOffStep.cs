using AcodeOps.Audit;
using AcodeOps.Runbooks;

namespace AcodeOps.Routing.Steps;

/// <summary>Switches a route's connection off, so that no sync of it can be started any more.</summary>
internal sealed class SwitchOffStep(FailoverPlan plan, PlannedRoute route, int number) : FailoverStep(plan)
{
    /// <summary>The fact that tells when the last of the old routes was off.</summary>
    public const string OffAt = "old_route_off_at";

    /// <inheritdoc />
    public override string Name => number == 1 ? "switch_off_old_route" : $"switch_off_old_route_{number}";

    /// <inheritdoc />
    public override string Title => $"Switch route {route} off";

    /// <inheritdoc />
    public override AuditEvent Audit(StepContext context) => Modified(route, "switched off");

    /// <inheritdoc />
    public override async Task ActAsync(StepContext context, CancellationToken cancel)
    {
        await context.PersistAsync(c => context.Installation.Airbyte.SetStatusAsync(route.Connection.ConnectionId, ConnectionStatus.Inactive, c), cancel).ConfigureAwait(false);
        context.Tell($"'{route.Connection.Name}' is inactive");
    }

    /// <inheritdoc />
    public override async Task<bool> VerifyAsync(StepContext context, CancellationToken cancel)
    {
        bool isOff = (await ReadAsync(context, route, cancel).ConfigureAwait(false)).Status == ConnectionStatus.Inactive;
        if (isOff && !context.Facts.Has(OffAt))
        {
            context.Facts.Set(OffAt, context.Now);
        }

        return isOff;
    }

    /// <inheritdoc />
    public override async Task UndoAsync(StepContext context, CancellationToken cancel)
    {
        await SingleWriter.EnsureAsync(context, route.Connection.ConnectionId, cancel).ConfigureAwait(false);
        await context.PersistAsync(c => context.Installation.Airbyte.SetStatusAsync(route.Connection.ConnectionId, ConnectionStatus.Active, c), cancel).ConfigureAwait(false);
        context.Tell($"'{route.Connection.Name}' is active again");
    }
}
