namespace AcodeOps.Syncs;

/// <summary>The sync that tells whether a connection is at work: of one connection only the newest can be unfinished.</summary>
internal static class NewestSync
{
    /// <summary>The newest sync of a connection, of any kind; null when there was none.</summary>
    public static async Task<Sync?> ReadNewestSyncAsync(this IAirbyteServer airbyte, Guid connection, CancellationToken cancel)
    {
        await foreach (Sync sync in airbyte.ListSyncsAsync(connection, cancel).ConfigureAwait(false))
        {
            return sync;
        }

        return null;
    }
}
