using System.Globalization;
using AcodeOps.Audit;
using AcodeOps.Shell;
using AcodeOps.Syncs;

namespace AcodeOps.Commands;

/// <summary>A cmdlet that starts, stops or follows syncs.</summary>
public abstract class SyncCmdlet : EnvironmentCmdlet
{
    /// <summary>Waits for the end of a sync, showing rows and bytes meanwhile.</summary>
    private protected async Task<Sync> WaitAsync(Sync sync, TimeSpan limit, CancellationToken cancel)
    {
        Progress<Sync> seen = new(now => Tell($"{now.Status}: {Moved(now)}", activity: $"Airbyte job {now.JobId}"));
        return await SyncWait.UntilEndedAsync(Installation.Airbyte, sync, limit, Installation.Clock, seen, cancel);
    }

    /// <summary>Writes a sync that has ended, and an error too when it did not succeed.</summary>
    private protected void WriteEnded(Sync sync)
    {
        WriteObject(sync);
        if (sync.Status != SyncStatus.Succeeded)
        {
            WriteFailure(new AcodeException(
                "SyncFailed", FailureClass.Unknown,
                $"Airbyte's job {sync.JobId} {(sync.Status == SyncStatus.Cancelled ? "was cancelled" : "failed")}, {Moved(sync)}.")
            {
                Advice = $"Its log in Airbyte tells why; `Test-AcodeHealth` looks at source, storage and route.",
                Subject = sync,
            });
        }
    }

    /// <summary>Does one thing with Airbyte, on record before and after.</summary>
    private protected Task<Sync> ActAsync(Connection connection, string act, Func<CancellationToken, Task<Sync>> doing, CancellationToken cancel) =>
        new AuditedAct(AuditTrail.Of(Installation, AuditSession.Origin(SessionState)), WriteWarning).RunAsync(
            new AuditEvent
            {
                EventType = AuditEventType.ConnectionModified,
                Subject = $"Connection {connection.Name}",
                Details = new Dictionary<string, object?> { ["act"] = act, ["connection_id"] = connection.ConnectionId.ToString() },
            },
            doing, sync => $"{sync}", cancel);

    /// <summary>Does something for each of many; one that fails is an error of its own, and the others go on.</summary>
    private protected async Task ForEachAsync<T>(IEnumerable<T> items, Func<T, Task> doing)
    {
        foreach (T item in items)
        {
            try
            {
                await doing(item);
            }
            catch (AcodeException failure) when (!failure.IsFatal)
            {
                WriteFailure(failure);
            }
        }
    }

    private protected async Task<Sync> ReadSyncAsync(long jobId, CancellationToken cancel) =>
        await Installation.Airbyte.ReadSyncAsync(jobId, cancel) ?? throw SyncWait.NotFound(jobId);

    private protected async Task<Connection> ReadConnectionAsync(Guid id, CancellationToken cancel) =>
        await Installation.Airbyte.ReadConnectionAsync(id, cancel) ?? throw ConnectionSelector.NotFound(id.ToString());

    private static string Moved(Sync sync) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(sync.RowsSynced is { } rows ? $"{rows:N0} rows" : "rows not told")}{(sync.BytesSynced is { } bytes ? $", {bytes / 1e6:N1} MB" : "")}");
}
