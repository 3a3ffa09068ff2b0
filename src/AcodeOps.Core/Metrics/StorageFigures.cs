namespace AcodeOps.Metrics;

/// <summary>How much is in a storage.</summary>
/// <param name="Objects">How many objects.</param>
/// <param name="Bytes">Their size.</param>
/// <param name="NewestAt">When the newest one with content was written, UTC; null when there is none.</param>
public sealed record StorageFigures(long Objects, long Bytes, DateTimeOffset? NewestAt)
{
    /// <summary>How it was found, one fact a line.</summary>
    public IReadOnlyList<string> Evidence { get; init => field = value.ToArray(); } = [];

    /// <summary>Both together.</summary>
    public StorageFigures Plus(StorageFigures other) => this with
    {
        Objects = Objects + other.Objects,
        Bytes = Bytes + other.Bytes,
        NewestAt = NewestAt is null || other.NewestAt > NewestAt ? other.NewestAt : NewestAt,
    };
}
