using System.Text.Json.Nodes;
using AcodeOps.Adapters.Tests.Failover;
using AcodeOps.Recovery.Drill;
using AcodeOps.Runbooks;

namespace AcodeOps.Adapters.Tests.Drill;

/// <summary>What a sceptic compares before and after a rehearsal: every object of the lake, every connection with its state and its newest sync.</summary>
internal static class DrillSite
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Rehearses a route; the first standby without a name.</summary>
    public static async Task<RunbookRun> DrillAsync(IInstallation installation, string? to = null, CancellationToken? cancel = null)
    {
        DrillPlan plan = await new DrillPlanner(installation).PlanAsync(to, Cancel);
        return await new RunbookEngine(installation, FailoverSite.Origin).StartAsync(new DrillRunbook(plan), new RunOptions(), progress: null, cancel ?? Cancel);
    }

    /// <summary>The connections that Airbyte shows.</summary>
    public static async Task<HashSet<Guid>> ConnectionsAsync(IInstallation installation) =>
        [.. await installation.Airbyte.ListConnectionsAsync(Cancel).Select(connection => connection.ConnectionId).ToListAsync(Cancel)];

    /// <summary>The world, a line each.</summary>
    public static async Task<IReadOnlyList<string>> WorldAsync(IInstallation installation)
    {
        List<string> lines = [];
        foreach (StorageRole role in (StorageRole[])[StorageRole.Primary, StorageRole.Backup, StorageRole.Quarantine])
        {
            await foreach (StoredObject stored in installation.Storage(role).ListAsync("", cancel: Cancel))
            {
                // What the backup storage is tried with stays, as nothing is deleted there, and is no part of the lake. Elsewhere none may be left.
                if (role != StorageRole.Backup || !stored.Key.Contains("/acode_canary/", StringComparison.Ordinal))
                {
                    lines.Add($"{role} {stored.Key} {stored.ETag} {stored.ModifiedAt:O}");
                }
            }
        }

        await foreach (Connection connection in installation.Airbyte.ListConnectionsAsync(Cancel))
        {
            SyncState state = await installation.Airbyte.ReadStateAsync(connection.ConnectionId, Cancel);
            Sync? newest = await installation.Airbyte.ListSyncsAsync(connection.ConnectionId, Cancel).FirstOrDefaultAsync(Cancel);
            lines.Add($"{connection.ConnectionId} {connection} {connection.Prefix} {connection.Schedule} {string.Join(",", connection.Streams)} {string.Join(",", state.Streams.Select(s => $"{s.Name}={s.Json}"))} {newest}");
        }

        return lines;
    }

    /// <summary>The run that the environment's mark names; null for none, and where the mark says that there is none.</summary>
    public static async Task<string?> LastAsync(IInstallation installation) =>
        await installation.Storage(StorageRole.Audit).GetAsync($"acode_runbooks/last_drill/{installation.Environment.Name}.json", Cancel) is { } found
            ? (string?)JsonNode.Parse(found.Content.Span)?["run_id"] : null;
}
