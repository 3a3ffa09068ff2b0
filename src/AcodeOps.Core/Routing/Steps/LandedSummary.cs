namespace AcodeOps.Routing.Steps;

/// <summary>What the new route's first sync has landed, as the journal keeps it.</summary>
internal sealed record LandedSummary
{
    public long JobId { get; init; }

    public int Objects { get; init; }

    public long Rows { get; init; }

    public DateTimeOffset? FirstRowAt { get; init; }

    public long? RowsReadTwice { get; init; }

    /// <summary>Of what was found and read.</summary>
    public static LandedSummary Of(Sync sync, IReadOnlyList<LandedStream> streams) => new()
    {
        JobId = sync.JobId,
        Objects = streams.Sum(s => s.Objects.Count),
        Rows = streams.Sum(s => s.Rows),
        FirstRowAt = streams.Select(s => s.FirstRowAt).Min(),
    };
}
