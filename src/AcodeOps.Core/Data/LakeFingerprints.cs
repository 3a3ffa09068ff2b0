namespace AcodeOps;

/// <summary>The rows of a row group, each by its key and a checksum.</summary>
/// <param name="Keys">The keys.</param>
/// <param name="Cursors">The values of the cursor as Airbyte's states write them; null where none was asked for.</param>
/// <param name="Checksums">CRC-32 of each row, as <see cref="RangeChecksum"/> has it.</param>
public sealed record LakeFingerprints(long[] Keys, string?[]? Cursors, uint[] Checksums);
