using AcodeOps.Runbooks;

namespace AcodeOps.Recovery.Drill;

/// <summary>Leaves the mark by which the health check knows how long ago the last rehearsal was that went well.</summary>
internal sealed class RecordDrillStep(DrillPlan plan) : DrillStep(plan)
{
    private const string Before = "last_drill_before";

    /// <inheritdoc />
    public override string Name => "record_drill";

    /// <inheritdoc />
    public override string Title => "Put the drill on record";

    /// <inheritdoc />
    public override async Task PrepareAsync(StepContext context, CancellationToken cancel)
    {
        // A mark that cannot be read is no reason to fail: it is replaced.
        LastDrill? before = null;
        try
        {
            before = await ReadAsync(context, cancel).ConfigureAwait(false);
        }
        catch (AcodeException unreadable) when (unreadable.Id == "LastDrillUnreadable")
        {
        }

        context.Facts.Set(Before, before);
    }

    /// <inheritdoc />
    public override async Task ActAsync(StepContext context, CancellationToken cancel)
    {
        DrillResult result = DrillRunbook.ResultOf(Plan, context.Facts);
        LastDrill mark = new()
        {
            Environment = Plan.Environment,
            RunId = context.RunId,
            Route = Plan.To.Route.Name,
            At = context.Now,
            Rows = result.RowsLanded ?? 0,
            Objects = result.ObjectsLanded ?? 0,
            RtoSeconds = result.RtoSeconds,
            IsComplete = result.IsComplete,
        };
        await context.PersistAsync(c => LastDrill.WriteAsync(Storage(context), Plan.Environment, mark, c), cancel).ConfigureAwait(false);
        context.Tell($"The last drill is that of {mark.Route}");
    }

    /// <inheritdoc />
    public override async Task<bool> VerifyAsync(StepContext context, CancellationToken cancel) => (await ReadAsync(context, cancel).ConfigureAwait(false))?.RunId == context.RunId;

    /// <inheritdoc />
    public override async Task UndoAsync(StepContext context, CancellationToken cancel)
    {
        if (await ReadAsync(context, cancel).ConfigureAwait(false) is { } mark && mark.RunId == context.RunId)
        {
            await context.PersistAsync(c => LastDrill.WriteAsync(Storage(context), Plan.Environment, context.Facts.Get<LastDrill>(Before), c), cancel).ConfigureAwait(false);
        }
    }

    private static IObjectStore Storage(StepContext context) => context.Installation.Storage(StorageRole.Audit);

    private Task<LastDrill?> ReadAsync(StepContext context, CancellationToken cancel) =>
        context.PersistAsync(c => LastDrill.ReadAsync(Storage(context), Plan.Environment, c), cancel);
}
