namespace AcodeOps;

/// <summary>An engine that answers questions about a table of the lake where the objects are too many for one machine.</summary>
public interface ILakeEngine : IDisposable
{
    /// <summary>What it is, and where: <c>Trino trino.example.com:8443</c>.</summary>
    string Name { get; }

    /// <summary>The columns that its table has.</summary>
    /// <param name="table">The table.</param>
    /// <param name="wanted">The columns that are to be compared, as the source has them.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="AcodeException"><c>LakeTableMissing</c>, or the engine's failure.</exception>
    Task<IReadOnlyList<LakeColumn>> ReadColumnsAsync(TableDefinition table, IReadOnlyList<RowColumn> wanted, CancellationToken cancel);

    /// <summary>The first key and the last one; null for no rows.</summary>
    /// <exception cref="AcodeException">The engine's failure.</exception>
    Task<KeyRange?> FindKeysAsync(LakeQuestion question, CancellationToken cancel);

    /// <summary>Sums the rows of some ranges by stretches of keys of the same width; stretches without rows are left out.</summary>
    /// <param name="question">The table, and what counts.</param>
    /// <param name="ranges">The ranges of keys.</param>
    /// <param name="origin">The key at which stretch 0 begins.</param>
    /// <param name="width">How many keys a stretch has.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="AcodeException">The engine's failure.</exception>
    Task<IReadOnlyDictionary<long, LakeSum>> ReadSumsAsync(LakeQuestion question, IReadOnlyList<KeyRange> ranges, long origin, long width, CancellationToken cancel);

    /// <summary>The keys of some ranges that are there more than once, and how often beyond it, by key.</summary>
    /// <param name="question">The table, and what counts.</param>
    /// <param name="ranges">The ranges of keys.</param>
    /// <param name="most">The most keys.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="AcodeException">The engine's failure.</exception>
    IAsyncEnumerable<(long Key, int Copies)> ReadCopiesAsync(LakeQuestion question, IReadOnlyList<KeyRange> ranges, int most, CancellationToken cancel = default);

    /// <summary>The rows of some ranges, every copy and version of them.</summary>
    /// <exception cref="AcodeException">The engine's failure.</exception>
    IAsyncEnumerable<LakeEngineRow> ReadRowsAsync(LakeQuestion question, IReadOnlyList<KeyRange> ranges, CancellationToken cancel = default);

    /// <summary>How many bytes it has read for all questions so far; null where it does not tell.</summary>
    long? BytesRead { get; }
}

/// <summary>A column of a table of the lake.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type, as the engine prints it.</param>
/// <param name="IsComparable">False where its type cannot hold the source's values to the last digit.</param>
public sealed record LakeColumn(string Name, string Type, bool IsComparable);

/// <summary>A table of the lake, and what of it counts.</summary>
/// <param name="Table">The table.</param>
/// <param name="Place">What the paths of its objects begin with, after the protocol: <c>bucket/prefix/sales/</c>.</param>
/// <param name="Columns">The columns besides the key that checksums are of, as the source has them.</param>
public sealed record LakeQuestion(TableDefinition Table, string Place, IReadOnlyList<RowColumn> Columns)
{
    /// <summary>The column by which the newest version of a row is told; null where each row is there once.</summary>
    public string? Cursor { get; init; }

    /// <summary>The only objects that count, as <c>bucket/key</c>; null for all.</summary>
    public IReadOnlyList<string>? Objects { get; init; }
}

/// <summary>What a stretch of keys holds in the lake.</summary>
/// <param name="Sum">Its keys, and the checksums of the newest version of each.</param>
/// <param name="AllRows">All rows, every copy and version.</param>
/// <param name="Copies">How often rows are there beyond once.</param>
public readonly record struct LakeSum(RangeChecksum Sum, long AllRows, long Copies);

/// <summary>A row of the lake, as text: times to the microsecond, null for NULL.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Path">The object that it lies in, as <c>bucket/key</c>.</param>
/// <param name="Day">Its event date.</param>
/// <param name="ProcessedAt">When it was processed.</param>
/// <param name="Cursor">The value of the cursor.</param>
/// <param name="Values">The compared columns, in canonical form.</param>
public sealed record LakeEngineRow(long Key, string Path, string? Day, string? ProcessedAt, string? Cursor, IReadOnlyList<string?> Values);
