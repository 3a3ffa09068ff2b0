using System.Globalization;
using AcodeOps.Routing.Steps;
using AcodeOps.Runbooks;

namespace AcodeOps.Secrets.Rotating.Steps;

/// <summary>Has every active connection of the source end a sync well that began with the new password: one of its own, or one that somebody else has started.</summary>
internal sealed class ProveSyncStep(RotationPlan plan) : RotationStep(plan)
{
    private const int MaxCancelled = 3;

    /// <inheritdoc />
    public override string Name => "prove_sync";

    /// <inheritdoc />
    public override string Title => $"Prove a sync with the new password: {string.Join(", ", Plan.Connections)}";

    // One that runs may have to end first.

    /// <inheritdoc />
    public override TimeSpan Timeout => TimeSpan.FromMinutes(2 * Plan.SyncMinutes);

    /// <inheritdoc />
    public override async Task ActAsync(StepContext context, CancellationToken cancel)
    {
        List<long> proven = [];
        foreach (RotatedConnection connection in Plan.Connections)
        {
            Connection? now = await context.PersistAsync(c => context.Installation.Airbyte.ReadConnectionAsync(connection.ConnectionId, c), cancel).ConfigureAwait(false);
            if (now?.Status != ConnectionStatus.Active)
            {
                context.Tell($"'{connection}' is not active any more: nothing is proven by it");
                continue;
            }

            Sync sync = await SucceedAsync(context, connection, cancel).ConfigureAwait(false);
            context.Tell(string.Create(CultureInfo.InvariantCulture, $"{sync} of '{connection}': {sync.RowsSynced ?? 0:N0} rows"));
            proven.Add(sync.JobId);
        }

        context.Facts.Set(RotationFacts.ProvenBy, proven);
    }

    /// <inheritdoc />
    public override Task<bool> VerifyAsync(StepContext context, CancellationToken cancel) => Task.FromResult(context.Facts.Has(RotationFacts.ProvenBy));

    private static async Task<Sync> SucceedAsync(StepContext context, RotatedConnection connection, CancellationToken cancel)
    {
        for (int cancelled = 0; ; cancelled++)
        {
            Sync sync = await BeginAsync(context, connection, cancel).ConfigureAwait(false);
            sync = await context.EndOfAsync(sync, seen => context.ReportRows(seen, due: null), cancel).ConfigureAwait(false);
            if (sync.Status == SyncStatus.Succeeded)
            {
                return sync;
            }

            if (sync.Status != SyncStatus.Cancelled || cancelled == MaxCancelled)
            {
                throw new AcodeException("SyncFailed", FailureClass.ServerFault, $"The sync of '{connection}' with the new password did not succeed: {sync}.")
                {
                    Advice = $"Look at the job in Airbyte: Get-AcodeSync -Connection {connection.ConnectionId}.",
                    Subject = sync,
                };
            }

            context.Tell($"{sync} was cancelled by somebody else");
            Remember(context, connection, null);
            Settle(context, sync);
        }
    }

    // The job that this step has begun before it was cut off, else one that began since the copy was replaced, else a new one.
    private static async Task<Sync> BeginAsync(StepContext context, RotatedConnection connection, CancellationToken cancel)
    {
        if (Jobs(context).GetValueOrDefault(Key(connection)) is var known && known > 0)
        {
            return await context.ReadSyncAsync(known, cancel).ConfigureAwait(false);
        }

        while (await FindAsync(context, connection, cancel).ConfigureAwait(false) is null
            && await context.NewestSyncAsync(connection.ConnectionId, cancel).ConfigureAwait(false) is { IsTerminal: false } earlier)
        {
            await context.EndOfAsync(earlier, seen => context.Report($"Waiting for the end of {seen}, which began with the former password"), cancel).ConfigureAwait(false);
        }

        Sync sync = await FindAsync(context, connection, cancel).ConfigureAwait(false)
            ?? await context.PersistAsync(c => context.StartSyncAsync(connection.ConnectionId, stop => FindAsync(context, connection, stop), c), cancel).ConfigureAwait(false);
        Remember(context, connection, sync.JobId);
        await context.SaveAsync(cancel).ConfigureAwait(false);
        return sync;
    }

    private static async Task<Sync?> FindAsync(StepContext context, RotatedConnection connection, CancellationToken cancel) =>
        await context.NewestSyncAsync(connection.ConnectionId, cancel).ConfigureAwait(false) is { JobType: "sync" } newest && newest.JobId > Newest(context).GetValueOrDefault(Key(connection)) ? newest : null;

    private static void Remember(StepContext context, RotatedConnection connection, long? job)
    {
        Dictionary<string, long> jobs = Jobs(context);
        jobs[Key(connection)] = job ?? 0;
        context.Facts.Set(RotationFacts.ProofJobs, jobs);
    }

    // Jobs up to this one count no more.
    private static void Settle(StepContext context, Sync sync)
    {
        Dictionary<string, long> newest = Newest(context);
        newest[sync.ConnectionId.ToString()] = sync.JobId;
        context.Facts.Set(RotationFacts.NewestJobs, newest);
    }

    private static string Key(RotatedConnection connection) => connection.ConnectionId.ToString();

    private static Dictionary<string, long> Jobs(StepContext context) => context.Facts.Get<Dictionary<string, long>>(RotationFacts.ProofJobs) ?? [];

    private static Dictionary<string, long> Newest(StepContext context) => context.Facts.Get<Dictionary<string, long>>(RotationFacts.NewestJobs) ?? [];
}
