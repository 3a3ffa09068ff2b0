namespace AcodeOps.Routing.Steps;

/// <summary>What a sync has landed of one stream.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Objects">Its objects.</param>
/// <param name="Files">Their footers; empty as long as they were not read.</param>
internal sealed record LandedStream(ConnectionStream Stream, IReadOnlyList<StoredObject> Objects, IReadOnlyList<LakeFile> Files)
{
    /// <summary>Their rows, by the footers.</summary>
    public long Rows => Files.Sum(f => f.Rows);

    /// <summary>When the first object with rows was written, by the storage's clock; null when there is none.</summary>
    public DateTimeOffset? FirstRowAt => Objects.Zip(Files).Where(pair => pair.Second.Rows > 0).Select(pair => (DateTimeOffset?)pair.First.ModifiedAt).Min();
}
