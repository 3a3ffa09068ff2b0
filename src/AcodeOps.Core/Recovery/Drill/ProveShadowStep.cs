using System.Globalization;
using AcodeOps.Routing.Steps;
using AcodeOps.Runbooks;

namespace AcodeOps.Recovery.Drill;

/// <summary>Waits for the rehearsal's sync, and proves that its rows have landed under its own mark, complete against the source, as a switch does.</summary>
internal sealed class ProveShadowStep(DrillPlan plan) : DrillStep(plan)
{
    /// <summary>The fact that keeps what landed.</summary>
    public const string Landing = "drill_landing";

    /// <inheritdoc />
    public override string Name => "prove_landing";

    /// <inheritdoc />
    public override string Title => $"Prove that rows of {Plan.To} land";

    /// <inheritdoc />
    public override TimeSpan Timeout => TimeSpan.FromMinutes(Plan.SyncMinutes);

    /// <inheritdoc />
    public override bool Mutates => false;

    /// <inheritdoc />
    public override async Task ActAsync(StepContext context, CancellationToken cancel)
    {
        PlannedRoute shadow = Planned(context);
        Sync sync = await context.ReadSyncAsync(context.Facts.Get<long>(StartShadowSyncStep.Job), cancel).ConfigureAwait(false);
        sync = await context.EndOfAsync(sync, s => context.ReportRows(s, Plan.RowsExpected), cancel).ConfigureAwait(false);
        if (sync.Status != SyncStatus.Succeeded)
        {
            throw new AcodeException("SyncFailed", FailureClass.ServerFault, $"The sync of the drill did not succeed: {sync}.")
            {
                Advice = "Look at the job's log in Airbyte: a switch to this route would fail the same way.",
                Subject = sync,
            };
        }

        IReadOnlyList<LandedStream> streams = await LandedStreams.ReadAllAsync(context, shadow, sync, cancel).ConfigureAwait(false);
        DrillLanding landing = new() { Landed = LandedSummary.Of(sync, streams) };
        context.Tell(string.Create(CultureInfo.InvariantCulture, $"{sync}: {landing.Landed.Rows:N0} rows in {landing.Landed.Objects:N0} objects"));
        context.Facts.Set(Landing, landing);
        if (landing.Landed.Rows == 0)
        {
            throw new AcodeException("SyncBroughtNothing", FailureClass.ServerFault, $"{sync} reports success, and no row has landed.")
            {
                Advice = "Look at the job's log in Airbyte, and at the tables of the source.",
                Subject = sync,
            };
        }

        context.Facts.Set(Landing, await JudgeAsync(context, shadow, streams, landing, cancel).ConfigureAwait(false));
    }

    /// <inheritdoc />
    public override Task<bool> VerifyAsync(StepContext context, CancellationToken cancel) =>
        Task.FromResult(context.Facts.Get<DrillLanding>(Landing) is { Completeness: not null, IsComplete: not false });

    private static async Task<DrillLanding> JudgeAsync(
        StepContext context, PlannedRoute shadow, IReadOnlyList<LandedStream> streams, DrillLanding landing, CancellationToken cancel)
    {
        List<string> uncounted = [];
        foreach (LandedStream stream in streams)
        {
            try
            {
                if (await SnapshotProof.JudgeAsync(context, shadow, stream, cancel).ConfigureAwait(false) is null)
                {
                    uncounted.Add(stream.Stream.Name);
                    context.Tell($"{stream.Stream.Name}: {stream.Rows.ToString("N0", CultureInfo.InvariantCulture)} rows; the source's own count could not be had");
                }
            }
            catch (AcodeException missing) when (missing.Id == "SnapshotIncomplete")
            {
                context.Facts.Set(Landing, landing with { IsComplete = false, Completeness = missing.Message });
                throw;
            }
        }

        return landing with
        {
            IsComplete = uncounted.Count == 0 ? true : null,
            Completeness = uncounted.Count == 0
                ? "Every stream has the rows that its source has."
                : $"The source's own count could not be had for {string.Join(", ", uncounted)}; nothing speaks against what landed.",
        };
    }
}
