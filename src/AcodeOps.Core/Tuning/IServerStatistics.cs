using AcodeOps.Tuning.Settings;

namespace AcodeOps.Tuning;

/// <summary>
/// What a MySQL or MariaDB server counts of itself. Reads small tables that the server keeps in memory, never a table of data;
/// changes nothing.
/// </summary>
public interface IServerStatistics
{
    /// <summary>The server's status counters at this moment. Every account may read them.</summary>
    Task<ServerCounters> ReadCountersAsync(CancellationToken cancel);

    /// <summary>How the server is set, what it has counted, and how large its tables are. Every account may read that; of the tables it counts those that the account may see.</summary>
    Task<ServerSettings> ReadSettingsAsync(CancellationToken cancel);

    /// <summary>What the server has counted of each kind of statement, without the text of any.</summary>
    /// <exception cref="AcodeException">
    /// <c>PerformanceSchemaOff</c>, <c>StatementDigestsOff</c>: the server does not count them.
    /// <c>StatementsNotReadable</c>: the account may not read them.
    /// </exception>
    Task<StatementSample> ReadStatementsAsync(CancellationToken cancel);

    /// <summary>The texts of some kinds of statements, as the server normalized them; a kind that is gone is left out.</summary>
    Task<IReadOnlyDictionary<StatementKey, string>> ReadStatementTextsAsync(IReadOnlyCollection<StatementKey> keys, CancellationToken cancel);
}
