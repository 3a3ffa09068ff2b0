namespace AcodeOps;

/// <summary>
/// What one kind of statement cost a server in a window of time. Holds no literal of any statement: the server puts a question mark
/// in place of each, and what still looks like one is replaced here.
/// </summary>
public sealed record SlowQuery
{
    /// <summary>The server.</summary>
    public required SourceRole Source { get; init; }

    /// <summary>The database that the sessions were in; null for none.</summary>
    public string? Schema { get; init; }

    /// <summary>The server's hash of the statement without its literals; null for all those together that it had no room to tell apart.</summary>
    public string? Digest { get; init; }

    /// <summary>The statement without its literals; a long one is cut by the server. Null where there is no digest, or the server no longer has it.</summary>
    public string? Text { get; init; }

    /// <summary>How often it ran in the window.</summary>
    public required long Executions { get; init; }

    /// <summary>How long all of them took, in milliseconds.</summary>
    public required double TotalMs { get; init; }

    /// <summary>How long one took on average, in milliseconds.</summary>
    public required double MeanMs { get; init; }

    /// <summary>How long the longest took, in milliseconds; null where a longer one ran before the window, so that the server does not tell.</summary>
    public double? MaxMs { get; init; }

    /// <summary>How many rows were read for them.</summary>
    public required long RowsExamined { get; init; }

    /// <summary>How many rows they gave.</summary>
    public required long RowsSent { get; init; }

    /// <summary>How many ended by an error.</summary>
    public required long Errors { get; init; }

    /// <summary>How many temporary tables of theirs went to disk.</summary>
    public required long TemporaryTablesOnDisk { get; init; }

    /// <summary>How many of them read a table without an index.</summary>
    public required long WithoutIndex { get; init; }

    /// <summary>True when at least one of them read a table without an index.</summary>
    public bool UsesNoIndex => WithoutIndex > 0;

    /// <summary>When the first was seen, UTC, also before the window; null where the server does not tell.</summary>
    public DateTimeOffset? FirstSeenAt { get; init; }

    /// <summary>When the last was seen, UTC; null where the server does not tell.</summary>
    public DateTimeOffset? LastSeenAt { get; init; }

    /// <summary>The begin of the window, UTC. Without a duration it is the server's start: statistics that were emptied since count from then, which no server tells.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The end of the window, UTC.</summary>
    public required DateTimeOffset To { get; init; }

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"{Source}: {Executions} x {MeanMs:0.###} ms {Text ?? "(other statements)"}");
}
