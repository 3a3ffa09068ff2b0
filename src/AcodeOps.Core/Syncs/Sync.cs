namespace AcodeOps;

/// <summary>The state of a sync, as Airbyte names it.</summary>
public enum SyncStatus
{
    /// <summary>A status that this version does not know.</summary>
    Unknown,

    /// <summary>Waits for a worker.</summary>
    Pending,

    /// <summary>Waits in a queue.</summary>
    Queued,

    /// <summary>Runs.</summary>
    Running,

    /// <summary>An attempt failed and another will be made.</summary>
    Incomplete,

    /// <summary>Failed for good.</summary>
    Failed,

    /// <summary>Succeeded.</summary>
    Succeeded,

    /// <summary>Cancelled.</summary>
    Cancelled,
}

/// <summary>One Airbyte job of a connection.</summary>
public sealed record Sync
{
    /// <summary>Airbyte's job id.</summary>
    public required long JobId { get; init; }

    /// <summary>The connection that it belongs to.</summary>
    public required Guid ConnectionId { get; init; }

    /// <summary>Its state.</summary>
    public required SyncStatus Status { get; init; }

    /// <summary><c>sync</c>, <c>reset</c>, <c>refresh</c>, <c>clear</c>.</summary>
    public required string JobType { get; init; }

    /// <summary>When it started, UTC; null before that.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it was last heard of, UTC: the end of one that has ended; null where Airbyte does not tell.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>How long it took, or has taken so far as Airbyte tells, in seconds; null where not told.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>Rows moved; null where not told.</summary>
    public long? RowsSynced { get; init; }

    /// <summary>Bytes moved; null where not told.</summary>
    public long? BytesSynced { get; init; }

    /// <summary>True once nothing more will happen to it.</summary>
    public bool IsTerminal => Status is SyncStatus.Failed or SyncStatus.Succeeded or SyncStatus.Cancelled;

    /// <inheritdoc />
    public override string ToString() => $"job {JobId} ({Status})";
}
