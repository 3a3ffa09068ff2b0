namespace AcodeOps.Lab.Airbyte.Store;

/// <summary>One try of a job; numbered from 0, as Airbyte does.</summary>
internal sealed record Attempt(int Number, AttemptStatus Status, DateTimeOffset CreatedAt)
{
    public DateTimeOffset? EndedAt { get; init; }

    public IReadOnlyList<StreamProgress> Streams { get; init; } = [];

    public JobFailure? Failure { get; init; }
}
