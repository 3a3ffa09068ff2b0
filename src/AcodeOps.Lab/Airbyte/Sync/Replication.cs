using AcodeOps.Lab.Airbyte.Api;
using AcodeOps.Lab.Airbyte.Store;
using MySqlConnector;

namespace AcodeOps.Lab.Airbyte.Sync;

/// <summary>One attempt of a job: every stream of the connection, one after the other.</summary>
internal sealed class Replication(AirbyteStore store, JobLedger ledger, FaultBoard faults)
{
    /// <exception cref="SyncFailure">The attempt failed; its type says whether another makes sense.</exception>
    public async Task RunAsync(Job job, CancellationToken cancel, CancellationToken shutdown)
    {
        AttemptPace pace = new(faults.TakeJob(job.ConnectionId), () => store.History.Write("job_hanging", new() { ["jobId"] = job.Id, ["connectionId"] = job.ConnectionId }));
        cancel = pace.IgnoresCancel ? shutdown : cancel;
        Connection connection = store.Connections.Find(job.ConnectionId.ToString())!;
        MySqlSource mySql = new(store.Actors.Find(connection.SourceId.ToString())!, faults.IsUnreachable);
        if (mySql.UsesCdc)
        {
            throw new SyncFailure("source", JobFailure.ConfigError, "The stand-in reads by cursor or whole tables only, not CDC.");
        }

        if (job.Attempts.Count == 1)
        {
            StartFullRefreshes(connection);
        }

        using S3Target target = new(store.Actors.Find(connection.DestinationId.ToString())!, faults.IsUnreachable);
        IReadOnlyList<SourceStream> tables = await mySql.DiscoverAsync(cancel);
        await using MySqlConnection source = await mySql.OpenAsync(cancel);
        StreamCopy copy = new(store, ledger, job, connection, target, pace);
        foreach (ConfiguredStream stream in connection.Streams)
        {
            SourceStream table = tables.FirstOrDefault(t => t.Name == stream.Name)
                ?? throw new SyncFailure("source", JobFailure.ConfigError, $"Stream {stream.Name} was not found in {mySql.Database}.");
            await copy.RunAsync(stream, table, source, cancel);
        }
    }

    /// <summary>A new job reads full-refresh streams from the start, as a new generation; only its own later attempts resume.</summary>
    private void StartFullRefreshes(Connection connection)
    {
        ConnectionSyncState state = store.SyncStateOf(connection.Id);
        Dictionary<string, long> generations = new(state.Generations);
        foreach (ConfiguredStream stream in connection.Streams.Where(s => !s.IsIncremental))
        {
            state = state.With(stream.Namespace, stream.Name, null);
            generations[stream.Key] = generations.GetValueOrDefault(stream.Key) + 1;
        }

        store.SyncStates.Put(state with { Generations = generations });
    }
}
