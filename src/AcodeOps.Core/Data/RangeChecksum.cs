namespace AcodeOps;

/// <summary>Rows of a range of keys, and the sum of their checksums.</summary>
/// <param name="Rows">How many rows there are.</param>
/// <param name="Sum">
/// The sum of CRC-32 over the rows, each as its key and its values in canonical form (<c>CanonicalValue</c>), every value after the byte 0x1F, NULL as
/// the byte 0x00.
/// </param>
public readonly record struct RangeChecksum(long Rows, ulong Sum);

/// <summary>Some rows along a key.</summary>
/// <param name="Rows">How many there were; fewer than were asked for at the end of the range.</param>
/// <param name="Last">The key of the last one; null for none.</param>
public readonly record struct KeyStep(long Rows, string? Last);
