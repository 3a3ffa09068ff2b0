namespace AcodeOps.Comparing;

/// <summary>One side's checksums of a range of keys, by stretches of keys of the same width.</summary>
internal interface IChecksums
{
    /// <summary>The checksums by the number of the stretch, from 0; stretches without rows are left out.</summary>
    Task<IReadOnlyDictionary<long, RangeChecksum>> ReadAsync(Keys keys, long width, CancellationToken cancel);
}
