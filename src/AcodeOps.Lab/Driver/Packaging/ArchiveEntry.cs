namespace AcodeOps.Lab.Driver.Packaging;

/// <summary>One file of an archive: its path with forward slashes, and its bytes.</summary>
internal sealed record ArchiveEntry(string Path, byte[] Content);
