namespace AcodeOps;

/// <summary>
/// A source, as far as operating it needs: every question is read-only, bounded by a statement timeout, and never a full
/// scan. Safe for concurrent use; connections are capped. Every failure is an <see cref="AcodeException"/> with its class.
/// </summary>
public interface ISource : IAsyncDisposable
{
    /// <summary>The definition that it was opened from.</summary>
    SourceDefinition Definition { get; }

    /// <summary>Connects, authenticates, and asks the server who it is.</summary>
    Task<SourceServer> ProbeAsync(CancellationToken cancel);

    /// <summary>The state of every replication channel; empty when the server replicates from nobody.</summary>
    Task<IReadOnlyList<ReplicationStatus>> ReadReplicationAsync(CancellationToken cancel);

    /// <summary>Columns and indexes of those of the tables that exist.</summary>
    Task<IReadOnlyList<TableSchema>> ReadSchemaAsync(IReadOnlyCollection<string> tables, CancellationToken cancel);

    /// <summary>The newest processing time and event date of a table, found without scanning it.</summary>
    Task<TableWatermark> ReadWatermarkAsync(TableDefinition table, CancellationToken cancel);

    /// <summary>Rows for each event date from <paramref name="from"/> to <paramref name="to"/>, both included, found without scanning the table.</summary>
    Task<TableVolume> ReadVolumeAsync(TableDefinition table, DateOnly from, DateOnly to, CancellationToken cancel);

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
}
