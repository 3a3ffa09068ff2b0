using System.Globalization;
using AcodeOps.Runbooks;
using AcodeOps.Syncs;

namespace AcodeOps.Routing.Steps;

/// <summary>
/// Waits for the new route's sync, and proves that its rows are in the lake: objects newer than the switch, with rows, and as
/// many as were due. A sync that reports success and brings nothing although the source has something is a failure.
/// </summary>
internal sealed class ProveLandingStep(FailoverPlan plan, TimeSpan longestSync) : FailoverStep(plan)
{
    /// <summary>The fact that keeps what landed.</summary>
    public const string Landed = "landed";

    /// <inheritdoc />
    public override string Name => "prove_landing";

    /// <inheritdoc />
    public override string Title => $"Prove that {Plan.To} lands rows";

    /// <inheritdoc />
    public override TimeSpan Timeout => longestSync;

    /// <inheritdoc />
    public override bool Mutates => false;

    /// <inheritdoc />
    public override bool IsProof => true;

    /// <inheritdoc />
    public override async Task ActAsync(StepContext context, CancellationToken cancel)
    {
        Sync sync = await WaitAsync(context, cancel).ConfigureAwait(false);
        IReadOnlyList<LandedStream> streams = await LandedStreams.ReadAllAsync(context, Plan.To, sync, cancel).ConfigureAwait(false);
        LandedSummary landed = LandedSummary.Of(sync, streams);
        context.Tell(string.Create(CultureInfo.InvariantCulture, $"{sync}: {landed.Rows:N0} rows in {landed.Objects:N0} objects under {Plan.Location}"));
        if (landed.Rows == 0)
        {
            await EnsureNothingWasDueAsync(context, sync, cancel).ConfigureAwait(false);
        }

        foreach (LandedStream stream in streams.Where(s => !s.Stream.IsIncremental))
        {
            if (await SnapshotProof.JudgeAsync(context, Plan.To, stream, cancel).ConfigureAwait(false) is null)
            {
                context.Tell($"{stream.Stream.Name}: {stream.Rows.ToString("N0", CultureInfo.InvariantCulture)} rows; the source's own count could not be had");
            }
        }

        context.Facts.Set(Landed, landed with { RowsReadTwice = await CountDoublesAsync(context, streams, cancel).ConfigureAwait(false) });
    }

    /// <inheritdoc />
    public override Task<bool> VerifyAsync(StepContext context, CancellationToken cancel) => Task.FromResult(context.Facts.Has(Landed));

    private async Task<Sync> WaitAsync(StepContext context, CancellationToken cancel)
    {
        // Where a proof had to wait, a later sync may bring it.
        long job = await NewestSyncAsync(context, Plan.To, cancel).ConfigureAwait(false) is { JobType: "sync" } newest && newest.JobId > context.Facts.Get<long>(StartSyncStep.Job)
            ? newest.JobId : context.Facts.Get<long>(StartSyncStep.Job);
        Sync sync = await context.ReadSyncAsync(job, cancel).ConfigureAwait(false);
        long? due = Plan.To.Route.LastSync is { Status: SyncStatus.Succeeded } last ? last.RowsSynced : null;
        sync = await context.EndOfAsync(sync, s => context.ReportRows(s, due), cancel).ConfigureAwait(false);
        return sync.Status == SyncStatus.Succeeded ? sync : throw new AcodeException(
            "SyncFailed", FailureClass.ServerFault, $"The sync of the new route did not succeed: {sync}.")
        {
            Advice = $"Look at the job in Airbyte: Get-AcodeSync -Connection {Plan.To.Connection.ConnectionId}.",
            Subject = sync,
        };
    }

    /// <summary>No row is the truth only where the source had none to give. Where it cannot tell, neither is proven: a later sync must bring the proof.</summary>
    private async Task EnsureNothingWasDueAsync(StepContext context, Sync sync, CancellationToken cancel)
    {
        ISource source = context.Installation.Source(Plan.To.Route.Source);
        SyncState? state = Plan.To.IncrementalStreams.Any()
            ? await context.PersistAsync(c => context.Installation.Airbyte.ReadStateAsync(Plan.To.Connection.ConnectionId, c), cancel).ConfigureAwait(false)
            : null;
        string why = "as the source has nothing newer than the lake has";
        foreach (ConnectionStream stream in Plan.To.Connection.Streams)
        {
            // A sync that moved nothing has left its state where it began.
            StreamCursor? from = state?.Find(stream.Name) is { } own ? StreamCursor.Read(own) : null;
            bool isDue = from is null;
            try
            {
                isDue = isDue || await context.PersistAsync(
                    c => source.CountCursorAsync(context.Installation.Environment.TableOf(stream), from!.Field, from.Value, including: false, to: null, c), cancel).ConfigureAwait(false) > 0;
            }
            catch (AcodeException failure) when (failure.Id == "SourceTableNotIndexed")
            {
                why = $"and whether the source has newer ones is not known ({failure.Message})";
            }

            if (isDue)
            {
                throw new AcodeException("SyncBroughtNothing", FailureClass.ServerFault, $"{sync} reports success and brought no rows, and {stream.Name} has rows to bring.")
                {
                    Advice = "Look at the job's log in Airbyte. A saved state that does not fit this source looks like this: -StatePolicy Fresh reads anew.",
                    Subject = sync,
                };
            }
        }

        throw new AcodeException(RunFailures.ProofPendingId, FailureClass.Refused, $"{sync} succeeded and brought no rows, {why}.")
        {
            Advice = "The next sync that lands rows is the proof.",
            Subject = sync,
        };
    }

    private async Task<long?> CountDoublesAsync(StepContext context, IReadOnlyList<LandedStream> streams, CancellationToken cancel)
    {
        long total = 0;
        Dictionary<string, CarriedCursor> carried = context.Facts.Get<Dictionary<string, CarriedCursor>>(CarryStateStep.Carried) ?? [];
        foreach (LandedStream stream in streams.Where(s => s.Stream.IsIncremental))
        {
            if (carried.GetValueOrDefault(stream.Stream.Name) is not { } cursor || await DoubleRows.CountAsync(context, Plan, stream, cursor, cancel).ConfigureAwait(false) is not { } doubles)
            {
                return null;
            }

            total += doubles;
        }

        return total;
    }
}
