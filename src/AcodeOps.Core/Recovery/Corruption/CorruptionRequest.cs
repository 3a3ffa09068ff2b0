namespace AcodeOps.Recovery.Corruption;

/// <summary>What an operator says of corrupted data.</summary>
public sealed record CorruptionRequest
{
    /// <summary>Where it is.</summary>
    public StorageRole Storage { get; init; } = StorageRole.Primary;

    /// <summary>What the keys of the corrupted objects start with, below the storage's own prefix.</summary>
    public required string Prefix { get; init; }

    /// <summary>Why it is taken for corrupted: for the manifest and the record.</summary>
    public required string Reason { get; init; }

    /// <summary>Consent to loading from a source that could not be compared with the other one.</summary>
    public bool AllowUnvalidated { get; init; }

    /// <summary>The time limit of each look, in seconds.</summary>
    public double TimeoutSeconds { get; init; } = 5;
}
