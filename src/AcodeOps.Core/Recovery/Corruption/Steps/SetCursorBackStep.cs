using AcodeOps.Audit;
using AcodeOps.Routing.Steps;
using AcodeOps.Runbooks;
using AcodeOps.Syncs;

namespace AcodeOps.Recovery.Corruption.Steps;

/// <summary>
/// Sets the corrupted stream's cursor back to before its oldest quarantined row. The state of the route's other incremental
/// streams is remembered with it: what they load meanwhile is taken back together with the run.
/// </summary>
internal sealed class SetCursorBackStep(ReloadPlan reload) : SyncStateStep(reload.Switch)
{
    /// <summary>The fact that keeps the cursor.</summary>
    public const string Cursor = "cursor_set_back";

    /// <inheritdoc />
    public override string Name => "set_cursor_back";

    /// <inheritdoc />
    public override string Title => reload.IsIncremental() ? $"Set the cursor of {reload.Stream} back" : "Remember the sync state";

    /// <inheritdoc />
    public override AuditEvent Audit(StepContext context) => Modified(Plan.To, "sync state set back");

    /// <inheritdoc />
    public override async Task PrepareAsync(StepContext context, CancellationToken cancel)
    {
        SyncState own = await ReadStateAsync(context, Plan.To, cancel).ConfigureAwait(false);
        List<StreamState> wanted = [];
        foreach (ConnectionStream stream in Plan.To.IncrementalStreams)
        {
            StreamState state = own.Find(stream.Name) ?? new StreamState(stream.Name, Plan.To.NamespaceOf(stream), null);
            wanted.Add(stream.Name == reload.Stream ? await SetBackAsync(context, stream, state, cancel).ConfigureAwait(false) : state);
        }

        Remember(context, own, wanted);
    }

    /// <inheritdoc />
    public override async Task ActAsync(StepContext context, CancellationToken cancel)
    {
        await base.ActAsync(context, cancel).ConfigureAwait(false);
        if (context.Facts.Get<SetBackCursor>(Cursor) is { } cursor)
        {
            context.Tell($"{reload.Stream}: from {(cursor.New is null ? "the beginning" : $"{cursor.Field} {cursor.New}")}, where it stood at {cursor.Old}");
        }
    }

    private async Task<StreamState> SetBackAsync(StepContext context, ConnectionStream stream, StreamState state, CancellationToken cancel)
    {
        StreamCursor old = StreamCursor.Read(state) ?? throw new AcodeException(
            "CursorMissing", FailureClass.Refused, $"Route '{Plan.To}' has no cursor for the stream {stream.Name} any more.")
        {
            Subject = stream,
        };
        PartitionContent content = context.Facts.Get<PartitionContent>(QuarantinePartitionStep.Content)!;
        DateOnly? firstDay = reload.Days.Count > 0 ? reload.Days[0] : null;
        (StreamCursor Cursor, DateOnly Day)? from = await context.PersistAsync(
            c => CursorSetBack.ComputeAsync(context.Installation, StreamPlace.Of(Plan.To, stream), old, content, firstDay, new SetBackLimit(reload.OnlyObjects is not null, reload.ReadFrom), c), cancel).ConfigureAwait(false);
        context.Facts.Set(Cursor, new SetBackCursor(old.Field, old.Value, from?.Cursor.Value, from?.Day));
        return from?.Cursor.ToState(state.Name, state.Namespace) ?? state with { Json = null };
    }
}
