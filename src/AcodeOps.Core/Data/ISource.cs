using AcodeOps.Tuning;
using AcodeOps.Tuning.Indexes;

namespace AcodeOps;

/// <summary>
/// A source, as far as operating it needs: every question is read-only, bounded by a statement timeout, and never a full
/// scan. Safe for concurrent use; connections are capped. Every failure is an <see cref="AcodeException"/> with its class.
/// </summary>
public interface ISource : IAsyncDisposable
{
    /// <summary>The definition that it was opened from.</summary>
    SourceDefinition Definition { get; }

    /// <summary>What the server counts of itself.</summary>
    IServerStatistics Statistics { get; }

    /// <summary>The indexes of its tables, and the plans of the pipeline's statements.</summary>
    IIndexReader Indexes => throw new NotSupportedException();

    /// <summary>Connects, authenticates, and asks the server who it is.</summary>
    Task<SourceServer> ProbeAsync(CancellationToken cancel);

    /// <summary>The database, and what the account may do on the server: the lines of <c>SHOW GRANTS</c>, those of its roles among them.</summary>
    Task<(string? Database, IReadOnlyList<string> Grants)> ReadGrantsAsync(CancellationToken cancel) => throw new NotSupportedException();

    /// <summary>The state of every replication channel; empty when the server replicates from nobody.</summary>
    Task<IReadOnlyList<ReplicationStatus>> ReadReplicationAsync(CancellationToken cancel);

    /// <summary>Columns and indexes of those of the tables that exist.</summary>
    Task<IReadOnlyList<TableSchema>> ReadSchemaAsync(IReadOnlyCollection<string> tables, CancellationToken cancel);

    /// <summary>The newest processing time and event date of a table, found without scanning it.</summary>
    Task<TableWatermark> ReadWatermarkAsync(TableDefinition table, CancellationToken cancel);

    /// <summary>Rows for each event date from <paramref name="from"/> to <paramref name="to"/>, both included, found without scanning the table.</summary>
    Task<TableVolume> ReadVolumeAsync(TableDefinition table, DateOnly from, DateOnly to, CancellationToken cancel);

    /// <summary>
    /// Everything that metrics ask of a table with an event date, in one statement and without scanning the table: the
    /// watermark, the rows of each date, and value and pharmacies of the last closed day and of today.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="from">The first date whose rows are counted.</param>
    /// <param name="today">The last one; the day before it is the last closed day.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="AcodeException"><c>SourceTableNotIndexed</c>, <c>SourceColumnMissing</c>.</exception>
    Task<TablePass> ReadPassAsync(TableDefinition table, DateOnly from, DateOnly today, CancellationToken cancel);

    /// <summary>
    /// Counts all rows of a table along its key: a heavy question, for own servers, with a time limit of its own.
    /// </summary>
    /// <returns>The rows; null when it took longer than <paramref name="limit"/>.</returns>
    Task<long?> CountRowsAsync(TableDefinition table, TimeSpan limit, CancellationToken cancel);

    /// <summary>The newest value of a cursor column, as Airbyte's states write it; null when the table is empty.</summary>
    /// <exception cref="AcodeException"><c>SourceTableNotIndexed</c>: no index leads with the column, so that finding it would scan the table.</exception>
    Task<string?> ReadCursorAsync(TableDefinition table, string column, CancellationToken cancel);

    /// <summary>Counts the rows whose cursor is greater than one value (or equal, as asked) and, where given, not greater than another; along the index.</summary>
    /// <exception cref="AcodeException"><c>SourceTableNotIndexed</c>.</exception>
    Task<long> CountCursorAsync(TableDefinition table, string column, string from, bool including, string? to, CancellationToken cancel);

    /// <summary>
    /// Counts the rows whose event date is NULL: along the index that leads with it, ending one above <paramref name="most"/>; without one,
    /// among that many of the newest rows by key.
    /// </summary>
    /// <exception cref="AcodeException"><c>SourceTableNotIndexed</c>.</exception>
    Task<UndatedRows> CountUndatedAsync(TableDefinition table, int most, CancellationToken cancel);

    /// <summary>How rows of a table are read: its columns, and along which index.</summary>
    /// <exception cref="AcodeException"><c>SourceTableNotIndexed</c>: its key is not unique, or no index leads with it.</exception>
    Task<TableWay> FindWayAsync(TableDefinition table, CancellationToken cancel);

    /// <summary>
    /// Finds where the rows of event dates lie, for a table that is read along its key: goes along it from its end until the
    /// dates are older.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="from">The first date.</param>
    /// <param name="to">The last date.</param>
    /// <param name="progress">Is told how many rows were gone along; null for nobody.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="AcodeException"><c>SourceTableNotIndexed</c>: the dates go back further than may be gone along the key.</exception>
    Task<DateLocations> LocateDatesAsync(TableDefinition table, DateOnly from, DateOnly to, IProgress<long>? progress, CancellationToken cancel);

    /// <summary>The rows of a window, a bounded page of it at a time, in an order that is the same each time.</summary>
    /// <param name="table">The table.</param>
    /// <param name="window">Which rows.</param>
    /// <param name="after">The place to go on after; null for the begin.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="AcodeException"><c>SourceTableNotIndexed</c>.</exception>
    IAsyncEnumerable<IReadOnlyList<SourceRow>> ReadRowsAsync(TableDefinition table, RowWindow window, RowPosition? after, CancellationToken cancel = default);

    /// <summary>Goes along the key from the begin of a range, and counts: a bounded statement, whatever the table's size.</summary>
    /// <param name="table">The table.</param>
    /// <param name="keys">The range.</param>
    /// <param name="most">The most rows that are gone along.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="AcodeException"><c>SourceTableNotIndexed</c>.</exception>
    Task<KeyStep> StepAsync(TableDefinition table, KeyRange keys, int most, CancellationToken cancel) => throw new NotSupportedException();

    /// <summary>Sums the checksums of the rows of a range, by stretches of keys of the same width; stretches without rows are left out. Computed by the server.</summary>
    /// <param name="table">The table.</param>
    /// <param name="keys">The range, with a begin.</param>
    /// <param name="width">How many keys a stretch has; stretches count from 0 at the begin of the range.</param>
    /// <param name="columns">The columns besides the key; <c>CanonicalValue</c> tells which can be.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="AcodeException"><c>SourceTableNotIndexed</c>.</exception>
    Task<IReadOnlyDictionary<long, RangeChecksum>> ReadChecksumsAsync(
        TableDefinition table, KeyRange keys, long width, IReadOnlyList<RowColumn> columns, CancellationToken cancel) => throw new NotSupportedException();
}
