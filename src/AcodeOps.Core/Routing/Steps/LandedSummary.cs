namespace AcodeOps.Routing.Steps;

/// <summary>What the new route's first sync has landed, as the journal keeps it.</summary>
internal sealed record LandedSummary
{
    public long JobId { get; init; }

    public int Objects { get; init; }

    public long Rows { get; init; }

    public DateTimeOffset? FirstRowAt { get; init; }

    public long? RowsReadTwice { get; init; }
}
