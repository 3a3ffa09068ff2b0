namespace AcodeOps.Health.Probes;

/// <summary>What was found of a stream in the newest of its days that has objects.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Prefix">Where it was found; where nothing was, the last place looked at.</param>
/// <param name="NewestAt">When its newest object was written; null when there is none.</param>
/// <param name="Objects">How many objects there are.</param>
/// <param name="Bytes">Their size.</param>
internal sealed record LandedStream(string Stream, string Prefix, DateTimeOffset? NewestAt, long Objects, long Bytes)
{
    /// <summary>Counts an object in. Empty ones are markers of folders, not data.</summary>
    public LandedStream With(StoredObject stored) => stored.SizeBytes == 0 ? this : this with
    {
        NewestAt = NewestAt is { } newest && newest >= stored.ModifiedAt ? newest : stored.ModifiedAt,
        Objects = Objects + 1,
        Bytes = Bytes + stored.SizeBytes,
    };
}
