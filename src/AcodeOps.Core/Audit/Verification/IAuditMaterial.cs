namespace AcodeOps.Audit;

/// <summary>Where the files of a trail are that is to be verified: a storage, or a folder that it was copied to.</summary>
public interface IAuditMaterial
{
    /// <summary>Its name, for people.</summary>
    string Name { get; }

    /// <summary>All files, in any order, each as it is found.</summary>
    /// <exception cref="AcodeException">They could not be listed.</exception>
    IAsyncEnumerable<AuditFile> ListAsync(AuditSpan span, CancellationToken cancel);

    /// <summary>A file's content; null when it is gone.</summary>
    /// <exception cref="AcodeException">It could not be read.</exception>
    Task<ReadOnlyMemory<byte>?> ReadAsync(AuditFile file, CancellationToken cancel);
}

/// <summary>A file of a trail.</summary>
/// <param name="Location">Where it is, for people.</param>
/// <param name="Name">What it is called there: the key without the storage's prefix, or the path in the folder.</param>
/// <param name="Place">Which part of the trail it belongs to.</param>
public sealed record AuditFile(string Location, string Name, AuditPlace Place);

/// <summary>The parts of a trail.</summary>
public enum AuditPlace
{
    /// <summary>The audit storage, or a folder that it was copied to.</summary>
    Trail,

    /// <summary>The spool of this machine.</summary>
    Spool,

    /// <summary>The copies of the digests.</summary>
    Copy,
}

/// <summary>Whole days, UTC; null for no bound.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
public readonly record struct AuditSpan(DateOnly? From, DateOnly? To)
{
    /// <summary>True when the day is among them.</summary>
    public bool Contains(DateOnly day) => !(day < From) && !(day > To);

    /// <summary>The days whose digests may tell of records of these days: records may have come late.</summary>
    public AuditSpan OfDigests => this with { To = To?.AddDays(AuditDigester.LateDays) };
}
