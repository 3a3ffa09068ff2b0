using System.Text.Json.Serialization;

namespace AcodeOps.Lab.Airbyte.Store;

/// <summary>A sync of a connection, over all its attempts.</summary>
internal sealed record Job(long Id, Guid ConnectionId, JobStatus Status, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public DateTimeOffset? StartedAt { get; init; }

    public bool CancelRequested { get; init; }

    public IReadOnlyList<Attempt> Attempts { get; init; } = [];

    [JsonIgnore]
    public bool IsTerminal => Status is JobStatus.Failed or JobStatus.Succeeded or JobStatus.Cancelled;

    [JsonIgnore]
    public long RowsCommitted => Attempts.SelectMany(a => a.Streams).Sum(s => s.RowsCommitted);

    [JsonIgnore]
    public long BytesCommitted => Attempts.SelectMany(a => a.Streams).Sum(s => s.BytesCommitted);

    /// <summary>The same job with its last attempt replaced.</summary>
    public Job WithLastAttempt(Func<Attempt, Attempt> change) => this with { Attempts = [.. Attempts.SkipLast(1), change(Attempts[^1])] };
}
