namespace AcodeOps.Tuning;

/// <summary>What a server has counted of one kind of statement. Times are in picoseconds, as the server counts them.</summary>
public sealed record StatementTotals
{
    /// <summary>The kind.</summary>
    public required StatementKey Key { get; init; }

    /// <summary>How often it ran.</summary>
    public required ulong Executions { get; init; }

    /// <summary>How long all of them took, in picoseconds.</summary>
    public required ulong TimePicoseconds { get; init; }

    /// <summary>How long the longest took, in picoseconds.</summary>
    public required ulong LongestPicoseconds { get; init; }

    /// <summary>How many ended by an error.</summary>
    public ulong Errors { get; init; }

    /// <summary>How many rows were read for them.</summary>
    public ulong RowsExamined { get; init; }

    /// <summary>How many rows they gave.</summary>
    public ulong RowsSent { get; init; }

    /// <summary>How many temporary tables of theirs went to disk.</summary>
    public ulong TemporaryTablesOnDisk { get; init; }

    /// <summary>How many of them read a table without an index.</summary>
    public ulong WithoutIndex { get; init; }

    /// <summary>When the first was seen, UTC; null where the server does not tell.</summary>
    public DateTimeOffset? FirstSeenAt { get; init; }

    /// <summary>When the last was seen, UTC; null where the server does not tell.</summary>
    public DateTimeOffset? LastSeenAt { get; init; }
}
