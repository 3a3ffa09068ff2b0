using System.Globalization;
using AcodeOps.Health;
using AcodeOps.Quality;
using AcodeOps.Recovery.Corruption;
using AcodeOps.Syncs;

namespace AcodeOps.Comparing;

/// <summary>Which rows should be on the other side by now: those processed before the sync could read them. Later ones are in flight, and no differences.</summary>
/// <param name="Until">Rows processed before this time of the source's clock on the wall are due; null where every row is.</param>
/// <param name="Evidence">The same in words.</param>
internal sealed record DueRows(DateTime? Until, string Evidence)
{
    /// <summary>Rows that the replica should have.</summary>
    public static DueRows OfReplica(IInstallation installation, TimeZoneInfo zone)
    {
        TimeSpan allowed = TimeSpan.FromSeconds(installation.Environment.Objectives.LagSeconds + installation.Environment.Failover.CursorMarginSeconds);
        return Of(installation.Clock.GetUtcNow() - allowed, zone, $"the replica may be {installation.Environment.Objectives.LagSeconds:0.#} s behind");
    }

    /// <summary>Rows that the lake should have.</summary>
    /// <exception cref="AcodeException">Airbyte's failure.</exception>
    public static async Task<DueRows> OfLakeAsync(HealthContext context, StreamPlace place, TableDefinition table, DateTimeOffset? snapshotFrom, TimeZoneInfo zone, CancellationToken cancel)
    {
        AcodeEnvironment environment = context.Installation.Environment;
        if (snapshotFrom is null)
        {
            SyncState state = await context.Installation.Airbyte.ReadStateAsync(place.Route.Connection.ConnectionId, cancel).ConfigureAwait(false);
            if (state.Find(place.Stream.Name) is { } own && StreamCursor.Read(own) is { } cursor && cursor.Field.Equals(table.ProcessedAt, StringComparison.OrdinalIgnoreCase)
                && Cells.Time(cursor.Value, zone) is { Earliest: var reached })
            {
                return new DueRows(reached, $"the stream has been read up to {cursor.Field} {cursor.Value}");
            }
        }

        DateTimeOffset? began = snapshotFrom;
        await foreach (Sync sync in context.Installation.Airbyte.ListSyncsAsync(place.Route.Connection.ConnectionId, cancel).ConfigureAwait(false))
        {
            if (began is not null)
            {
                break;
            }

            began = sync is { Status: SyncStatus.Succeeded, StartedAt: { } at } ? at : null;
        }

        double behind = place.Route.Route.Source == SourceRole.Backup ? environment.Objectives.LagSeconds : 0;
        return began is { } start
            ? Of(start - TimeSpan.FromSeconds(environment.Failover.CursorMarginSeconds + behind), zone, string.Create(CultureInfo.InvariantCulture, $"the sync began at {start.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC"))
            : new DueRows(DateTime.MinValue, "no sync has succeeded");
    }

    /// <summary>True for a row that should be there; false for one in flight; null where that cannot be told.</summary>
    /// <param name="row">The row, as the source has it.</param>
    /// <param name="lastThere">The last key of the other side: rows before it that do not tell their time are due. Null where it has no row at all: then each of them is.</param>
    public bool? IsDue(ComparedRow row, long? lastThere) =>
        Until is not { } until ? true
        : row.ProcessedAtWall is { } time ? time.Latest < until
        : lastThere is null || row.Key <= lastThere ? true
        : null;

    private static DueRows Of(DateTimeOffset until, TimeZoneInfo zone, string why) => new(
        TimeZoneInfo.ConvertTime(until, zone).DateTime,
        string.Create(CultureInfo.InvariantCulture, $"{why}: rows processed since {until.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC are in flight"));
}
