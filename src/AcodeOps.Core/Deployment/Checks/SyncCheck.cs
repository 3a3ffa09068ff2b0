using System.Globalization;
using AcodeOps.Configuration.Applied;
using AcodeOps.Health;
using AcodeOps.Health.Probes;

namespace AcodeOps.Deployment.Checks;

/// <summary>A sync of the active route succeeds and moves rows: the one that was made for the deployment, or else the newest.</summary>
internal sealed class SyncCheck : DeploymentCheck
{
    /// <inheritdoc />
    public override DeploymentStage Stage => DeploymentStage.After;

    /// <inheritdoc />
    public override string Target => "sync";

    /// <inheritdoc />
    public override bool NeedsSync => true;

    /// <inheritdoc />
    public override async Task<Observation> ObserveAsync(DeploymentContext context, CancellationToken cancel)
    {
        DeploymentSync sync = await context.SyncAsync().ConfigureAwait(false);
        return Judge(sync, await ReadAppliedAsync(context, cancel).ConfigureAwait(false));
    }

    /// <param name="sync">The sync.</param>
    /// <param name="appliedAt">When the configuration was applied last; null where that is not known.</param>
    internal static Observation Judge(DeploymentSync sync, DateTimeOffset? appliedAt)
    {
        (Sync job, Connection connection) = (sync.Sync, sync.Route.Connection!);
        Observation seen = new(Verdict.Unknown, $"{job} of '{connection.Name}' has not ended: what comes of it is not known yet.")
        {
            Value = job.RowsSynced,
            Unit = "rows",
            Evidence =
            [
                $"{job}, {(sync.IsMade ? "made for this" : "the newest")}, started {Elapsed.At(job.StartedAt)}, rows {job.RowsSynced?.ToString("N0", CultureInfo.InvariantCulture) ?? "not told"}",
                $"configuration applied: {(appliedAt is null ? "not known" : Elapsed.At(appliedAt))}",
            ],
            ErrorId = "SyncNotEnded",
            Remedy = $"Wait-AcodeSync {job.JobId} waits for it.",
        };
        return !job.IsTerminal ? seen
            : job.Status != SyncStatus.Succeeded ? seen with
            {
                Verdict = Verdict.Failed,
                Summary = $"{job} of '{connection.Name}' did not succeed.",
                ErrorId = "SyncFailed",
                Remedy = "Its log in Airbyte tells why. Restore-AcodeConfiguration sets Airbyte back to the last backup.",
            }
            : job.RowsSynced is not { } rows ? seen with
            {
                Summary = $"{job} of '{connection.Name}' succeeded, and Airbyte does not tell how many rows it moved.",
                ErrorId = "RowsNotTold",
                Remedy = "See the objects that it wrote: the check Deployment objects.",
            }
            : rows == 0 ? WithoutRows(seen, job, connection)
            : !sync.IsMade && job.StartedAt < appliedAt ? seen with
            {
                Verdict = Verdict.Degraded,
                Summary = $"{job} of '{connection.Name}' succeeded, but began before the configuration was applied: it proves nothing of it.",
                ErrorId = "SyncBeforeDeployment",
                Remedy = "-Sync runs a sync and judges it.",
            }
            : seen with
            {
                Verdict = Verdict.Healthy,
                Summary = string.Create(CultureInfo.InvariantCulture, $"{job} of '{connection.Name}' moved {rows:N0} rows."),
                ErrorId = null,
                Remedy = null,
            };
    }

    // What reads on from a cursor may rightly find nothing; what reads whole tables may not.
    private static Observation WithoutRows(Observation seen, Sync job, Connection connection) => connection.Streams.All(stream => stream.IsIncremental)
        ? seen with
        {
            Verdict = Verdict.Degraded,
            Summary = $"{job} of '{connection.Name}' succeeded and moved no rows: that may be right, and proves nothing.",
            ErrorId = "SyncBroughtNothing",
            Remedy = "Test-AcodeHealth -Component Connection, Watermark tells whether the source has newer rows; judge once more when it has.",
        }
        : seen with
        {
            Verdict = Verdict.Failed,
            Summary = $"{job} of '{connection.Name}' reports success and moved no rows.",
            ErrorId = "SyncBroughtNothing",
            Remedy = "Look at the job's log in Airbyte, and whether the source's tables have rows.",
        };

    private static async Task<DateTimeOffset?> ReadAppliedAsync(DeploymentContext context, CancellationToken cancel)
    {
        try
        {
            Guid workspace = await context.Installation.Airbyte.Resources.ReadWorkspaceAsync(cancel).ConfigureAwait(false);
            return (await new AppliedStorage(context.Installation.Storage(StorageRole.Audit)).ReadLastAsync(context.Environment.Name, workspace, cancel).ConfigureAwait(false))?.At;
        }
        catch (AcodeException)
        {
            // Told as not known.
            return null;
        }
    }
}
