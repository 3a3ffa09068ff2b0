namespace AcodeOps;

/// <summary>How switches between routes are made.</summary>
public sealed record FailoverDefinition
{
    /// <summary>
    /// The storage that holds the lease, by which operators on different machines exclude each other. Its server must hold
    /// conditional writes; on servers other than Amazon's, a bucket without versions and without Object Lock.
    /// </summary>
    public StorageRole LeaseStorage { get; init; } = StorageRole.Audit;

    /// <summary>How long a lease holds without being renewed, in seconds: so long others wait after its owner's machine has died.</summary>
    public double LeaseSeconds { get; init; } = 60;

    /// <summary>How far a carried cursor is set back beyond the replica's lag, in seconds: for rows that were committed later than they are dated.</summary>
    public double CursorMarginSeconds { get; init; } = 60;

    /// <inheritdoc />
    public override string ToString() => $"lease in the {LeaseStorage} storage for {LeaseSeconds} s, cursor margin {CursorMarginSeconds} s";
}
