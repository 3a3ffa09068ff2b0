using AcodeOps.Runbooks;

namespace AcodeOps.Configuration.Publishing;

/// <summary>Writes back how far a connection's streams were read.</summary>
internal sealed class WriteStateStep(PublicationPlan plan, PlannedState planned) : PublicationStep(plan)
{
    private string Before => $"state {planned.Path}";

    /// <inheritdoc />
    public override string Name => $"state {planned.Path}";

    /// <inheritdoc />
    public override string Title => $"Write how far the streams of '{planned.Name}' were read";

    /// <inheritdoc />
    public override Audit.AuditEvent Audit(StepContext context) => Audited(AcodeOps.AuditEventType.ConnectionModified, $"State of {planned.Name}", ["state"]);

    /// <inheritdoc />
    public override async Task PrepareAsync(StepContext context, CancellationToken cancel) => context.Facts.Set(
        Before, await context.PersistAsync(c => context.Installation.Airbyte.ReadStateAsync(Id(context), c), cancel).ConfigureAwait(false));

    /// <inheritdoc />
    public override Task ActAsync(StepContext context, CancellationToken cancel) =>
        context.PersistAsync(c => context.Installation.Airbyte.WriteStateAsync(Id(context), Replacing(planned.State, context.Facts.Get<SyncState>(Before)), c), cancel);

    /// <inheritdoc />
    public override async Task<bool> VerifyAsync(StepContext context, CancellationToken cancel) =>
        States.AreSame(await context.PersistAsync(c => context.Installation.Airbyte.ReadStateAsync(Id(context), c), cancel).ConfigureAwait(false), planned.State);

    /// <inheritdoc />
    public override async Task UndoAsync(StepContext context, CancellationToken cancel)
    {
        if (IdOf(context, planned.Path) is { } id && context.Facts.Get<SyncState>(Before) is { } before)
        {
            await context.PersistAsync(c => context.Installation.Airbyte.WriteStateAsync(id, Replacing(before, planned.State), c), cancel).ConfigureAwait(false);
        }
    }

    // Streams that are not given keep their state: those that are to have none are given with none.
    private static SyncState Replacing(SyncState state, SyncState? over)
    {
        if (state.Kind is not (SyncStateKind.Stream or SyncStateKind.NotSet) || over?.Kind != SyncStateKind.Stream)
        {
            return state;
        }

        IEnumerable<StreamState> gone = over.Streams.Where(other => state.Streams.All(stream => (stream.Name, stream.Namespace) != (other.Name, other.Namespace)));
        return new SyncState(SyncStateKind.Stream) { Streams = [.. state.Streams, .. gone.Select(other => other with { Json = null })] };
    }

    private Guid Id(StepContext context) =>
        IdOf(context, planned.Path) ?? throw new AcodeException("ConnectionNotFound", FailureClass.NotFound, $"The connection '{planned.Name}' is not there.") { Subject = planned.Path };
}
