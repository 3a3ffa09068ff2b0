using AcodeOps.Audit;
using AcodeOps.Runbooks;

namespace AcodeOps.Routing.Steps;

/// <summary>Switches the new route's connection on, once no other writes.</summary>
internal sealed class SwitchOnStep(FailoverPlan plan) : FailoverStep(plan)
{
    /// <summary>The fact that tells when the new route was on.</summary>
    public const string OnAt = "new_route_on_at";

    /// <summary>The fact that keeps the newest job of the new route before it was switched on: what is newer is of this switch.</summary>
    public const string NewestJob = "newest_job_before";

    /// <inheritdoc />
    public override string Name => "switch_on_new_route";

    /// <inheritdoc />
    public override string Title => $"Switch route {Plan.To} on";

    private Guid Connection => Plan.To.Connection.ConnectionId;

    /// <inheritdoc />
    public override AuditEvent Audit(StepContext context) => Modified(Plan.To, "switched on");

    /// <inheritdoc />
    public override Task CheckAsync(StepContext context, CancellationToken cancel) => SingleWriter.EnsureAsync(context, Connection, cancel);

    /// <inheritdoc />
    public override async Task PrepareAsync(StepContext context, CancellationToken cancel)
    {
        Task<Sync?> newest = NewestSyncAsync(context, Plan.To, cancel);
        Task lake = LandedStreams.RememberAsync(context, Plan.To, cancel);
        await SnapshotProof.RememberAsync(context, Plan.To, cancel).ConfigureAwait(false);
        await lake.ConfigureAwait(false);
        context.Facts.Set(NewestJob, (await newest.ConfigureAwait(false))?.JobId ?? 0);
    }

    /// <inheritdoc />
    public override async Task ActAsync(StepContext context, CancellationToken cancel)
    {
        await context.PersistAsync(c => context.Installation.Airbyte.SetStatusAsync(Connection, ConnectionStatus.Active, c), cancel).ConfigureAwait(false);
        context.Tell($"'{Plan.To.Connection.Name}' is active; data lands in {Plan.Location}");
    }

    /// <inheritdoc />
    public override async Task<bool> VerifyAsync(StepContext context, CancellationToken cancel)
    {
        bool isOn = (await ReadAsync(context, Plan.To, cancel).ConfigureAwait(false)).Status == ConnectionStatus.Active;
        if (isOn && !context.Facts.Has(OnAt))
        {
            context.Facts.Set(OnAt, context.Now);
        }

        return isOn;
    }

    /// <inheritdoc />
    public override async Task UndoAsync(StepContext context, CancellationToken cancel)
    {
        // A route that was switched off for this is active again only when all is taken back.
        if (Plan.To.Connection.Status == ConnectionStatus.Active && !Plan.IsOfOneRoute)
        {
            context.Tell($"'{Plan.To.Connection.Name}' was active before");
            return;
        }

        await context.PersistAsync(c => context.Installation.Airbyte.SetStatusAsync(Connection, ConnectionStatus.Inactive, c), cancel).ConfigureAwait(false);
        context.Tell($"'{Plan.To.Connection.Name}' is inactive again");
    }
}
