using AcodeOps.Configuration;
using AcodeOps.Routing.Steps;
using AcodeOps.Runbooks;

namespace AcodeOps.Secrets.Rotating.Steps;

/// <summary>The jobs of all connections that read a rotated source, on a route or not.</summary>
internal static class ConnectionJobs
{
    /// <summary>Remembers, once, the newest job of each connection, and which of them runs.</summary>
    public static async Task RememberAsync(StepContext context, RotationPlan plan, CancellationToken cancel)
    {
        IReadOnlyList<Sync> newest = await NewestAsync(context, plan, cancel).ConfigureAwait(false);
        context.Facts.Set(RotationFacts.NewestJobs, newest.ToDictionary(sync => sync.ConnectionId.ToString(), sync => sync.JobId));
        context.Facts.Set(RotationFacts.EarlierJobs, newest.Where(sync => !sync.IsTerminal).Select(sync => sync.JobId).ToList());
    }

    /// <summary>The newest job of each connection that ever had one.</summary>
    public static async Task<IReadOnlyList<Sync>> NewestAsync(StepContext context, RotationPlan plan, CancellationToken cancel)
    {
        HashSet<Guid> sources = [.. plan.Copies.Select(copy => copy.SourceId)];
        List<Guid> connections = await context.PersistAsync(
            async c =>
            {
                List<Guid> found = [];
                await foreach (AirbyteResource connection in context.Installation.Airbyte.Resources.ListAsync(ConfiguredKind.Connection, c).ConfigureAwait(false))
                {
                    if (sources.Contains(connection.SourceId ?? Guid.Empty))
                    {
                        found.Add(connection.Id);
                    }
                }

                return found;
            },
            cancel).ConfigureAwait(false);
        List<Sync> newest = [];
        foreach (Guid connection in connections)
        {
            if (await context.NewestSyncAsync(connection, cancel).ConfigureAwait(false) is { } sync)
            {
                newest.Add(sync);
            }
        }

        return newest;
    }

    /// <summary>Waits until jobs have ended, however they end. One that Airbyte does not know any more has.</summary>
    public static async Task AwaitAsync(StepContext context, IEnumerable<long> jobs, CancellationToken cancel)
    {
        foreach (long job in jobs)
        {
            if (await context.PersistAsync(c => context.Installation.Airbyte.ReadSyncAsync(job, c), cancel).ConfigureAwait(false) is { } sync)
            {
                sync = await context.EndOfAsync(sync, seen => context.Report($"Waiting for the end of {seen}"), cancel).ConfigureAwait(false);
                context.Tell($"{sync} has ended");
            }
        }
    }
}
